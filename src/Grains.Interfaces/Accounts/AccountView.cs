using OrleansSync.Grains.Interfaces.Audit;
using OrleansSync.Grains.Interfaces.Runs;

namespace OrleansSync.Grains.Interfaces.Accounts;

/// <summary>What state an account is in, by rising urgency. Which applies where several would: R8.13.</summary>
[GenerateSerializer, Alias("AccountStatus")]
public enum AccountStatus
{
    /// <summary>Imported by schedule.</summary>
    Active,

    /// <summary>R1.5: not imported by schedule or event.</summary>
    Paused,

    /// <summary>R8.13: imports have not got through for three runs, or for three periods.</summary>
    Failing,

    /// <summary>R8.1, R8.2: a run waits for a person's approval.</summary>
    Held,

    /// <summary>R8.9: calls are refused until a person acts.</summary>
    ActionRequired,
}

/// <summary>How many users of each kind the account has. One user may be of several kinds.</summary>
/// <param name="Employees">Users that are imported and not deleted.</param>
/// <param name="Responsible">Employees on the list of R7.</param>
/// <param name="Skipped">Users skipped by the last run, those included that keep their link while they wait for approval (R8.2).</param>
/// <param name="Known">Users that the account knows and that are not deleted, each once.</param>
[GenerateSerializer, Immutable, Alias("AccountCounts")]
public sealed record AccountCounts(
    [property: Id(0)] int Employees, [property: Id(1)] int Responsible, [property: Id(2)] int Skipped, [property: Id(3)] int Known = 0)
{
    /// <summary>Users that the account knows, that are not deleted, and that have no employee.</summary>
    public int NotImported => Known - Employees;
}

/// <summary>That somebody leaves what waits for approval as it is (R8.1, R8.2, R8.12).</summary>
/// <param name="By">Who decided.</param>
/// <param name="At">When.</param>
[GenerateSerializer, Immutable, Alias("HeldDecision")]
public sealed record HeldDecision([property: Id(0)] AuditActor By, [property: Id(1)] DateTimeOffset At);

/// <summary>An account as people and programs see it, without secrets.</summary>
[GenerateSerializer, Immutable, Alias("AccountView")]
public sealed record AccountView
{
    /// <summary>The account's id, by which addresses name it.</summary>
    [Id(0)] public required string AccountId { get; init; }

    /// <summary>When it was first connected.</summary>
    [Id(1)] public required DateTimeOffset ConnectedAt { get; init; }

    /// <summary>The connection; its secrets are null except that a non-null application token says that there is one.</summary>
    [Id(2)] public required AccountConnection Connection { get; init; }

    /// <summary>The account's status.</summary>
    [Id(3)] public required AccountStatus Status { get; init; }

    /// <summary>What is wrong, if anything.</summary>
    [Id(4)] public Problem? Problem { get; init; }

    /// <summary>The last run that finished or runs.</summary>
    [Id(5)] public RunSummary? LastRun { get; init; }

    /// <summary>When the schedule imports next; null while it is off.</summary>
    [Id(6)] public DateTimeOffset? NextRunAt { get; init; }

    /// <summary>Numbers of users.</summary>
    [Id(7)] public required AccountCounts Counts { get; init; }

    /// <summary>Whether an application token is stored, so that events are accepted (R1.3).</summary>
    [Id(8)] public bool HasApplicationToken { get; init; }

    /// <summary>R8.13: when a run for everybody last got through; null for never.</summary>
    [Id(9)] public DateTimeOffset? LastSuccessAt { get; init; }

    /// <summary>R8.13: since when the account is failing; null when it is not.</summary>
    [Id(10)] public DateTimeOffset? FailingSince { get; init; }

    /// <summary>Which portal it is; null until a renewal of tokens told it.</summary>
    [Id(11)] public PortalView? Portal { get; init; }

    /// <summary>Who decided to leave what waits for approval as it is; null while nobody has, or since something else waits.</summary>
    [Id(12)] public HeldDecision? Kept { get; init; }
}
