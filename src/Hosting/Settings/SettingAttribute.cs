using System.ComponentModel.DataAnnotations;
using System.Globalization;

namespace OrleansSync.Hosting.Settings;

/// <summary>
/// What a setting must be. A refusal names the setting as it is called in the environment, quotes what was given unless that is a secret,
/// and says what is allowed.
/// </summary>
/// <param name="allowed">What is allowed, to end the sentence "It must be …".</param>
[AttributeUsage(AttributeTargets.Property)]
public abstract class SettingAttribute(string allowed) : ValidationAttribute
{
    /// <summary>Whether a text is allowed.</summary>
    /// <param name="text">A value as an operator writes it.</param>
    public abstract bool Allows(string text);

    /// <summary>The refusal of a value.</summary>
    /// <param name="setting">The setting as it is called in the environment.</param>
    /// <param name="text">The value; null when it is a secret.</param>
    public string Refusal(string setting, string? text) => text is null
        ? $"{setting} has a value that is not allowed (not shown, it is a secret). It must be {allowed}."
        : $"{setting} is '{text}', which is not allowed. It must be {allowed}.";

    /// <inheritdoc />
    protected override ValidationResult? IsValid(object? value, ValidationContext validationContext)
    {
        ArgumentNullException.ThrowIfNull(validationContext);
        var setting = SettingNames.InEnvironment(validationContext.ObjectType, validationContext.MemberName!);
        return value switch
        {
            null => null,
            SecretText secret => Allows(secret.Reveal()) ? null : new(Refusal(setting, null)),
            IEnumerable<KeyValuePair<string, string>> list => list
                .Where(item => !Allows(item.Value))
                .Select(item => new ValidationResult(Refusal($"{setting}__{item.Key}", item.Value)))
                .FirstOrDefault(),
            _ => Convert.ToString(value, CultureInfo.InvariantCulture) is { } text && !Allows(text) ? new(Refusal(setting, text)) : null,
        };
    }
}
