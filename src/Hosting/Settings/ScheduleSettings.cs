namespace OrleansSync.Hosting.Settings;

/// <summary>When accounts are imported by themselves.</summary>
/// <param name="Period">
/// Time between two scheduled imports of an account (R1.1). Default 30 minutes. A text, because the framework reads a bare number as days.
/// </param>
[Section("Schedule")]
internal sealed record ScheduleSettings([property: Duration("00:01:00", "7.00:00:00")] string Period = "00:30:00");
