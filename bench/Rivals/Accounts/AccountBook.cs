using System.Collections.Concurrent;
using OrleansSync.Rivals.Messages;

namespace OrleansSync.Rivals.Accounts;

/// <summary>The accounts that a rival knows, in memory: reading their connections costs it nothing.</summary>
internal sealed class AccountBook
{
    private readonly ConcurrentDictionary<string, RivalAccount> _accounts = new(StringComparer.Ordinal);

    /// <summary>Adds accounts.</summary>
    public void Add(IEnumerable<RivalAccount> accounts)
    {
        foreach (var account in accounts)
        {
            _accounts[account.Id] = account;
        }
    }

    /// <summary>An account.</summary>
    /// <param name="id">Its id.</param>
    /// <exception cref="KeyNotFoundException">It was never added.</exception>
    public RivalAccount Of(string id) => _accounts[id];
}
