using OrleansSync.Grains.Interfaces.Runs;

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
        var run = await PortalCluster.EndOfAsync(portal, (await portal.ListRunsAsync(new RunQuery(null, 1)))!.Items[0].RunId);

        Assert.Equal((120, 1, 1), (run.Counts.Matched, run.Calls.Bitrix24, run.Calls.CallGear));
        Assert.Equal(["account"], writes.Made);
        Assert.Equal(2, Cluster.Sandbox.Requests.Count(target: "nothing") - requestsBefore);
    }

    [Fact]
    public async Task Run_WithUsersThatStaySkipped_WritesTheAccountAlone_AndStillReportsThem()
    {
        Cluster.PutUsers("skipped-still", 3);
        Cluster.Sandbox.Portal("skipped-still").PutUser(PortalCluster.User(4).With("EMAIL", ""));
        Cluster.Sandbox.Portal("skipped-still").PutUser(PortalCluster.User(5).With("LAST_NAME", ""));
        Cluster.Sandbox.PutAccount("skipped-still");
        var portal = Cluster.Portal("skipped-still");
        await portal.ConnectAsync(Cluster.Connection("skipped-still"));
        await PortalCluster.EndOfAsync(portal, (await portal.ListRunsAsync(new RunQuery(null, 1)))!.Items[0].RunId);
        await PortalCluster.SynchronizeAsync(portal);
        var changes = Cluster.Rows.Execute("SELECT count(*) FROM run_change WHERE account_id = @account", "skipped-still");

        // What the words of a reason are is of no concern: another release may put them otherwise.
        Cluster.Rows.Execute(
            "UPDATE employee SET reason = replace(reason, 'Fill it in', 'Please fill it in') WHERE account_id = @account", "skipped-still");
        Cluster.Rows.Execute(
            "UPDATE run_change SET detail = replace(detail, 'Fill it in', 'Please fill it in') WHERE account_id = @account",
            "skipped-still");
        await PortalCluster.DeactivateAsync(portal);
        RunSummary run;
        using (var writes = new WatchedWrites(Cluster, "skipped-still"))
        {
            run = await PortalCluster.SynchronizeAsync(portal);

            // The request by hand is promised first; then the run ends.
            Assert.Equal(["account", "account"], writes.Made);
        }

        Assert.Equal((3, 2), (run.Counts.Matched, run.Counts.Skipped));
        Assert.Equal(
            [4, 5], (await portal.GetRunAsync(run.RunId, new ChangeStretch(0, 100)))!.Page.Changes.Select(change => change.BitrixUserId));
        Assert.Equal(changes, Cluster.Rows.Execute("SELECT count(*) FROM run_change WHERE account_id = @account", "skipped-still"));
    }

    [Fact]
    public async Task Change_ThatNoLongerStands_IsReportedByTheRunsThatFoundIt_AndByNoLater()
    {
        var portal = await Cluster.ConnectAsync("stands", users: 1);
        Cluster.Sandbox.Portal("stands").PutUser(PortalCluster.User(2).With("EMAIL", ""));
        var first = await PortalCluster.SynchronizeAsync(portal);
        var second = await PortalCluster.SynchronizeAsync(portal);
        Cluster.Sandbox.Portal("stands").ChangeUser(2, user => user.With("EMAIL", "user2@example.com"));
        var third = await PortalCluster.SynchronizeAsync(portal);
        var fourth = await PortalCluster.SynchronizeAsync(portal);

        Assert.Equal([ChangeOutcome.Skipped], await OutcomesAsync(first));
        Assert.Equal([ChangeOutcome.Skipped], await OutcomesAsync(second));
        Assert.Equal([ChangeOutcome.Created], await OutcomesAsync(third));
        Assert.Empty(await OutcomesAsync(fourth));

        async Task<IEnumerable<ChangeOutcome>> OutcomesAsync(RunSummary run) =>
            (await portal.GetRunAsync(run.RunId, new ChangeStretch(0, 100)))!.Page.Changes.Select(change => change.Outcome);
    }
}
