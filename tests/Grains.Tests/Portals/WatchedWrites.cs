using System.Collections.Concurrent;
using OrleansSync.Grains.Interfaces;

namespace OrleansSync.Grains.Tests.Portals;

/// <summary>Notes what is written of one account, in rows and in states of grains.</summary>
internal sealed class WatchedWrites : IDisposable
{
    private readonly PortalCluster _cluster;
    private readonly ConcurrentQueue<string> _made = new();

    public WatchedWrites(PortalCluster cluster, string account)
    {
        _cluster = cluster;
        cluster.Rows.Trouble.WritingUser = write => Note(write.AccountId == account, $"user {write.Row.UserId}");
        cluster.Rows.Trouble.WritingAccount = write => Note(write.Row.AccountId == account, "account");
        cluster.States.Written = (state, key) => Note(GrainKeys.TryGetAccount(key, out var id) && id == account, state);
    }

    public IReadOnlyCollection<string> Made => _made;

    public void Dispose()
    {
        (_cluster.Rows.Trouble.WritingUser, _cluster.Rows.Trouble.WritingAccount) = (null, null);
        _cluster.States.Written = null;
    }

    private void Note(bool isOfAccount, string what)
    {
        if (isOfAccount)
        {
            _made.Enqueue(what);
        }
    }
}
