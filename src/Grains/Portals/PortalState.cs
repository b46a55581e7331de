using System.Collections.Immutable;
using OrleansSync.Grains.Import;
using OrleansSync.Grains.Interfaces;

namespace OrleansSync.Grains.Portals;

/// <summary>What is stored of an account beside its roster: small, because every run writes it.</summary>
internal sealed record PortalState
{
    /// <summary>When the account was connected; null when it is not.</summary>
    public DateTimeOffset? ConnectedAt { get; init; }

    /// <summary>The connection with its secrets, which are sealed for the account.</summary>
    public AccountConnection? Connection { get; init; }

    /// <summary>Rises with every change of the accesses, so that a call made on the strength of another connection is refused.</summary>
    public long Generation { get; init; }

    /// <summary>The generation in which the OAuth tokens were entered: renewed pairs of another are worth nothing.</summary>
    public long TokensSince { get; init; }

    /// <summary>Whether events are accepted (R1.3).</summary>
    public bool HasApplicationToken { get; init; }

    /// <summary>Whether the account is disconnected and its data not all erased yet.</summary>
    public bool IsBeingErased { get; init; }

    /// <summary>When the schedule was served last: a point in time, because slots have other numbers when the period changes.</summary>
    public DateTimeOffset LastServedAt { get; init; }

    /// <summary>The period that the reminder was registered with.</summary>
    public TimeSpan ReminderPeriod { get; init; }

    /// <summary>Runs that were promised to somebody and have not ended.</summary>
    public ImmutableArray<QueuedRun> Queue { get; init; } = [];

    /// <summary>The run that may be changing something.</summary>
    public ActiveRun? Active { get; init; }

    /// <summary>Finished runs, newest first.</summary>
    public ImmutableArray<RunSummary> Runs { get; init; } = [];

    /// <summary>Users whose grain may know more than the roster, because a run was interrupted or an answer got lost.</summary>
    public ImmutableSortedSet<long> Unsettled { get; init; } = [];

    /// <summary>R8.1, R8.2: who waits for approval.</summary>
    public AwaitingApproval Awaiting { get; init; } = AwaitingApproval.None;

    /// <summary>What is wrong with the account.</summary>
    public Problem? Problem { get; init; }

    /// <summary>R8.9: scheduled calls wait while a person has to act.</summary>
    public Suspension? Suspension { get; init; }

    /// <summary>The account's choices.</summary>
    public AccountSettings Settings => Connection?.Settings ?? AccountSettings.Default;

    /// <summary>Whether there is an account.</summary>
    public bool IsConnected => ConnectedAt is not null && !IsBeingErased;

    /// <summary>The status, most urgent first.</summary>
    public AccountStatus Status => this switch
    {
        { Problem.NeedsPerson: true } => AccountStatus.ActionRequired,
        { Awaiting.IsEmpty: false } => AccountStatus.Held,
        { Settings.Paused: true } => AccountStatus.Paused,
        _ => AccountStatus.Active,
    };
}

/// <summary>The users an account knows, by id: larger than the rest, and written only by runs that change it.</summary>
internal sealed record RosterState
{
    /// <summary>The users.</summary>
    public ImmutableSortedDictionary<long, UserRow> Users { get; init; } = ImmutableSortedDictionary<long, UserRow>.Empty;
}

/// <summary>A run that waits for its turn.</summary>
internal sealed record QueuedRun
{
    /// <summary>The run's id.</summary>
    public required string RunId { get; init; }

    /// <summary>Why it was asked for.</summary>
    public required RunTrigger Trigger { get; init; }

    /// <summary>When.</summary>
    public required DateTimeOffset RequestedAt { get; init; }

    /// <summary>R8.3.</summary>
    public bool DryRun { get; init; }

    /// <summary>R8.8.</summary>
    public long? OnlyUser { get; init; }

    /// <summary>R1.1: whether the schedule asked for it, be it alone or together with others.</summary>
    public bool ServesSchedule { get; init; }

    /// <summary>The held run that was approved; null for none.</summary>
    public string? Approves { get; init; }

    /// <summary>Whom the approval names.</summary>
    public AwaitingApproval Approved { get; init; } = AwaitingApproval.None;

    /// <summary>How many runs before it could not finish users because a silo or the storage failed; null for none.</summary>
    public int? FollowUps { get; init; }

    /// <summary>R1.4: whether any number of requests may share the run.</summary>
    public bool IsShared => !DryRun && OnlyUser is null;

    /// <summary>Whether a person waits for it, or it is in place of one that had begun: those are promised soon, and there are no more of them than places.</summary>
    public bool IsUrgent => Trigger is RunTrigger.Manual or RunTrigger.Approved or RunTrigger.Connected or RunTrigger.Resumed;

    /// <summary>R1.5: whether it is made by itself, so that a paused account does not make it.</summary>
    public bool IsAutomatic => Trigger is RunTrigger.Scheduled or RunTrigger.Event;
}

/// <summary>A run under way that may have changed something.</summary>
/// <param name="Request">What was asked for.</param>
/// <param name="StartedAt">When it began.</param>
internal sealed record ActiveRun(QueuedRun Request, DateTimeOffset StartedAt);
