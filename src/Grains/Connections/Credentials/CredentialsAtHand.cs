using System.Collections.Concurrent;

namespace OrleansSync.Grains.Connections.Credentials;

/// <summary>
/// The credentials of accounts whose runs are under way in this silo, as their portals have read them: the connections beside them need not
/// read the same row. Those of a generation never change. Safe for use by many.
/// </summary>
internal sealed class CredentialsAtHand
{
    private readonly ConcurrentDictionary<string, AccountCredentials> _ofRuns = new(StringComparer.Ordinal);

    /// <summary>Has an account's at hand.</summary>
    public void Put(string accountId, AccountCredentials credentials) => _ofRuns[accountId] = credentials;

    /// <summary>Takes an account's away: its run has ended, or it is about to get others.</summary>
    public void Remove(string accountId) => _ofRuns.TryRemove(accountId, out _);

    /// <summary>An account's credentials of a generation; null when they are not at hand, and have to be read.</summary>
    public AccountCredentials? Find(string accountId, long? generation) =>
        _ofRuns.TryGetValue(accountId, out var credentials) && credentials.Generation == generation ? credentials : null;
}
