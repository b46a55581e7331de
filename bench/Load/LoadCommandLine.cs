using System.CommandLine;
using System.Globalization;
using OrleansSync.CommandLine;
using OrleansSync.Load.Compare;

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
            Portal(), Due(), Pages(), Import(), Compare(), Idle(),
        };
        command.EndHelpWith("What is measured, and how to read it: bench/README.md.");
        return command.RunAsync(args);
    }

    private static Command Portal()
    {
        var users = Number("--users", "Users of the portal", 50_000);
        var command = new Command("portal", "Import one account with a very large portal, again and again") { users };
        command.SetAction((parsed, _) => PortalLoad.RunAsync(parsed.GetValue(users)));
        return command;
    }

    private static Command Due()
    {
        var accounts = Number("--accounts", "Accounts that are due at the same moment", 20_000);
        var users = Number("--users", "Users of each account", 2);
        var command = new Command("due", "Let very many accounts be due at the same moment") { accounts, users };
        command.SetAction((parsed, _) => DueLoad.RunAsync(parsed.GetValue(accounts), parsed.GetValue(users)));
        return command;
    }

    private static Command Pages()
    {
        var accounts = Number("--accounts", "Accounts in the list", 10_000);
        var users = Number("--users", "Users of the largest account", 50_000);
        var times = Number("--times", "How often each page is opened", 20);
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
        var accounts = Number("--accounts", "Accounts that are connected", 100);
        var users = Number("--users", "Users of each account", 100);
        var rounds = Number("--rounds", "How often each of the two is measured", 3);
        var durable = Durable();
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

    private static Command Compare()
    {
        var measured = new Option<CompareCase>("--case") { Description = "What is measured", Required = true };
        var accounts = Number("--accounts", "Accounts; large has one", 100);
        var users = new Option<int?>("--users") { Description = "Users of each account; 100, or 10000 with large", HelpName = "n" };
        var times = Number("--times", "How often each account is imported in a turn, where imports are repeated", 5);
        var rounds = Number("--rounds", "Turns of each contender", 3);
        var warmUp = Number("--warm-up", "Accounts of 100 users that are imported before anything is measured", 10, least: 0);
        var cold = new Option<bool>("--cold") { Description = "Let the service forget accounts before each pass of unchanged or changed" };
        var durable = Durable();
        var plot = new Option<string>("--plot") { Description = "Where the picture goes; else beside the figures", HelpName = "file.png" };
        var command = new Command("compare", "Compare the service with jobs of Hangfire and with a bare loop, in turns, on PostgreSQL")
        {
            measured, accounts, users, times, rounds, warmUp, cold, durable, plot,
        };
        command.SetAction((parsed, _) =>
        {
            var isLarge = parsed.GetRequiredValue(measured) == CompareCase.Large;
            return CompareLoad.RunAsync(new CompareSettings(
                parsed.GetRequiredValue(measured), isLarge ? 1 : parsed.GetValue(accounts),
                parsed.GetValue(users) ?? (isLarge ? 10_000 : 100), parsed.GetValue(times), parsed.GetValue(rounds),
                parsed.GetValue(warmUp), parsed.GetValue(cold), parsed.GetValue(durable), parsed.GetValue(plot)));
        });
        return command;
    }

    private static Command Idle()
    {
        var accounts = Number("--accounts", "Accounts that are connected and not due", 10_000);
        var command = new Command("idle", "Start a cluster whose accounts have nothing to do, on PostgreSQL") { accounts };
        command.SetAction((parsed, _) => IdleLoad.RunAsync(parsed.GetValue(accounts)));
        return command;
    }

    private static Option<bool> Durable() =>
        new("--durable") { Description = "Let PostgreSQL flush every commit to the disk, and write full pages" };

    private static Option<int> Number(string name, string description, int @default, int least = 1)
    {
        var option = new Option<int>(name) { Description = description, HelpName = "n", DefaultValueFactory = _ => @default };
        option.Validators.Add(result =>
        {
            if (!int.TryParse(result.Tokens.SingleOrDefault()?.Value ?? "1", CultureInfo.InvariantCulture, out var number)
                || number < least)
            {
                result.AddError(string.Create(CultureInfo.InvariantCulture, $"{name} is a whole number from {least} up."));
            }
        });
        return option;
    }
}
