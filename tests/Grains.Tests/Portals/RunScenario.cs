using System.Collections.Immutable;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using OrleansSync.Grains.Import;
using OrleansSync.Grains.Interfaces;
using OrleansSync.Grains.Interfaces.Employees;
using OrleansSync.Grains.Interfaces.Rows;
using OrleansSync.Grains.Interfaces.Runs;
using OrleansSync.Grains.Portals;

namespace OrleansSync.Grains.Tests.Portals;

/// <summary>What one run of an account, its seventh, knows before it does anything, and what it asks for while it does.</summary>
internal sealed class RunScenario
{
    public static readonly DateTimeOffset Now = new(2026, 3, 2, 8, 0, 0, TimeSpan.Zero);

    /// <summary>What the run asked for, in its order.</summary>
    public List<string> Asked { get; } = [];

    public RunProgress Progress { get; } = new(
        new RunSummary { RunId = "run", AccountId = "account", Trigger = RunTrigger.Manual, RequestedAt = Now }, TimeProvider.System);

    public IUserRows Users { get; init; } = null!;

    public long? OnlyUser { get; init; }

    public bool IsDry { get; init; }

    public AwaitingApproval Awaiting { get; init; } = AwaitingApproval.None;

    public static UserRow User(long id, EmployeeOutcome outcome = EmployeeOutcome.Matched, Problem? reason = null) => new()
    {
        UserId = id,
        Version = 100 + id,
        Name = $"Name {id}",
        Email = $"user{id}@example.com",
        Outcome = outcome,
        Reason = reason,
        Entries = 3,
        Run = 2,
    };

    public static UserRow Imported(long id, EmployeeOutcome outcome = EmployeeOutcome.Matched) => User(id, outcome) with
    {
        Link = new EmployeeLink(1000 + id, $"user{id}@example.com", LinkOrigin.Created, Now),
        IsListed = true,
    };

    public ImportRunContext Context(params UserRow[] roster) => new()
    {
        Stopped = () => null,
        AccountId = "account",
        Request = new QueuedRun { RunId = "run", Trigger = RunTrigger.Manual, RequestedAt = Now, OnlyUser = OnlyUser, DryRun = IsDry },
        Connection = null!,
        Roster = roster.ToImmutableSortedDictionary(row => row.UserId, row => row),
        Awaiting = Awaiting,
        Doubtful = [],
        Excluded = () => [],
        MoveExclusionsAsync = moved =>
        {
            Asked.AddRange(moved.Select(pair => $"move {pair.Value} to {pair.Key}"));
            return Task.CompletedTask;
        },
        ReplaceExclusionsAsync = _ => Task.CompletedTask,
        Linked = new LinkedPortal(new PortalIdentity("portal.example")),
        KeepPortalAsync = _ => Task.CompletedTask,
        UsersAtATime = 1,
        Progress = Progress,
        Grains = null!,
        Users = Users,
        Begin = new RunStart(() =>
        {
            Asked.Add("begin");
            return Task.FromResult(7L);
        }),
        Time = new FakeTimeProvider(Now),
        Logger = NullLogger.Instance,
        CancellationToken = CancellationToken.None,
        Changes = CancellationToken.None,
    };
}
