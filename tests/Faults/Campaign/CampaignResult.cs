using System.Globalization;
using OrleansSync.Faults.Invariants;
using OrleansSync.Testing.Services;

namespace OrleansSync.Faults.Campaign;

/// <summary>What a campaign, or a round of one, came to.</summary>
internal sealed record CampaignResult
{
    /// <summary>Rounds done.</summary>
    public int Rounds { get; init; }

    /// <summary>
    /// Kills that fell into what the campaign is about: a first import between its first and its last create, a change of an account that
    /// was not done yet.
    /// </summary>
    public int Points { get; init; }

    /// <summary>Accounts imported.</summary>
    public int Accounts { get; init; }

    /// <summary>Users that have an employee in the end.</summary>
    public int Users { get; init; }

    /// <summary>Employees created.</summary>
    public int Creates { get; init; }

    /// <summary>Runs that took the place of interrupted ones.</summary>
    public int Resumed { get; init; }

    /// <summary>
    /// The longest time from a kill (embedded: a restart) to the run after it; for changes of accounts, to the moment at which each was as
    /// it has to be.
    /// </summary>
    public TimeSpan SlowestTakeUp { get; init; }

    /// <summary>The same, of rounds in which nobody asked for anything.</summary>
    public TimeSpan SlowestUnattended { get; init; }

    /// <summary>What must not be, with the seed of the round that repeats it.</summary>
    public IReadOnlyList<(int Seed, string Account, Violation Violation)> Violations { get; init; } = [];

    /// <summary>Both together.</summary>
    public CampaignResult With(CampaignResult other) => new()
    {
        Rounds = Rounds + other.Rounds,
        Points = Points + other.Points,
        Accounts = Accounts + other.Accounts,
        Users = Users + other.Users,
        Creates = Creates + other.Creates,
        Resumed = Resumed + other.Resumed,
        SlowestTakeUp = Longer(SlowestTakeUp, other.SlowestTakeUp),
        SlowestUnattended = Longer(SlowestUnattended, other.SlowestUnattended),
        Violations = [.. Violations, .. other.Violations],
    };

    /// <summary>The table of the result, in Markdown.</summary>
    public string ToTable(CampaignOptions options, TimeSpan took)
    {
        var storage = options.Kind == ServiceKind.Cluster ? "3 silos, PostgreSQL" : "embedded, SQLite";
        var what = options.Trial == Trial.FirstImport ? storage : $"{storage}: {options.Name}";
        var others = Violations.Count - Of(ViolationKind.Duplicate) - Of(ViolationKind.LostLink) - Of(ViolationKind.WrongRemoval);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"| | seed | rounds | kills | accounts | users | creates | runs resumed | slowest take-up | slowest, unattended "
            + $"| duplicates | lost links | wrong removals | other violations | took |\n"
            + $"| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |\n"
            + $"| {what} | {options.Seed} | {Rounds} | {Points} | {Accounts} | {Users} | {Creates} | {Resumed} "
            + $"| {SlowestTakeUp.TotalSeconds:0.0} s | {SlowestUnattended.TotalSeconds:0.0} s "
            + $"| {Of(ViolationKind.Duplicate)} | {Of(ViolationKind.LostLink)} | {Of(ViolationKind.WrongRemoval)} | {others} "
            + $"| {took.TotalMinutes:0.0} min |\n");
    }

    private int Of(ViolationKind kind) => Violations.Count(violation => violation.Violation.Kind == kind);

    private static TimeSpan Longer(TimeSpan one, TimeSpan other) => one > other ? one : other;
}
