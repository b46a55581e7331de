using OpenTelemetry;
using OpenTelemetry.Resources;
using OrleansSync.Hosting.Settings;
using OrleansSync.Storage.Rows;

namespace OrleansSync.Hosting.Telemetry;

/// <summary>Metrics of a process; and its traces, metrics and logs by OTLP where the settings name a collector.</summary>
public static class TelemetryExtensions
{
    // The HTTP client's own source is not among the traced ones: it writes the whole path of an address, and that of a Bitrix24 webhook is
    // a secret.
    private static readonly string[] _sources =
    [
        VendorCallTelemetry.SourceName, "Microsoft.AspNetCore",
        "Microsoft.Orleans.Application", "Microsoft.Orleans.Lifecycle", "Microsoft.Orleans.Runtime", "Microsoft.Orleans.Storage",
    ];

    // Nor is the HTTP client's meter, whose tags name hosts: each account has its own portal, so that its host is as good as an account's
    // id.
    private static readonly string[] _meters =
    [
        VendorCallTelemetry.SourceName, "Microsoft.AspNetCore.Diagnostics", "Microsoft.AspNetCore.Hosting",
        "Microsoft.AspNetCore.RateLimiting",
        "Microsoft.AspNetCore.Server.Kestrel", "Microsoft.Orleans", "Npgsql", RowWriter.MeterName,
        "System.Runtime",
    ];

    /// <summary>Adds the process's meters, and the export where the settings ask for it.</summary>
    /// <param name="builder">The builder of the process.</param>
    /// <param name="settings">The checked settings.</param>
    /// <param name="serviceName">How the process is named, such as <c>orleanssync-silo</c>.</param>
    public static void AddOrleansSyncTelemetry(
        this IHostApplicationBuilder builder, OrleansSyncSettings settings, string serviceName)
    {
        var telemetry = builder.Services.AddOpenTelemetry()
            .ConfigureResource(resource => resource.AddService(serviceName))
            .WithMetrics(metrics => metrics.AddMeter(_meters));
        if (settings.HasCollector)
        {
            // Address, protocol and headers are read by the exporter itself, from the variables of OpenTelemetry's specification.
            telemetry
                .WithTracing(traces => traces.AddSource(_sources))
                .WithLogging(configureBuilder: null, logs => logs.IncludeFormattedMessage = true)
                .UseOtlpExporter();
        }
    }
}
