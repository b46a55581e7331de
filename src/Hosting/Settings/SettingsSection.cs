namespace OrleansSync.Hosting.Settings;

/// <summary>
/// One pass over a configuration section that remembers which settings were asked for, so that whatever was never asked for is known
/// to be unknown, and collects the problems.
/// </summary>
internal sealed class SettingsSection(IConfiguration configuration, string root)
{
    private readonly Dictionary<string, string> _given = configuration.GetSection(root).AsEnumerable(makePathsRelative: true)
        .Where(pair => !string.IsNullOrWhiteSpace(pair.Value))
        .ToDictionary(pair => pair.Key, pair => pair.Value!.Trim(), StringComparer.OrdinalIgnoreCase);

    private readonly HashSet<string> _read = new(StringComparer.OrdinalIgnoreCase);
    private readonly HashSet<string> _names = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<SettingProblem> _problems = [];

    /// <summary>What was found wrong so far.</summary>
    public IReadOnlyList<SettingProblem> Problems => _problems;

    /// <summary>The environment form of a setting: colons become double underscores.</summary>
    public static string EnvironmentForm(string root, string key) => $"{root}:{key}".Replace(":", "__", StringComparison.Ordinal);

    /// <summary>Reads a reference value; <see langword="null"/> when it is not given or refused.</summary>
    public T? Value<T>(string key, Func<string, T?> parse, string allowed)
        where T : class
    {
        if (Take(key) is not { } text)
        {
            return null;
        }

        var value = parse(text);
        RefuseIf(value is null, key, text, allowed);
        return value;
    }

    /// <summary>Reads a value; <paramref name="fallback"/> when it is not given or refused.</summary>
    public T Value<T>(string key, Func<string, T?> parse, string allowed, T fallback)
        where T : struct
    {
        if (Take(key) is not { } text)
        {
            return fallback;
        }

        var value = parse(text);
        RefuseIf(value is null, key, text, allowed);
        return value ?? fallback;
    }

    /// <summary>Reads a secret; a problem never quotes it.</summary>
    public SecretText? Secret(string key, Func<string, bool> isAllowed, string allowed)
    {
        if (Take(key) is not { } text)
        {
            return null;
        }

        if (!isAllowed(text))
        {
            Refuse(Form(key), $"{Form(key)} has a value that is not allowed (not shown, it is a secret). It must be {allowed}.");
        }

        return new(text);
    }

    /// <summary>Reads the values <c>key:0</c>, <c>key:1</c>, … in the order of their numbers.</summary>
    public IReadOnlyList<T> List<T>(string key, Func<string, T?> parse, string allowed)
        where T : struct
    {
        _names.Add(key + ":0");
        var prefix = key + ":";
        var values = new List<T>();
        foreach (var (itemKey, number) in _given.Keys
            .Where(given => given.StartsWith(prefix, StringComparison.OrdinalIgnoreCase))
            .Select(given => (Key: given, Number: SettingValues.WholeNumber(given[prefix.Length..])))
            .Where(item => item.Number is not null)
            .OrderBy(item => item.Number))
        {
            _read.Add(itemKey);
            var value = parse(_given[itemKey]);
            RefuseIf(value is null, itemKey, _given[itemKey], allowed);
            if (value is { } item)
            {
                values.Add(item);
            }
        }

        return values;
    }

    /// <summary>Refuses two settings of which only one is given.</summary>
    public void RefuseHalf(string first, bool hasFirst, string second, bool hasSecond)
    {
        // A value that was refused has its own message already.
        if (hasFirst != hasSecond && !HasProblem(first) && !HasProblem(second))
        {
            var (present, missing) = hasFirst ? (first, second) : (second, first);
            Refuse(Form(missing), $"{Form(missing)} must be set too, because {Form(present)} is set; the two belong together.");
        }
    }

    /// <summary>Refuses a setting that is given without the one it needs.</summary>
    public void RefuseWithout(string needed, bool hasNeeded, string setting, bool isSet)
    {
        // A value that was refused has its own message already.
        if (isSet && !hasNeeded && !HasProblem(needed))
        {
            Refuse(Form(needed), $"{Form(needed)} must be set too, because {Form(setting)} is set.");
        }
    }

    /// <summary>Refuses every setting of the section that nothing has asked for.</summary>
    public void RefuseUnread()
    {
        foreach (var key in _given.Keys.Where(key => !_read.Contains(key)).Order(StringComparer.OrdinalIgnoreCase))
        {
            Refuse(Form(key), $"{Form(key)} is not a setting. Known are: {string.Join(", ", _names.Select(Form).Order(StringComparer.Ordinal))}.");
        }
    }

    /// <summary>Adds a problem.</summary>
    public void Refuse(string setting, string message) => _problems.Add(new(setting, message));

    /// <summary>Whether a problem names the setting.</summary>
    public bool HasProblem(string key) => _problems.Exists(problem => problem.Setting == Form(key));

    private void RefuseIf(bool isWrong, string key, string text, string allowed)
    {
        if (isWrong)
        {
            Refuse(Form(key), $"{Form(key)} is '{text}', which is not allowed. It must be {allowed}.");
        }
    }

    private string? Take(string key)
    {
        _names.Add(key);
        _read.Add(key);
        return _given.GetValueOrDefault(key);
    }

    private string Form(string key) => EnvironmentForm(root, key);
}
