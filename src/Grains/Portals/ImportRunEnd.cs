using System.Collections.Immutable;
using OrleansSync.Grains.Import;
using OrleansSync.Grains.Interfaces;

namespace OrleansSync.Grains.Portals;

/// <summary>What a run leaves for its portal to store.</summary>
internal sealed record ImportRunEnd
{
    /// <summary>How it ended.</summary>
    public required RunStatus Status { get; init; }

    /// <summary>Why it failed, is held, or what concerns no single user.</summary>
    public Problem? Error { get; init; }

    /// <summary>What it did.</summary>
    public RunCounts Counts { get; init; } = new();

    /// <summary>The roster after it.</summary>
    public required ImmutableSortedDictionary<long, UserRow> Roster { get; init; }

    /// <summary>Who waits for approval; null when the run did not get as far as to know.</summary>
    public AwaitingApproval? Held { get; init; }

    /// <summary>Users whose grain may know more than the roster.</summary>
    public ImmutableSortedSet<long> Unsettled { get; init; } = [];

    /// <summary>Whether it, or some of its users, could not be finished because a silo or the storage failed.</summary>
    public bool IsInterrupted { get; init; }
}
