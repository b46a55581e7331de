using OrleansSync.Grains.Interfaces.Runs;
using OrleansSync.Sandbox.Faults;
using OrleansSync.Sandbox.Requests;

namespace OrleansSync.Grains.Tests.Portals;

[Trait("Rule", "R1.4")]
public sealed class RunsOneAtATimeTests(PortalCluster cluster) : PortalTests(cluster)
{
    [Fact]
    public async Task Requests_DuringARun_AllGetTheOneRunThatFollows()
    {
        var portal = await Cluster.ConnectAsync("one-more", users: 2);
        using var hold = Hold("one-more");
        var running = (await portal.RequestRunAsync(ByHand)).Run!;
        await hold.WaitForHeldAsync(1, Token);

        var answers = new List<RunRequestAnswer>();
        for (var request = 0; request < 5; request++)
        {
            answers.Add(await portal.RequestRunAsync(request == 2 ? new RunRequest(RunTrigger.Event) : ByHand));
        }

        var followers = answers.Select(answer => answer.Run!.RunId).Distinct().ToArray();
        Assert.Single(followers);
        Assert.NotEqual(running.RunId, followers[0]);
        hold.Dispose();
        Assert.Equal(RunStatus.Succeeded, (await PortalCluster.EndOfAsync(portal, running.RunId)).Status);
        Assert.Equal(RunStatus.Succeeded, (await PortalCluster.EndOfAsync(portal, followers[0])).Status);

        // The connected run, the held one and the one that followed.
        Assert.Equal(3, (await portal.ListRunsAsync(new RunQuery(null, 10)))!.Items.Length);
    }

    [Fact]
    public async Task DryRunsAndRunsForOneUser_DuringARun_AreNeverMerged()
    {
        var portal = await Cluster.ConnectAsync("not-merged", users: 2);
        using var hold = Hold("not-merged");
        var running = (await portal.RequestRunAsync(ByHand)).Run!;
        await hold.WaitForHeldAsync(1, Token);

        RunRequest[] requests = [new(RunTrigger.Manual, DryRun: true), new(RunTrigger.Manual, DryRun: true),
            new(RunTrigger.Manual, OnlyUser: 1), ByHand];
        var ids = new List<string> { running.RunId };
        foreach (var request in requests)
        {
            ids.Add((await portal.RequestRunAsync(request)).Run!.RunId);
        }

        Assert.Equal(5, ids.Distinct().Count());
        hold.Dispose();
        foreach (var id in ids)
        {
            Assert.Equal(RunStatus.Succeeded, (await PortalCluster.EndOfAsync(portal, id)).Status);
        }

        var runs = (await portal.ListRunsAsync(new RunQuery(null, 10)))!.Items;
        Assert.Equal(ids.AsEnumerable().Reverse(), runs.Take(5).Select(run => run.RunId));
        Assert.All(runs.Zip(runs.Skip(1)), pair => Assert.True(pair.First.StartedAt >= pair.Second.FinishedAt));
    }

    [Fact]
    public async Task Requests_BeyondTheQueue_AreTurnedAway()
    {
        var portal = await Cluster.ConnectAsync("queue-full", users: 1);
        using var hold = Hold("queue-full");
        await portal.RequestRunAsync(ByHand);
        await hold.WaitForHeldAsync(1, Token);

        for (var request = 0; request < 20; request++)
        {
            Assert.Equal(
                RunRequestOutcome.Accepted, (await portal.RequestRunAsync(new RunRequest(RunTrigger.Manual, DryRun: true))).Outcome);
        }

        Assert.Equal(RunRequestOutcome.QueueFull, (await portal.RequestRunAsync(new RunRequest(RunTrigger.Manual, DryRun: true))).Outcome);
    }

    [Fact]
    public async Task Watch_WhileARunGoesOn_TellsItsProgressAndChangesOnce()
    {
        Cluster.PutUsers("watched", 3);
        Cluster.Sandbox.PutAccount("watched");
        var portal = Cluster.Portal("watched");
        using var hold =
            Cluster.Sandbox.Faults.Add(new Fault { Kind = FaultKind.Hold, Target = "watched", Method = "create.employees", Skip = 2 });
        await portal.ConnectAsync(Cluster.Connection("watched"));
        await hold.WaitForHeldAsync(1, Token);
        var runId = (await portal.ListRunsAsync(new RunQuery(null, 1)))!.Items[0].RunId;

        var watch = await portal.WatchRunAsync(runId, 0, 0, TimeSpan.Zero, Token);
        while (watch!.NewChanges.Length < 2)
        {
            watch = await portal.WatchRunAsync(runId, watch.Version, 0, TimeSpan.FromSeconds(20), Token);
        }

        Assert.Equal((RunStatus.Running, 3, 2), (watch.Run.Status, watch.Total, watch.Done));
        hold.Dispose();
        await PortalCluster.EndOfAsync(portal, runId);
        var rest = await portal.WatchRunAsync(runId, watch.Version, changesSeen: 2, TimeSpan.FromSeconds(20), Token);
        Assert.Single(rest!.NewChanges);
        Assert.DoesNotContain(rest.NewChanges[0].BitrixUserId, watch.NewChanges.Select(change => change.BitrixUserId));
    }

    private FaultHandle Hold(string account) => Cluster.Sandbox.Faults.Add(
        new Fault { Kind = FaultKind.Hold, Vendor = Vendor.Bitrix24, Target = account });
}
