namespace OrleansSync.Load.Compare;

/// <summary>What is measured of each contender.</summary>
internal enum CompareCase
{
    /// <summary>Imports that find nothing to do.</summary>
    Unchanged,

    /// <summary>The first import of accounts, into empty CallGear accounts.</summary>
    First,

    /// <summary>Imports that find new users, one in a hundred.</summary>
    Changed,

    /// <summary>One account with many users: its first import, and one that finds nothing to do.</summary>
    Large,
}

/// <summary>What a comparison was asked for.</summary>
internal sealed record CompareSettings
{
    /// <summary>What is measured.</summary>
    public required CompareCase Case { get; init; }

    /// <summary>Accounts; 1 for <see cref="CompareCase.Large"/>.</summary>
    public required int Accounts { get; init; }

    /// <summary>Users of each.</summary>
    public required int Users { get; init; }

    /// <summary>Imports of each account in a turn, where they are repeated.</summary>
    public required int Times { get; init; }

    /// <summary>Turns of each contender.</summary>
    public required int Rounds { get; init; }

    /// <summary>Accounts of other names that are imported before anything is measured; 0 for none.</summary>
    public required int WarmUp { get; init; }

    /// <summary>Who takes part; none for all.</summary>
    public required IReadOnlyCollection<Participant> Only { get; init; }

    /// <summary>Silos of the service.</summary>
    public required int Silos { get; init; }

    /// <summary>Whether the service has no account in memory when a pass begins, where imports are repeated.</summary>
    public required bool IsCold { get; init; }

    /// <summary>Whether PostgreSQL flushes every commit to the disk.</summary>
    public required bool IsDurable { get; init; }

    /// <summary>Whether allocated bytes are counted, which takes processor time of the contender.</summary>
    public required bool CountsAllocations { get; init; }

    /// <summary>Where the picture goes; null: beside the figures.</summary>
    public required string? Plot { get; init; }
}
