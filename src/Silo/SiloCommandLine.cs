using System.CommandLine;
using OrleansSync.CommandLine;
using OrleansSync.Hosting.Settings;
using OrleansSync.Hosting.Startup;

namespace OrleansSync.Silo;

/// <summary>What the silo's program can be asked for.</summary>
internal static class SiloCommandLine
{
    /// <summary>Does what a command line asks for.</summary>
    /// <param name="args">The program's arguments.</param>
    /// <param name="runAsync">The program; it is given the arguments of its configuration, and whether it shall only bring the schema up to
    /// date.</param>
    /// <param name="output">For help and version; null: the console.</param>
    /// <param name="error">For mistakes; null: the console.</param>
    /// <returns>The exit code.</returns>
    public static Task<int> RunAsync(
        string[] args, Func<string[], bool, Task> runAsync, TextWriter? output = null, TextWriter? error = null)
    {
        var arguments = new ConfigurationArguments(args);
        var migrate = new Command("migrate", "Create or upgrade the database schema, say which version it has, and end");
        migrate.SetAction((_, _) => StartRefusal.ReportAsync(() => runAsync(arguments.Taken, true)));
        var command = new RootCommand("Hosts the grains of OrleansSync: one silo of a cluster that meets in a PostgreSQL database.")
        {
            migrate,
        };
        command.SetAction((_, _) => StartRefusal.ReportAsync(() => runAsync(arguments.Taken, false)));
        command.EndHelpWith(SettingsHelp.Text(
            ("ConnectionStrings__OrleansSync", "PostgreSQL database: Host=…;Database=…;Username=…;Password=…"),
            ("OrleansSync__Cluster__SiloPort", "Port for other silos [default: 11111]"),
            ("OrleansSync__Cluster__GatewayPort", "Port for the API processes [default: 30000]"),
            ("OrleansSync__Cluster__AdvertisedAddress", "IP address that others reach this silo at [default: the machine's own]")));
        return command.RunAsync(arguments, output, error);
    }
}
