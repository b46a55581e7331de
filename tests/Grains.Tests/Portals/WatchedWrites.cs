using System.Collections.Concurrent;
using OrleansSync.Grains.Interfaces;
using OrleansSync.Storage.Rows;

namespace OrleansSync.Grains.Tests.Portals;

/// <summary>Notes what is written of one account, in rows and in states of grains.</summary>
internal sealed class WatchedWrites : IDisposable
{
    private readonly PortalCluster _cluster;
    private readonly ConcurrentQueue<string> _made = new();
    private long _bytes;

    public WatchedWrites(PortalCluster cluster, string account)
    {
        _cluster = cluster;
        cluster.Rows.Trouble.WritingUser = write =>
            Note(write.AccountId == account, $"user {write.Row.UserId}", RowStatements.Of(write).Bytes);
        cluster.Rows.Trouble.WritingAccount = write =>
            Note(write.Row.AccountId == account, "account", cluster.Rows.Statements.Of(write).Bytes);
        cluster.States.Written = (state, key) => Note(GrainKeys.TryGetAccount(key, out var id) && id == account, state, bytes: 0);
    }

    public IReadOnlyCollection<string> Made => _made;

    /// <summary>The bytes of the rows' values, as the writer counts them.</summary>
    public long Bytes => Interlocked.Read(ref _bytes);

    public void Dispose()
    {
        (_cluster.Rows.Trouble.WritingUser, _cluster.Rows.Trouble.WritingAccount) = (null, null);
        _cluster.States.Written = null;
    }

    private void Note(bool isOfAccount, string what, long bytes)
    {
        if (isOfAccount)
        {
            Interlocked.Add(ref _bytes, bytes);
            _made.Enqueue(what);
        }
    }
}
