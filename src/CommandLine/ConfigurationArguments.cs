using System.Diagnostics.CodeAnalysis;

namespace OrleansSync.CommandLine;

/// <summary>
/// The arguments of a command line that are settings: <c>--urls=http://127.0.0.1:5080</c> or <c>--OrleansSync:Schedule:Period 00:10:00</c>.
/// They are for the process's configuration; whatever else was given is for its commands and options. The case of names does not matter.
/// </summary>
public sealed class ConfigurationArguments
{
    private const string OpenTelemetry = "OTEL_";

    private static readonly string[] _sections = ["OrleansSync", "ConnectionStrings", "Logging", "Kestrel"];

    private static readonly string[] _names =
        ["urls", "http_ports", "https_ports", "AllowedHosts", "environment", "contentRoot", "applicationName"];

    private readonly List<string> _taken = [];
    private readonly List<string> _others = [];
    private readonly List<string> _mistakes = [];

    private ConfigurationArguments()
    {
    }

    /// <summary>The settings, each as one argument.</summary>
    public string[] Taken => [.. _taken];

    /// <summary>What is no setting, in the order it was given in.</summary>
    public IReadOnlyList<string> Others => _others;

    /// <summary>What is wrong with the settings, a sentence each; no value is quoted.</summary>
    public IReadOnlyList<string> Mistakes => _mistakes;

    /// <summary>The names that are known; those of sections end with a colon.</summary>
    internal static IEnumerable<string> Names => [.. _names.Select(name => "--" + name), .. _sections.Select(section => $"--{section}:")];

    /// <summary>Tells settings from the rest of a command line.</summary>
    /// <param name="args">The program's arguments.</param>
    public static ConfigurationArguments Take(IEnumerable<string> args)
    {
        var arguments = new ConfigurationArguments();
        var left = new Queue<string>(args);
        while (left.TryDequeue(out var argument))
        {
            arguments.Sort(argument, left);
        }

        return arguments;
    }

    private void Sort(string argument, Queue<string> left)
    {
        var name = ArgumentName.Of(argument);
        var argumentForm = name.Replace("__", ":", StringComparison.Ordinal);
        if (!IsSetting(argumentForm))
        {
            _others.Add(argument);
        }
        else if (!TryTakeValue(argument, name, left, out var value))
        {
            _mistakes.Add($"{name} needs a value: {name}=VALUE.");
        }
        else if (IsSetting(name))
        {
            _taken.Add($"{name}={value}");
        }
        else
        {
            _mistakes.Add($"{name} is how the environment names it; as an argument it is {argumentForm}.");
        }
    }

    // What begins with a dash is the next argument; such a value can be given behind an equals sign.
    private static bool TryTakeValue(string argument, string name, Queue<string> left, [NotNullWhen(true)] out string? value)
    {
        value = argument.Length > name.Length ? argument[(name.Length + 1)..] : null;
        if (value is null && left.TryPeek(out var next) && !next.StartsWith('-'))
        {
            value = left.Dequeue();
        }

        return value is not null;
    }

    private static bool IsSetting(string name)
    {
        if (!name.StartsWith("--", StringComparison.Ordinal))
        {
            return false;
        }

        var key = name[2..];
        return _names.Contains(key, StringComparer.OrdinalIgnoreCase)
            || (key.StartsWith(OpenTelemetry, StringComparison.OrdinalIgnoreCase) && key.Length > OpenTelemetry.Length)
            || _sections.Any(
                section => key.StartsWith(section + ":", StringComparison.OrdinalIgnoreCase) && key.Length > section.Length + 1);
    }
}
