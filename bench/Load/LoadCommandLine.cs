using System.CommandLine;
using OrleansSync.CommandLine;
using OrleansSync.Load.Compare;
using OrleansSync.Load.Idle;

namespace OrleansSync.Load;

/// <summary>What the program can be asked to measure.</summary>
internal static class LoadCommandLine
{
    /// <summary>Measures what a command line asks for.</summary>
    /// <param name="args">The program's arguments.</param>
    /// <returns>The exit code.</returns>
    public static Task<int> RunAsync(string[] args)
    {
        var command = new RootCommand("Measures the service against the sandbox, on a machine with nothing else to do.")
        {
            Portal(), Due(), Pages(), Import(), CompareCommand.Create(), Idle(),
        };
        command.EndHelpWith("What is measured, and how to read it: bench/README.md.");
        return command.RunAsync(args);
    }

    private static Command Portal()
    {
        var users = LoadOptions.Number("--users", "Users of the portal", 50_000);
        var command = new Command("portal", "Import one account with a very large portal, again and again") { users };
        command.SetAction((parsed, _) => PortalLoad.RunAsync(parsed.GetValue(users)));
        return command;
    }

    private static Command Due()
    {
        var accounts = LoadOptions.Number("--accounts", "Accounts that are due at the same moment", 20_000);
        var users = LoadOptions.Number("--users", "Users of each account", 2);
        var command = new Command("due", "Let very many accounts be due at the same moment") { accounts, users };
        command.SetAction((parsed, _) => DueLoad.RunAsync(parsed.GetValue(accounts), parsed.GetValue(users)));
        return command;
    }

    private static Command Pages()
    {
        var accounts = LoadOptions.Number("--accounts", "Accounts in the list", 10_000);
        var users = LoadOptions.Number("--users", "Users of the largest account", 50_000);
        var times = LoadOptions.Number("--times", "How often each page is opened", 20);
        var command = new Command("pages", "Open the web pages in Chromium") { accounts, users, times };
        command.SetAction((parsed, _) => PagesLoad.RunAsync(parsed.GetValue(accounts), parsed.GetValue(users), parsed.GetValue(times)));
        return command;
    }

    private static Command Import()
    {
        var against = new Option<string>("--against")
        {
            Description = "The commit to compare this checkout with",
            HelpName = "commit",
            Required = true,
        };
        var accounts = LoadOptions.Number("--accounts", "Accounts that are connected", 100);
        var users = LoadOptions.Number("--users", "Users of each account", 100);
        var rounds = LoadOptions.Number("--rounds", "How often each of the two is measured", 3);
        var durable = LoadOptions.Durable();
        var command = new Command("import", "Compare the first import of many accounts on PostgreSQL with that of another commit")
        {
            against, accounts, users, rounds, durable,
        };
        command.SetAction((parsed, _) => ImportLoad.RunAsync(
            parsed.GetRequiredValue(against),
            new ImportSize(parsed.GetValue(accounts), parsed.GetValue(users), parsed.GetValue(durable)),
            parsed.GetValue(rounds)));
        return command;
    }

    private static Command Idle()
    {
        var accounts = LoadOptions.Numbers("--accounts", "Accounts that are connected and not due; several numbers in turn", 10_000);
        var plot = new Option<string>("--plot") { Description = "Where a picture goes; else there is none", HelpName = "file.png" };
        var command = new Command("idle", "Start a cluster whose accounts have nothing to do, on PostgreSQL") { accounts, plot };
        command.SetAction((parsed, _) => IdleLoad.RunAsync(parsed.GetRequiredValue(accounts), parsed.GetValue(plot)));
        return command;
    }
}
