namespace OrleansSync.Load;

/// <summary>What is imported, and into what.</summary>
/// <param name="Accounts">Accounts that are connected.</param>
/// <param name="Users">Users of each, none of whom has an employee.</param>
/// <param name="IsDurable">Whether PostgreSQL flushes every commit to the disk.</param>
internal sealed record ImportSize(int Accounts, int Users, bool IsDurable);
