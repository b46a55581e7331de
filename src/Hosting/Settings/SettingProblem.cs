using OrleansSync.Storage;

namespace OrleansSync.Hosting.Settings;

/// <summary>One thing that is wrong with the configuration.</summary>
/// <param name="Setting">The setting in its environment form.</param>
/// <param name="Message">A sentence that names the setting, says what was given (never for a secret) and what is allowed.</param>
public sealed record SettingProblem(string Setting, string Message);

/// <summary>Outcome of reading the configuration: settings, or everything that is wrong with it.</summary>
/// <param name="Settings">The settings; <see langword="null"/> exactly when there are problems.</param>
/// <param name="Problems">The problems, in the order of the settings.</param>
public sealed record SettingsReading(OrleansSyncSettings? Settings, IReadOnlyList<SettingProblem> Problems)
{
    /// <summary>Answers the settings.</summary>
    /// <exception cref="StartRefusedException">The configuration is wrong; the message lists every problem.</exception>
    public OrleansSyncSettings OrRefuseStart() => Settings ?? throw new StartRefusedException(
        "OrleansSync cannot start because of its settings:" + Environment.NewLine
        + string.Join(Environment.NewLine, Problems.Select(problem => "  - " + problem.Message)));
}
