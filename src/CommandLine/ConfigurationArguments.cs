namespace OrleansSync.CommandLine;

/// <summary>
/// The arguments of a command line that are settings: <c>--urls=http://127.0.0.1:5080</c> or <c>--OrleansSync:Schedule:Period 00:10:00</c>.
/// They are for the process's configuration; whatever else was given is for its commands and options. The case of names does not matter.
/// </summary>
public sealed class ConfigurationArguments
{
    private static readonly string[] _sections = ["OrleansSync:", "ConnectionStrings:", "Logging:", "Kestrel:"];

    private static readonly string[] _names =
        ["urls", "http_ports", "https_ports", "AllowedHosts", "environment", "contentRoot", "applicationName"];

    private readonly List<string> _taken = [];
    private readonly List<string> _others = [];
    private readonly List<string> _mistakes = [];

    /// <summary>Tells settings from the rest of a command line.</summary>
    /// <param name="args">The program's arguments.</param>
    public ConfigurationArguments(IEnumerable<string> args)
    {
        var left = new Queue<string>(args);
        while (left.TryDequeue(out var argument))
        {
            Sort(argument, left);
        }
    }

    /// <summary>The settings, each as one argument.</summary>
    public string[] Taken => [.. _taken];

    /// <summary>What is no setting, in the order it was given in.</summary>
    public IReadOnlyList<string> Others => _others;

    /// <summary>What is wrong with the settings, a sentence each; no value is quoted.</summary>
    public IReadOnlyList<string> Mistakes => _mistakes;

    /// <summary>The names that are known; those of sections end with a colon.</summary>
    internal static IEnumerable<string> Names => _names.Concat(_sections).Select(name => "--" + name);

    private void Sort(string argument, Queue<string> left)
    {
        var name = ArgumentName.Of(argument);
        var argumentForm = name.Replace("__", ":", StringComparison.Ordinal);
        if (!IsSetting(argumentForm))
        {
            _others.Add(argument);
        }
        else if (ValueOf(argument, name, left) is not { } value)
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
    private static string? ValueOf(string argument, string name, Queue<string> left) =>
        argument.Length > name.Length ? argument[(name.Length + 1)..]
        : left.TryPeek(out var next) && !next.StartsWith('-') ? left.Dequeue()
        : null;

    private static bool IsSetting(string name) => name.StartsWith("--", StringComparison.Ordinal)
        && (_names.Contains(name[2..], StringComparer.OrdinalIgnoreCase)
            || _sections.Append("OTEL_").Any(
                start => name.Length > start.Length + 2 && name[2..].StartsWith(start, StringComparison.OrdinalIgnoreCase)));
}
