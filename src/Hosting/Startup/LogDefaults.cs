using Microsoft.Extensions.Configuration.Memory;

namespace OrleansSync.Hosting.Startup;

/// <summary>What the service's processes log when nothing is configured.</summary>
public static class LogDefaults
{
    private static readonly Dictionary<string, string?> _levels = new(StringComparer.OrdinalIgnoreCase)
    {
        ["Logging:LogLevel:Default"] = "Information",

        // What the libraries tell at Information is for their developers.
        ["Logging:LogLevel:Microsoft"] = "Warning",
        ["Logging:LogLevel:Orleans"] = "Warning",
        ["Logging:LogLevel:Polly"] = "Warning",
        ["Logging:LogLevel:System"] = "Warning",

        // Says when a process is up and when it begins to stop.
        ["Logging:LogLevel:Microsoft.Hosting.Lifetime"] = "Information",

        // Its first look after a start takes the machine's up-time for its own and warns of a thread that hangs.
        ["Logging:LogLevel:Orleans.Runtime.Watchdog"] = "Error",
    };

    /// <summary>Adds the levels, weaker than any file, variable or argument.</summary>
    /// <param name="configuration">The process's configuration.</param>
    public static void AddLogDefaults(this IConfigurationBuilder configuration) =>
        configuration.Sources.Insert(0, new MemoryConfigurationSource { InitialData = _levels });
}
