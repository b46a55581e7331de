using System.CommandLine;

namespace OrleansSync.Load.Compare;

/// <summary>The command <c>compare</c>.</summary>
internal static class CompareCommand
{
    private const int UsersOfLarge = 10_000;
    private const int UsersOfOthers = 100;

    private static readonly Option<CompareCase> _case = new("--case") { Description = "What is measured", Required = true };
    private static readonly Option<int> _accounts = LoadOptions.Number("--accounts", "Accounts; large has one", 100);

    private static readonly Option<int?> _users =
        new("--users") { Description = "Users of each account; 100, or 10000 with large", HelpName = "n" };

    private static readonly Option<int> _times =
        LoadOptions.Number("--times", "How often each account is imported in a turn, where imports are repeated", 5);

    private static readonly Option<int> _rounds = LoadOptions.Number("--rounds", "Turns of each contender", 3);

    private static readonly Option<int> _warmUp =
        LoadOptions.Number("--warm-up", "Accounts of 100 users that are imported before anything is measured", 10, least: 0);

    private static readonly Option<Participant[]> _only = new("--only")
    {
        Description = "Who takes part; else all",
        HelpName = "service|hangfire|loop",
        AllowMultipleArgumentsPerToken = true,
    };

    private static readonly Option<int> _silos = LoadOptions.Number("--silos", "Silos of the service", 1);

    private static readonly Option<bool> _cold =
        new("--cold") { Description = "Let the service forget accounts before each pass of unchanged or changed" };

    private static readonly Option<bool> _durable = LoadOptions.Durable();

    private static readonly Option<bool> _allocations =
        new("--allocations") { Description = "Count allocated bytes, by counters that take some processor time" };

    private static readonly Option<string> _plot =
        new("--plot") { Description = "Where the picture goes; else beside the figures", HelpName = "file.png" };

    /// <summary>Makes it.</summary>
    public static Command Create()
    {
        var command = new Command("compare", "Compare the service with jobs of Hangfire and with a bare loop, in turns, on PostgreSQL")
        {
            _case, _accounts, _users, _times, _rounds, _warmUp, _only, _silos, _cold, _durable, _allocations, _plot,
        };
        command.SetAction((parsed, _) => CompareLoad.RunAsync(Settings(parsed)));
        return command;
    }

    private static CompareSettings Settings(ParseResult parsed)
    {
        var measured = parsed.GetRequiredValue(_case);
        var isLarge = measured == CompareCase.Large;
        return new CompareSettings
        {
            Case = measured,
            Accounts = isLarge ? 1 : parsed.GetValue(_accounts),
            Users = parsed.GetValue(_users) ?? (isLarge ? UsersOfLarge : UsersOfOthers),
            Times = parsed.GetValue(_times),
            Rounds = parsed.GetValue(_rounds),
            WarmUp = parsed.GetValue(_warmUp),
            Only = parsed.GetValue(_only) ?? [],
            Silos = parsed.GetValue(_silos),
            IsCold = parsed.GetValue(_cold),
            IsDurable = parsed.GetValue(_durable),
            CountsAllocations = parsed.GetValue(_allocations),
            Plot = parsed.GetValue(_plot),
        };
    }
}
