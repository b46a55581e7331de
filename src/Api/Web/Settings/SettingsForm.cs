using System.Globalization;
using System.Numerics;
using System.Text.Json.Nodes;
using OrleansSync.Api.Accounts;
using OrleansSync.Api.Bodies;
using OrleansSync.Grains.Interfaces.Accounts;

namespace OrleansSync.Api.Web.Settings;

/// <summary>What a person chooses in one section of an account's settings. The other sections are not in the form, and stay.</summary>
internal sealed class SettingsForm
{
    /// <summary>Which section was sent: <c>numbers</c>, <c>schedule</c> or <c>responsible</c>.</summary>
    public string? Section { get; set; }

    /// <summary>R5.2.</summary>
    public PhoneNumberChoice PhoneNumbers { get; set; }

    /// <summary>R5.6.</summary>
    public bool FillMissingPhones { get; set; }

    /// <summary>R1.5.</summary>
    public bool Paused { get; set; }

    /// <summary>R8.1, as it was typed.</summary>
    public string? MaxDeletionsPercent { get; set; }

    /// <summary>R7.3, as it was typed.</summary>
    public string? ResponsibleGroupId { get; set; }

    public static SettingsForm Of(AccountSettings settings) => new()
    {
        PhoneNumbers = settings.PhoneNumbers,
        FillMissingPhones = settings.FillMissingPhones,
        Paused = settings.Paused,
        MaxDeletionsPercent = settings.MaxDeletionsPercent.ToString(CultureInfo.InvariantCulture),
        ResponsibleGroupId = settings.ResponsibleGroupId?.ToString(CultureInfo.InvariantCulture),
    };

    /// <summary>What was sent, and for the other sections what is stored.</summary>
    public SettingsForm Over(AccountSettings settings)
    {
        var stored = Of(settings);
        return Section switch
        {
            "numbers" => With(stored, form => (form.PhoneNumbers, form.FillMissingPhones) = (PhoneNumbers, FillMissingPhones)),
            "schedule" => With(stored, form => (form.Paused, form.MaxDeletionsPercent) = (Paused, MaxDeletionsPercent)),
            "responsible" => With(stored, form => form.ResponsibleGroupId = ResponsibleGroupId),
            _ => stored,
        };
    }

    /// <summary>The section as a program would send it.</summary>
    /// <param name="errors">Where what is no number goes.</param>
    public JsonObject ToPatch(BodyErrors errors) => Section switch
    {
        "numbers" => new()
        {
            ["phoneNumbers"] = CamelCaseEnum<PhoneNumberChoice>.NameOf(PhoneNumbers),
            ["fillMissingPhones"] = FillMissingPhones,
        },
        "schedule" => new()
        {
            ["paused"] = Paused,
            ["maxDeletionsPercent"] = Number<int>(MaxDeletionsPercent, "maxDeletionsPercent", BodyFault.Percent, errors),
        },
        "responsible" => new()
        {
            ["responsibleGroupId"] = Number<long>(ResponsibleGroupId, "responsibleGroupId", BodyFault.Positive, errors),
        },
        _ => [],
    };

    private SettingsForm With(SettingsForm stored, Action<SettingsForm> take)
    {
        take(stored);
        stored.Section = Section;
        return stored;
    }

    private static JsonValue? Number<T>(string? typed, string name, BodyFault fault, BodyErrors errors)
        where T : struct, INumber<T>
    {
        var text = typed?.Trim();
        if (string.IsNullOrEmpty(text))
        {
            return null;
        }

        if (T.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
        {
            return JsonValue.Create(number);
        }

        errors.Add(SettingsRules.Path + name, fault);
        return null;
    }
}
