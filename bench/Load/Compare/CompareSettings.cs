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
/// <param name="Case">What is measured.</param>
/// <param name="Accounts">Accounts; 1 for <see cref="CompareCase.Large"/>.</param>
/// <param name="Users">Users of each.</param>
/// <param name="Times">Imports of each account in a turn, where they are repeated.</param>
/// <param name="Rounds">Turns of each contender.</param>
/// <param name="WarmUp">Accounts of other names that are imported before anything is measured; 0 for none.</param>
/// <param name="IsCold">Whether the service has no account in memory when a pass begins, where imports are repeated.</param>
/// <param name="IsDurable">Whether PostgreSQL flushes every commit to the disk.</param>
/// <param name="Plot">Where the picture goes; null: beside the figures.</param>
internal sealed record CompareSettings(
    CompareCase Case, int Accounts, int Users, int Times, int Rounds, int WarmUp, bool IsCold, bool IsDurable, string? Plot);
