using System.Collections.Immutable;
using OrleansSync.Grains.Interfaces.Portals;
using OrleansSync.Grains.Interfaces.Runs;
using OrleansSync.Sandbox.Faults;
using OrleansSync.Sandbox.Requests;

namespace OrleansSync.Grains.Tests.Portals;

/// <summary>An account's runs as they are searched: those that wait, the one under way, and those that have ended.</summary>
public sealed class RunListTests(PortalCluster cluster) : PortalTests(cluster)
{
    private static readonly RunQuery _all = new(null, 10);

    [Fact]
    public async Task Runs_OfAnAccountThatIsNotConnected_AreNone()
    {
        var portal = Cluster.Portal("runs-none");

        Assert.Null(await portal.ListRunsAsync(_all));
        Assert.Null(await portal.CountRunsAsync(_all));
    }

    [Fact]
    public async Task Runs_LiveAndEnded_AreSearchedAsOneList()
    {
        var portal = await Cluster.ConnectAsync("runs-searched", users: 2);
        var connected = (await portal.ListRunsAsync(new RunQuery(null, 1)))!.Items[0].RunId;
        var nothing = (await PortalCluster.SynchronizeAsync(portal)).RunId;
        using var hold = Cluster.Sandbox.Faults.Add(
            new Fault { Kind = FaultKind.Hold, Vendor = Vendor.Bitrix24, Target = "runs-searched" });
        var running = (await portal.RequestRunAsync(ByHand)).Run!.RunId;
        await hold.WaitForHeldAsync(1, Token);
        var preview = (await portal.RequestRunAsync(new RunRequest(RunTrigger.Manual, DryRun: true))).Run!.RunId;

        Assert.Equal([preview, running, nothing, connected], await FoundAsync(portal, _all));
        Assert.Equal([running, nothing, connected], await FoundAsync(portal, _all with { WithoutPreviews = true }));
        Assert.Equal([connected], await FoundAsync(portal, _all with { ChangedOnly = true }));
        Assert.Equal([running], await FoundAsync(portal, _all with { Statuses = [RunStatus.Running, RunStatus.Held] }));
        Assert.Empty(await FoundAsync(portal, _all with { Until = Cluster.Time.GetUtcNow().AddYears(-1) }));
        Assert.Equal(
            new Dictionary<RunStatus, int> { [RunStatus.Running] = 1, [RunStatus.Succeeded] = 2 },
            await portal.CountRunsAsync(_all with { Limit = 1, Statuses = [RunStatus.Failed], WithoutPreviews = true }));
        hold.Dispose();
        await PortalCluster.EndOfAsync(portal, preview);
    }

    [Fact]
    public async Task Pages_OfRunsThatMatch_GoOnBehindALiveRunAndBehindAnEndedOne()
    {
        var portal = await Cluster.ConnectAsync("runs-paged", users: 1);
        var connected = (await portal.ListRunsAsync(new RunQuery(null, 1)))!.Items[0].RunId;
        await PortalCluster.SynchronizeAsync(portal, dryRun: true);
        var ended = (await PortalCluster.SynchronizeAsync(portal)).RunId;
        using var hold = Cluster.Sandbox.Faults.Add(
            new Fault { Kind = FaultKind.Hold, Vendor = Vendor.Bitrix24, Target = "runs-paged" });
        var running = (await portal.RequestRunAsync(ByHand)).Run!.RunId;
        await hold.WaitForHeldAsync(1, Token);

        var (seen, query) = (new List<string>(), new RunQuery(null, 1) { WithoutPreviews = true });
        do
        {
            var page = (await portal.ListRunsAsync(query))!;
            seen.Add(Assert.Single(page.Items).RunId);
            query = query with { Cursor = page.Next };
        }
        while (query.Cursor is not null);

        Assert.Equal([running, ended, connected], seen);
        hold.Dispose();
        await PortalCluster.EndOfAsync(portal, running);
    }

    private static async Task<ImmutableArray<string>> FoundAsync(IPortalGrain portal, RunQuery query) =>
        [.. (await portal.ListRunsAsync(query))!.Items.Select(run => run.RunId)];
}
