
namespace OrleansSync.Grains.Tests.Portals;

public sealed class CostOfNothingTests(PortalCluster cluster) : PortalTests(cluster)
{
    [Fact]
    [Trait("Rule", "R3.1")]
    public async Task ScheduledRun_WithoutChanges_MakesTwoRequestsAndOneWrite()
    {
        var portal = await Cluster.ConnectAsync("nothing", users: 120);
        await PortalCluster.SynchronizeAsync(portal);
        var requestsBefore = Cluster.Sandbox.Requests.Count(target: "nothing");
        using var writes = new WatchedWrites(Cluster, "nothing");

        // Moving the clock may bring the reminder's own tick before the one that is sent here; there is one run either way.
        Cluster.Time.Advance(TimeSpan.FromMinutes(31));
        await Cluster.TickAsync("nothing");
        var run = await PortalCluster.EndOfAsync(portal, (await portal.ListRunsAsync(null, 1))!.Items[0].RunId);

        Assert.Equal((120, 1, 1), (run.Counts.Matched, run.Calls.Bitrix24, run.Calls.CallGear));
        Assert.Equal(["account"], writes.Made);
        Assert.Equal(2, Cluster.Sandbox.Requests.Count(target: "nothing") - requestsBefore);
    }
}
