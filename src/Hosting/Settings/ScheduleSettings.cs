using Microsoft.Extensions.Options;

namespace OrleansSync.Hosting.Settings;

/// <summary>When accounts are imported by themselves.</summary>
[Section("Schedule")]
internal sealed record ScheduleSettings
{
    /// <summary>
    /// Time between two scheduled imports of an account (R1.1). Default 30 minutes. A text, because the framework reads a bare number as
    /// days.
    /// </summary>
    [Duration("00:01:00", "7.00:00:00")]
    public string Period { get; init; } = "00:30:00";
}

[OptionsValidator]
internal sealed partial class ScheduleSettingsValidator : IValidateOptions<ScheduleSettings>;
