using System.ComponentModel;
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
    /// <returns>The options; only to be used after <see cref="RefuseProblems"/>.</returns>
    public T Read<T>(IValidateOptions<T> validator)
        where T : class, new()
    {
        ArgumentNullException.ThrowIfNull(validator);
        var section = SettingNames.PathOf(typeof(T)) is { Length: > 0 } path ? _given.GetSection(path) : _given;
        List<string> unreadable = [.. typeof(T).GetProperties().Select(property => Unreadable(section, property)).OfType<string>()];
        var options = unreadable.Count == 0 ? section.Get<T>() ?? new T() : new T();
        _problems.AddRange(unreadable.Count > 0 ? unreadable : validator.Validate(name: null, options).Failures ?? []);
        return options;
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

    // The binder ends with the first text that it cannot convert, and its message does not say what would be allowed.
    private static string? Unreadable(IConfiguration section, PropertyInfo property)
    {
        var rule = property.GetCustomAttribute<SettingAttribute>();
        var text = section[property.Name];
        return rule is null || text is null || TypeDescriptor.GetConverter(property.PropertyType) is not { } converter
            || !converter.CanConvertFrom(typeof(string)) || converter.IsValid(text)
                ? null
                : rule.Refusal(SettingNames.InEnvironment(property.DeclaringType!, property.Name), text);
    }
}
