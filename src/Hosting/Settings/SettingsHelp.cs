namespace OrleansSync.Hosting.Settings;

/// <summary>The most important settings, for the help of the programs that read them.</summary>
public static class SettingsHelp
{
    private static readonly (string Name, string Meaning)[] _ofAllPrograms =
    [
        ("OrleansSync__Schedule__Period", "Time between two scheduled imports [default: 00:30:00]"),
        ("OrleansSync__Outbound__AllowedNetworks__0", "Private network that account URLs may reach, such as 10.0.0.0/8"),
        ("OrleansSync__Secrets__KeyFile", "File that protects stored secrets, the same for every process of a cluster"),
        ("OTEL_EXPORTER_OTLP_ENDPOINT", "OpenTelemetry collector for traces, metrics and logs"),
        ("Logging__LogLevel__Default", "How much is logged [default: Information]"),
    ];

    /// <summary>
    /// The end of a program's help: settings by the names they have in the environment, and where everything else is told.
    /// </summary>
    /// <param name="ofTheProgram">Settings that matter to this program more than to the others.</param>
    public static string Text(params IReadOnlyList<(string Name, string Meaning)> ofTheProgram)
    {
        (string Name, string Meaning)[] settings = [.. ofTheProgram, .. _ofAllPrograms];
        var width = settings.Max(setting => setting.Name.Length);
        return $"""
            Settings (environment variables):
            {string.Join(Environment.NewLine, settings.Select(setting => $"  {setting.Name.PadRight(width)}  {setting.Meaning}"))}

            As an argument a setting is written with colons: --OrleansSync:Schedule:Period=01:00:00
            All settings: docs/settings.md. Running the service: docs/operations.md.
            """;
    }
}
