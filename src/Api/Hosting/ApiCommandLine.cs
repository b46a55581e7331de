using System.CommandLine;
using OrleansSync.CommandLine;
using OrleansSync.Hosting.Settings;
using OrleansSync.Hosting.Startup;

namespace OrleansSync.Api.Hosting;

/// <summary>What the program can be asked for.</summary>
internal static class ApiCommandLine
{
    /// <summary>Does what a command line asks for.</summary>
    /// <param name="args">The program's arguments.</param>
    /// <param name="serveAsync">The service; it is given the arguments of its configuration.</param>
    /// <param name="demoAsync">The demo; it is given those too, and whether it shall tell everything.</param>
    /// <param name="output">For help and version; null: the console.</param>
    /// <param name="error">For mistakes; null: the console.</param>
    /// <returns>The exit code.</returns>
    public static Task<int> RunAsync(
        string[] args, Func<string[], Task> serveAsync, Func<string[], bool, Task> demoAsync, TextWriter? output = null,
        TextWriter? error = null)
    {
        var arguments = new ConfigurationArguments(args);
        var demo = new Option<bool>("--demo")
        {
            Description = "Try it out: imitate Bitrix24 and CallGear on this machine, and import a made-up company",
        };
        var verbose = new Option<bool>("--verbose")
        {
            Description = "With --demo: also list every user, the API addresses and curl commands",
        };
        var command = new RootCommand(
            "Imports the employees of Bitrix24 portals into CallGear accounts. Serves the web pages and the API: "
            + "everything in one process, or, with a database, as part of a cluster.")
        {
            demo,
            verbose,
        };
        command.Validators.Add(result =>
        {
            if (result.GetValue(verbose) && !result.GetValue(demo))
            {
                result.AddError("--verbose goes with --demo. To log more, use --Logging:LogLevel:Default=Debug.");
            }
        });
        command.SetAction((parsed, _) => StartRefusal.ReportAsync(() => parsed.GetValue(demo)
            ? demoAsync(arguments.Taken, parsed.GetValue(verbose))
            : serveAsync(arguments.Taken)));
        command.EndHelpWith(SettingsHelp.Text(
            ("ASPNETCORE_URLS", $"Address of the web pages and the API [default: {ApiHosting.DefaultAddress}]; also --urls"),
            ("ConnectionStrings__OrleansSync", "PostgreSQL database of a cluster; without it everything runs in this process"),
            ("OrleansSync__DataDirectory", "Where this process keeps its data [default: OrleansSync in the user's local application data]"),
            ("OrleansSync__AdminKey", "The operator's key; if there is none, the first start makes it and shows it once")));
        return command.RunAsync(arguments, output, error);
    }
}
