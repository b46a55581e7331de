using OrleansSync.Grains.Interfaces.Portals;
using OrleansSync.Grains.Interfaces.Runs;

namespace OrleansSync.Grains.Tests.Portals;

/// <summary>Runs with more changes than one message carries, and what such an account costs while nothing changes.</summary>
public sealed class ManyChangesTests(PortalCluster cluster) : PortalTests(cluster)
{
    private const int Skipped = ChangeStretch.Most + 200;
    private const int All = Skipped + 1;

    [Fact]
    public async Task Run_WithManyChanges_IsReadInStretches_AndWatchedInStretches()
    {
        var (portal, runId) = await ConnectAsync("many-read");

        var first = (await portal.GetRunAsync(runId, new ChangeStretch(0, int.MaxValue)))!;
        var rest = (await portal.GetRunAsync(runId, new ChangeStretch(ChangeStretch.Most, int.MaxValue)))!;
        Assert.Equal((ChangeStretch.Most, All, All), (first.Page.Changes.Length, first.Page.Total, rest.Page.Total));
        Assert.Equal(
            Enumerable.Range(1, All).Select(id => (long)id),
            first.Page.Changes.Concat(rest.Page.Changes).Select(change => change.BitrixUserId));
        Assert.Equal(0, (await portal.GetRunAsync(runId, new ChangeStretch(0, 10, HeldOnly: true)))!.Page.Total);

        await AssertWatchedAsync(portal, runId);
        await PortalCluster.DeactivateAsync(portal);
        await AssertWatchedAsync(portal, runId);
    }

    [Fact]
    public async Task Run_WithoutChanges_WritesLessThan2000Bytes_HoweverManyAreSkipped()
    {
        var (portal, _) = await ConnectAsync("many-written");
        using var writes = new WatchedWrites(Cluster, "many-written");

        Cluster.Time.Advance(TimeSpan.FromMinutes(31));
        await Cluster.TickAsync("many-written");
        var run = await PortalCluster.EndOfAsync(portal, (await portal.ListRunsAsync(new RunQuery(null, 1)))!.Items[0].RunId);

        Assert.Equal((1, Skipped), (run.Counts.Matched, run.Counts.Skipped));
        Assert.Equal(["account"], writes.Made);
        Assert.InRange(writes.Bytes, 1, 2_000);
    }

    [Fact]
    public async Task Run_WithOneChangedUserAmongMany_WritesLessThan10000Bytes()
    {
        var (portal, _) = await ConnectAsync("many-one-changed");
        Cluster.Sandbox.Portal("many-one-changed").ChangeUser(7, user => user.With("EMAIL", "user7@example.com"));
        using var writes = new WatchedWrites(Cluster, "many-one-changed");

        var run = await PortalCluster.SynchronizeAsync(portal);

        Assert.Equal((1, Skipped - 1), (run.Counts.Created, run.Counts.Skipped));
        Assert.Equal(2, writes.Made.Count(what => what == "user 7"));
        Assert.InRange(writes.Bytes, 1, 10_000);
    }

    private async Task<(IPortalGrain Portal, string RunId)> ConnectAsync(string account)
    {
        var users = Cluster.PutUsers(account, 1);
        for (var id = 2; id <= All; id++)
        {
            users.PutUser(PortalCluster.User(id).With("EMAIL", ""));
        }

        Cluster.Sandbox.PutAccount(account);
        var portal = Cluster.Portal(account);
        await portal.ConnectAsync(Cluster.Connection(account));
        var run = await PortalCluster.EndOfAsync(portal, (await portal.ListRunsAsync(new RunQuery(null, 1)))!.Items[0].RunId);
        Assert.Equal((1, Skipped), (run.Counts.Created, run.Counts.Skipped));
        return (portal, run.RunId);
    }

    private static async Task AssertWatchedAsync(IPortalGrain portal, string runId)
    {
        var first = (await portal.WatchRunAsync(runId, version: 0, changesSeen: 0, TimeSpan.Zero, Token))!;
        var second = (await portal.WatchRunAsync(runId, first.Version, first.Seen, TimeSpan.FromSeconds(20), Token))!;
        Assert.Equal((ChangeStretch.Most, ChangeStretch.Most, true), (first.NewChanges.Length, first.Seen, first.HasMore));
        Assert.Equal((All - ChangeStretch.Most, All, false), (second.NewChanges.Length, second.Seen, second.HasMore));
        Assert.Equal(All, first.NewChanges.Concat(second.NewChanges).Select(change => change.BitrixUserId).Distinct().Count());
    }
}
