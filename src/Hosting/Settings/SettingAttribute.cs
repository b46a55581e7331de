namespace OrleansSync.Hosting.Settings;

/// <summary>
/// What a setting must be. A refusal names the setting as it is called in the environment, quotes what was given unless that is a secret,
/// and says what is allowed.
/// </summary>
/// <param name="allowed">What is allowed, to end the sentence "It must be …".</param>
/// <param name="allows">Whether a text is, as an operator writes it.</param>
[AttributeUsage(AttributeTargets.Property)]
public abstract class SettingAttribute(string allowed, Func<string, bool> allows) : Attribute
{
    /// <summary>Whether a text is allowed.</summary>
    /// <param name="text">A value as an operator writes it.</param>
    public bool Allows(string text) => allows(text);

    /// <summary>The refusal of a value.</summary>
    /// <param name="setting">The setting as it is called in the environment.</param>
    /// <param name="text">The value; null when it is a secret.</param>
    public string Refusal(string setting, string? text) => text is null
        ? $"{setting} has a value that is not allowed (not shown, it is a secret). It must be {allowed}."
        : $"{setting} is '{text}', which is not allowed. It must be {allowed}.";
}
