using OrleansSync.Grains.Interfaces.Accounts;

namespace OrleansSync.Grains.Storage;

/// <summary>An account's connection as it is stored, in a column of its own: runs do not write it.</summary>
/// <param name="Connection">Both vendors' accesses with their sealed secrets, the name and the settings.</param>
/// <param name="Generation">Another with every change of the accesses, so that a call made on the strength of another connection is
/// refused.</param>
/// <param name="TokensSince">The generation in which the OAuth tokens were entered: renewed pairs of another are worth nothing.</param>
internal sealed record StoredConnection(AccountConnection Connection, long Generation, long TokensSince);
