using System.Reflection;
using Microsoft.Extensions.Options;
using OrleansSync.Storage;

namespace OrleansSync.Hosting.Settings;

/// <summary>
/// Binds and validates the options of a program before anything is put together, because what is put together depends on them. What is
/// wrong is gathered, so that an operator need not start once for each mistake. A setting that is empty counts as not given.
/// </summary>
public sealed class SettingsReader
{
    private readonly IConfiguration _given;
    private readonly List<string> _problems = [];

    /// <summary>Reads what is given, and takes note of settings that nobody knows.</summary>
    /// <param name="configuration">The whole configuration of the process.</param>
    public SettingsReader(IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        Configuration = configuration;
        Dictionary<string, string?> given = new(
            configuration.GetSection(SettingNames.Root).AsEnumerable(makePathsRelative: true)
                .Where(pair => !string.IsNullOrWhiteSpace(pair.Value))
                .Select(pair => KeyValuePair.Create(pair.Key, pair.Value?.Trim())),
            StringComparer.OrdinalIgnoreCase);
        _given = new ConfigurationBuilder().AddInMemoryCollection(given).Build();
        _problems.AddRange(given.Keys.Where(path => !SettingNames.IsKnown(path)).Order(StringComparer.OrdinalIgnoreCase).Select(path =>
            $"{SettingNames.InEnvironment(path)} is not a setting. Known are: "
            + $"{string.Join(", ", SettingNames.All.Select(SettingNames.InEnvironment).Order(StringComparer.Ordinal))}."));
    }

    /// <summary>The whole configuration of the process.</summary>
    public IConfiguration Configuration { get; }

    /// <summary>
    /// What is wrong so far: sentences that name the setting, say what was given (never for a secret) and what is allowed.
    /// </summary>
    public IReadOnlyList<string> Problems => _problems;

    /// <summary>Binds and validates one feature's options.</summary>
    /// <param name="validator">Its validator.</param>
    /// <returns>The options; the defaults where something is wrong with them.</returns>
    public T Read<T>(IValidateOptions<T> validator)
        where T : class, new()
    {
        ArgumentNullException.ThrowIfNull(validator);
        var section = SettingNames.PathOf(typeof(T)) is { Length: > 0 } path ? _given.GetSection(path) : _given;
        List<string> problems = [.. typeof(T).GetProperties().SelectMany(property => Misread(section, property))];
        var options = new T();
        if (problems.Count == 0)
        {
            options = section.Get<T>() ?? options;
            problems.AddRange(validator.Validate(name: null, options).Failures ?? []);
        }

        _problems.AddRange(problems);
        return problems.Count == 0 ? options : new T();
    }

    /// <summary>Takes note of a problem that no options class can see.</summary>
    /// <param name="problem">The sentence.</param>
    public void Refuse(string problem) => _problems.Add(problem);

    /// <summary>Ends the reading.</summary>
    /// <exception cref="StartRefusedException">The configuration is wrong; the message lists every problem.</exception>
    public void RefuseProblems()
    {
        if (_problems.Count > 0)
        {
            throw new StartRefusedException(string.Join(
                Environment.NewLine,
                ["OrleansSync cannot start because of its settings:", .. _problems.Select(problem => "  - " + problem)]));
        }
    }

    // The binder ends with the first text that it cannot convert, does not say what would be allowed, and takes more than one way to write
    // a number; a validator names one item of a list. So what does not stay a text is judged as it was written.
    private static IEnumerable<string> Misread(IConfiguration section, PropertyInfo property)
    {
        if (property.GetCustomAttribute<SettingAttribute>() is not { } rule || property.PropertyType == typeof(string))
        {
            return [];
        }

        var setting = SettingNames.InEnvironment(property.DeclaringType!, property.Name);
        var written = section.GetSection(property.Name);
        return written.GetChildren()
            .Select(item => (Name: $"{setting}__{item.Key}", Text: item.Value))
            .Append((Name: setting, Text: written.Value))
            .Where(given => given.Text is { } text && !rule.Allows(text))
            .Select(given => rule.Refusal(given.Name, property.PropertyType == typeof(SecretText) ? null : given.Text));
    }
}
