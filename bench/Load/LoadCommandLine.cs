using System.CommandLine;
using System.Globalization;
using OrleansSync.CommandLine;

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
            Portal(), Due(), Pages(), Import(),
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
        var durable = new Option<bool>("--durable") { Description = "Let PostgreSQL flush every commit to the disk, and write full pages" };
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

    private static Option<int> Number(string name, string description, int @default)
    {
        var option = new Option<int>(name) { Description = description, HelpName = "n", DefaultValueFactory = _ => @default };
        option.Validators.Add(result =>
        {
            if (!int.TryParse(result.Tokens.SingleOrDefault()?.Value ?? "1", CultureInfo.InvariantCulture, out var number) || number < 1)
            {
                result.AddError($"{name} is a whole number from 1 up.");
            }
        });
        return option;
    }
}
