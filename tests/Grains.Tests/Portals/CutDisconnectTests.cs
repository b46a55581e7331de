using OrleansSync.Grains.Interfaces;
using OrleansSync.Grains.Interfaces.Audit;
using OrleansSync.Grains.Interfaces.Keys;
using OrleansSync.Grains.Interfaces.Rows;

namespace OrleansSync.Grains.Tests.Portals;

/// <summary>A disconnect whose process ended after the account was marked.</summary>
public sealed class CutDisconnectTests(PortalCluster cluster) : PortalTests(cluster)
{
    [Fact]
    public async Task Disconnect_CutAfterItsMark_IsFinishedByWhoeverComesNext_WithSecretsKeysAndAll()
    {
        var portal = await Cluster.ConnectAsync("cut-erasure", users: 3);
        var key = new AccountKey("key", [1, 2, 3]);
        Assert.Equal(AddKeyOutcome.Added, await Cluster.Rows.Keys.AddAsync("cut-erasure", key, Cluster.Time.GetUtcNow(), most: 10));
        await Cluster.Rows.Trails.AppendAsync("cut-erasure", new AuditEntry
        {
            At = Cluster.Time.GetUtcNow(),
            Actor = new AuditActor(AuditActorKind.Operator, null),
            Action = "account.connected",
        });
        await PortalCluster.DeactivateAsync(portal);
        var row = (await Cluster.Rows.Accounts.ReadAsync("cut-erasure"))!;
        await Cluster.Rows.Accounts.WriteAsync(new AccountWrite
        {
            Row = row with
            {
                Version = UserRow.NewVersion(),
                State = row.State.Replace("\"isBeingErased\":false", "\"isBeingErased\":true", StringComparison.Ordinal),
                Connection = null,
                Columns = row.Columns with { IsBeingErased = true },
            },
            Expected = row.Version,
        });
        Assert.Null(await Cluster.Rows.Keys.FindAsync("cut-erasure", "key"));
        Assert.Equal(
            AddKeyOutcome.NoAccount,
            await Cluster.Rows.Keys.AddAsync("cut-erasure", key with { KeyId = "late" }, Cluster.Time.GetUtcNow(), most: 10));

        await portal.WatchAsync();

        while (Cluster.Rows.CountAll("cut-erasure") > 0 || Cluster.States.HasAny(GrainKeys.Account("cut-erasure")))
        {
            Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }

        Assert.Null(await portal.GetAccountAsync());
        Assert.Equal(3, Cluster.Sandbox.Account("cut-erasure").Employees.Count);
    }
}
