using System.Collections.Immutable;
using OrleansSync.Grains.Interfaces.Accounts;
using OrleansSync.Grains.Interfaces.Runs;

namespace OrleansSync.Grains.Interfaces.Rows;

/// <summary>What lists and searches need of an account: the columns beside its state.</summary>
public sealed record AccountColumns
{
    /// <summary>
    /// Whether the account is disconnected and its data not all erased yet: then nobody sees it, and its keys are refused.
    /// </summary>
    public bool IsBeingErased { get; init; }

    /// <summary>Its status.</summary>
    public required AccountStatus Status { get; init; }

    /// <summary>What is wrong with it; null for nothing.</summary>
    public ProblemCode? Problem { get; init; }

    /// <summary>The name people see.</summary>
    public required string DisplayName { get; init; }

    /// <summary><see cref="Bitrix24Access.PortalKey"/> of its portal, which several accounts may share.</summary>
    public required string PortalKey { get; init; }

    /// <summary>When the account was connected.</summary>
    public required DateTimeOffset ConnectedAt { get; init; }

    /// <summary>When a run last ended, whatever came of it; null for never.</summary>
    public DateTimeOffset? LastRunAt { get; init; }

    /// <summary>When a run last read both lists and did its work; null for never.</summary>
    public DateTimeOffset? LastSuccessAt { get; init; }

    /// <summary>When the schedule is due next; null while it is off.</summary>
    public DateTimeOffset? NextRunAt { get; init; }

    /// <summary>
    /// R8.13: when the account becomes failing because no run reads both lists; null while none is expected to. Applies to an account whose
    /// <see cref="Status"/> is active.
    /// </summary>
    public DateTimeOffset? OverdueAt { get; init; }

    /// <summary>How many runs failed one after the other.</summary>
    public int FailuresInARow { get; init; }

    /// <summary>The place, among the account's runs, of the last that decided on everybody; 0 for none.</summary>
    public long DecidedRun { get; init; }

    /// <summary>Whether something promised is left to do: a run that waits or was under way, or an erasure.</summary>
    public bool HasWork { get; init; }

    /// <summary><see cref="AccountCounts.Employees"/> of the account.</summary>
    public int Imported { get; init; }

    /// <summary><see cref="AccountCounts.NotImported"/> of the account.</summary>
    public int NotImported { get; init; }
}

/// <summary>An account's row: the state of its portal, and what is listed of it.</summary>
public sealed record AccountRow
{
    /// <summary>The account.</summary>
    public required string AccountId { get; init; }

    /// <summary>What the row is guarded by; as <see cref="UserRow.Version"/>.</summary>
    public required long Version { get; init; }

    /// <summary>The portal's state as JSON: small, because every run writes it.</summary>
    public required string State { get; init; }

    /// <summary>The account's connection as JSON, its secrets sealed. Null in a write that leaves it as it is.</summary>
    public string? Connection { get; init; }

    /// <summary>What is listed.</summary>
    public required AccountColumns Columns { get; init; }
}

/// <summary>All that a portal needs of the database when it wakes.</summary>
/// <param name="Account">The account's row.</param>
/// <param name="Users">Its users, by id.</param>
/// <param name="Unreadable">Users whose rows hold what no release has written.</param>
/// <param name="Excluded">R7.2: users that are taken out of the list by hand.</param>
/// <param name="LastRun">The newest run that has ended; null for none.</param>
/// <param name="Standing">The changes that every run since they began has reported, because nothing changed about them; at most one a
/// user.</param>
public sealed record AccountSnapshot(
    AccountRow Account,
    ImmutableArray<UserRow> Users,
    ImmutableArray<long> Unreadable,
    ImmutableArray<long> Excluded,
    ImmutableArray<RunChange> Standing,
    RunSummary? LastRun);
