using System.Collections.Immutable;
using OrleansSync.Grains.Interfaces;
using OrleansSync.Grains.Interfaces.Connections;
using OrleansSync.Grains.Interfaces.Rows;
using OrleansSync.Grains.Interfaces.Runs;

namespace OrleansSync.Grains.Portals;

/// <summary>What a run leaves for its portal to store.</summary>
internal sealed record RunOutcome
{
    public required RunStatus Status { get; init; }

    /// <summary>Why it failed, is held, or what concerns no single user.</summary>
    public Problem? Error { get; init; }

    public RunCounts Counts { get; init; } = new();

    public ListsRead Read { get; init; }

    /// <summary>The users as they are stored after it.</summary>
    public required ImmutableSortedDictionary<long, UserRow> Roster { get; init; }

    /// <summary>Users whose row may be another than in <see cref="Roster"/>.</summary>
    public ImmutableSortedSet<long> Doubtful { get; init; } = [];

    /// <summary>Changes of the run that could not be stored with their user.</summary>
    public IReadOnlyList<RunChange> Unstored { get; init; } = [];

    /// <summary>Which of the standing changes it reported.</summary>
    public StandingScope Scope { get; init; }

    public IReadOnlySet<long> Decided { get; init; } = ImmutableSortedSet<long>.Empty;

    /// <summary>The changes that stand until a later run ends them, of those whom it decided on.</summary>
    public IReadOnlyCollection<RunChange> Standing { get; init; } = [];

    /// <summary>What renewals of the account's tokens told of its portal; null for nothing.</summary>
    public RenewedPortal? Portal { get; init; }

    /// <summary>The generation of the connection it was made with.</summary>
    public long Generation { get; init; }

    /// <summary>R8.12: the portal that the links belong to after it; null to leave that as it is.</summary>
    public LinkedPortal? Linked { get; init; }

    /// <summary>
    /// Whether it decided on every user; one that is held for its portal decides on nobody, and one that a person stopped on some.
    /// </summary>
    public bool DecidesOnEverybody =>
        Scope == StandingScope.All && Error?.Code is not (ProblemCode.PortalChanged or ProblemCode.Cancelled);

    /// <summary>Whether it, or some of its users, could not be finished because a silo or the storage failed.</summary>
    public bool IsInterrupted { get; init; }
}

/// <summary>The lists that a run read to their ends.</summary>
[Flags]
internal enum ListsRead
{
    None = 0,
    Bitrix24 = 1,
    CallGear = 2,
    Both = Bitrix24 | CallGear,
}
