using System.Collections.Immutable;
using System.Text.Json.Serialization;
using OrleansSync.Grains.Import;
using OrleansSync.Grains.Interfaces;
using OrleansSync.Grains.Interfaces.Runs;

namespace OrleansSync.Grains.Portals;

/// <summary>What a portal stores of itself, beside its connection and its users: small, because every run writes it.</summary>
internal sealed record PortalState
{
    /// <summary>When the account was connected; null when it is not.</summary>
    public DateTimeOffset? ConnectedAt { get; init; }

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

    /// <summary>
    /// Whether the activation before ended in order, with its silo: that its run begins again says nothing against the run.
    /// </summary>
    public bool IsHandedOver { get; init; }

    /// <summary>The number of the newest run that has one; the next gets this plus one.</summary>
    public long LastNumber { get; init; }

    /// <summary>The number of the last run that decided on everybody; 0 for none.</summary>
    public long LastDecided { get; init; }

    /// <summary>R8.13: when a run for everybody last got through; null for never.</summary>
    public DateTimeOffset? LastSuccessAt { get; init; }

    /// <summary>When a run for everybody last read both lists, whatever came of it; null for never.</summary>
    public DateTimeOffset? LastReadAt { get; init; }

    /// <summary>Since when nobody keeps the account from being imported: when a pause or a suspension ended; null for since ever.</summary>
    public DateTimeOffset? WatchedSince { get; init; }

    public int FailuresInARow { get; init; }

    /// <summary>R8.13: when the third of the failures in a row ended; null while there are fewer.</summary>
    public DateTimeOffset? FailingSince { get; init; }

    /// <summary>The error of the last run for everybody that failed; null once one gets through.</summary>
    public Problem? LastFailure { get; init; }

    /// <summary>What the last run said that was held; null once nothing waits.</summary>
    public Problem? Hold { get; init; }

    /// <summary>What a person has to mend, or else what the last run for everybody ended with.</summary>
    public Problem? Problem { get; init; }

    /// <summary>R8.9: scheduled calls wait while a person has to act.</summary>
    public Suspension? Suspension { get; init; }

    /// <summary>R8.12: what the account's links belong to; null where an earlier release made them: to the present portal.</summary>
    public LinkedPortal? Linked { get; init; }

    /// <summary>That somebody left what waited for approval as it was; null for nobody.</summary>
    public KeptHold? Kept { get; init; }

    public bool IsConnected => ConnectedAt is not null && !IsBeingErased;
}

/// <summary>A run that waits for its turn.</summary>
internal sealed record QueuedRun
{
    public required string RunId { get; init; }

    public required RunTrigger Trigger { get; init; }

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

    /// <summary>R8.12: the portal of which a person said that it is another; null for none.</summary>
    public PortalIdentity? ApprovedPortal { get; init; }

    /// <summary>How often a run was taken up after its process had ended; null for never.</summary>
    [JsonPropertyName("takeUps")]
    public int? Recoveries { get; init; }

    /// <summary>How many runs before it could not finish users because a silo or the storage failed; null for none.</summary>
    public int? FollowUps { get; init; }

    /// <summary>R1.4: whether any number of requests may share the run.</summary>
    public bool IsShared => !DryRun && OnlyUser is null;

    /// <summary>
    /// Whether a person waits for it, or it is in place of one that had begun: those are promised soon, and there are no more of them than
    /// places.
    /// </summary>
    public bool IsUrgent => Trigger is RunTrigger.Manual or RunTrigger.Approved or RunTrigger.Connected or RunTrigger.Resumed;

    /// <summary>R1.5: whether it is made by itself, so that a paused account does not make it.</summary>
    public bool IsAutomatic => Trigger is RunTrigger.Scheduled or RunTrigger.Event;
}

/// <summary>A run under way that may have changed something.</summary>
internal sealed record ActiveRun(QueuedRun Request, DateTimeOffset StartedAt, long Number);
