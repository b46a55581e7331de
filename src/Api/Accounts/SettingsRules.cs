using OrleansSync.Api.Bodies;
using OrleansSync.Grains.Interfaces.Accounts;

namespace OrleansSync.Api.Accounts;

/// <summary>Judges an account's choices.</summary>
internal static class SettingsRules
{
    /// <summary>The path of the settings in an account, under which faults are told wherever the settings were sent.</summary>
    public const string Path = "settings.";

    /// <summary>The settings; what is left out has its default. To be used only when there are no errors.</summary>
    public static AccountSettings Judge(SettingsBody body, BodyErrors errors)
    {
        if (body.MaxDeletionsPercent is < 0 or > 100)
        {
            errors.Add(Path + "maxDeletionsPercent", BodyFault.Percent);
        }

        errors.AddUnlessPositive(Path + "responsibleGroupId", body.ResponsibleGroupId);
        var defaults = AccountSettings.Default;
        return new AccountSettings
        {
            PhoneNumbers = body.PhoneNumbers ?? defaults.PhoneNumbers,
            FillMissingPhones = body.FillMissingPhones ?? defaults.FillMissingPhones,
            MaxDeletionsPercent = body.MaxDeletionsPercent ?? defaults.MaxDeletionsPercent,
            ResponsibleGroupId = body.ResponsibleGroupId,
            Paused = body.Paused ?? defaults.Paused,
        };
    }
}
