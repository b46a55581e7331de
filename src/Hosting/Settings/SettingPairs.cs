using System.ComponentModel.DataAnnotations;

namespace OrleansSync.Hosting.Settings;

/// <summary>Refusals of settings that do not go together.</summary>
public static class SettingPairs
{
    /// <summary>Refuses a setting that is given without one that it needs.</summary>
    /// <param name="options">The options that both stand in.</param>
    /// <param name="isGiven">Whether the setting is given and the other is not.</param>
    /// <param name="given">The name of the setting's member.</param>
    /// <param name="missing">The name of the other's member.</param>
    public static IEnumerable<ValidationResult> Needs(this object options, bool isGiven, string given, string missing)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (isGiven)
        {
            var type = options.GetType();
            yield return new(
                $"{SettingNames.InEnvironment(type, missing)} must be set too, because {SettingNames.InEnvironment(type, given)} is set.");
        }
    }
}
