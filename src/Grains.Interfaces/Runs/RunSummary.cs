namespace OrleansSync.Grains.Interfaces.Runs;

/// <summary>Why a run was made.</summary>
[GenerateSerializer, Alias("RunTrigger")]
public enum RunTrigger
{
    /// <summary>The account was connected, or its connection was changed.</summary>
    Connected,

    /// <summary>The schedule (R1.1).</summary>
    Scheduled,

    /// <summary>A person or program asked for it (R1.2).</summary>
    Manual,

    /// <summary>A Bitrix24 event (R1.3).</summary>
    Event,

    /// <summary>A held run was approved (R8.1, R8.2).</summary>
    Approved,

    /// <summary>An earlier run was interrupted.</summary>
    Resumed,
}

/// <summary>Where a run stands.</summary>
[GenerateSerializer, Alias("RunStatus")]
public enum RunStatus
{
    /// <summary>Waits for its turn.</summary>
    Queued,

    /// <summary>Is under way.</summary>
    Running,

    /// <summary>Ended well.</summary>
    Succeeded,

    /// <summary>Ended, but something failed for some users or the group.</summary>
    CompletedWithErrors,

    /// <summary>R8.1, R8.2: ended, and something waits for approval.</summary>
    Held,

    /// <summary>Ended without doing its work.</summary>
    Failed,
}

/// <summary>
/// How many users a run dealt with: <see cref="Users"/> is the sum of created, linked, matched, skipped, failed and the users whose matched
/// employee got a number.
/// </summary>
[GenerateSerializer, Immutable, Alias("RunCounts")]
public sealed record RunCounts
{
    /// <summary>Users that the run considered.</summary>
    [Id(0)] public int Users { get; init; }

    /// <summary>R3.3.</summary>
    [Id(1)] public int Created { get; init; }

    /// <summary>R3.2.</summary>
    [Id(2)] public int Linked { get; init; }

    /// <summary>R3.1.</summary>
    [Id(3)] public int Matched { get; init; }

    /// <summary>R2.4, R3.4, R3.5.</summary>
    [Id(4)] public int Skipped { get; init; }

    /// <summary>R8.5.</summary>
    [Id(5)] public int Failed { get; init; }

    /// <summary>Numbers added to employees (R5).</summary>
    [Id(6)] public int PhonesAdded { get; init; }

    /// <summary>Employees that entered the list of R7.</summary>
    [Id(7)] public int AddedToResponsible { get; init; }

    /// <summary>Employees that left the list of R7.</summary>
    [Id(8)] public int RemovedFromResponsible { get; init; }
}

/// <summary>HTTP requests that a run sent to each vendor, repeated ones included.</summary>
/// <param name="Bitrix24">Requests to Bitrix24.</param>
/// <param name="CallGear">Requests to CallGear.</param>
[GenerateSerializer, Immutable, Alias("RunCalls")]
public sealed record RunCalls([property: Id(0)] int Bitrix24, [property: Id(1)] int CallGear)
{
    /// <summary>No requests.</summary>
    public static RunCalls None { get; } = new(0, 0);
}

/// <summary>A run without its changes.</summary>
[GenerateSerializer, Immutable, Alias("RunSummary")]
public sealed record RunSummary
{
    /// <summary>The run's id; ids of later runs sort behind those of earlier ones.</summary>
    [Id(0)] public required string RunId { get; init; }

    /// <summary>The account whose employees are imported.</summary>
    [Id(1)] public required string AccountId { get; init; }

    /// <summary>Why it was made.</summary>
    [Id(2)] public required RunTrigger Trigger { get; init; }

    /// <summary>R8.3.</summary>
    [Id(3)] public bool DryRun { get; init; }

    /// <summary>R8.8: the only user it deals with; null for all.</summary>
    [Id(4)] public long? OnlyUser { get; init; }

    /// <summary>Where it stands.</summary>
    [Id(5)] public RunStatus Status { get; init; }

    /// <summary>When it was asked for.</summary>
    [Id(6)] public required DateTimeOffset RequestedAt { get; init; }

    /// <summary>When it began; null while queued.</summary>
    [Id(7)] public DateTimeOffset? StartedAt { get; init; }

    /// <summary>When it ended; null until then.</summary>
    [Id(8)] public DateTimeOffset? FinishedAt { get; init; }

    /// <summary>What it did.</summary>
    [Id(9)] public RunCounts Counts { get; init; } = new();

    /// <summary>What it asked of the vendors.</summary>
    [Id(10)] public RunCalls Calls { get; init; } = RunCalls.None;

    /// <summary>Why it failed, is held, or ended with errors that concern no single user.</summary>
    [Id(11)] public Problem? Error { get; init; }

    /// <summary>
    /// How much a person would want to look at: users that were created, linked or failed, numbers that were added, and employees that left
    /// the list. Users who are skipped are not among it, because most of them are skipped in every run.
    /// </summary>
    public int Changes => Counts.Created + Counts.Linked + Counts.PhonesAdded + Counts.RemovedFromResponsible + Counts.Failed;

    /// <summary>Whether it has ended.</summary>
    public bool IsFinished => Status is not (RunStatus.Queued or RunStatus.Running);
}
