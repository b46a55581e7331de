using OrleansSync.Grains.Interfaces;
using OrleansSync.Grains.Interfaces.Connections;
using OrleansSync.Grains.Interfaces.Portals;
using OrleansSync.Grains.Interfaces.Runs;

namespace OrleansSync.Grains.Tests.Portals;

/// <summary>Runs that break off because a grain they call is lost with its silo, or cannot be loaded.</summary>
public sealed class BrokenRunTests(PortalCluster cluster) : PortalTests(cluster)
{
    [Fact]
    [Trait("Rule", "R3.8")]
    public async Task Run_ThatBreaksOffBeforeItChangedAnything_BeginsAgainUnderItsId()
    {
        var portal = await Cluster.ConnectAsync("begins-again", users: 2);
        Cluster.Sandbox.Portal("begins-again").PutUser(PortalCluster.User(3));
        using var outage = Cluster.Rows.Trouble.LoseAccount("begins-again");
        await Cluster.ForgetAsync<ICallGearConnectionGrain>("begins-again");
        var answer = await portal.RequestRunAsync(ByHand);
        await outage.WaitForFailureAsync(Token);
        outage.Dispose();

        var run = await EndOfAsync(portal, answer.Run!.RunId);

        Assert.Equal((RunStatus.Succeeded, RunTrigger.Manual, 1), (run.Status, run.Trigger, run.Counts.Created));
    }

    [Fact]
    [Trait("Rule", "R3.8")]
    public async Task Run_ThatBreaksOffAgainAndAgain_FailsAsInterruptedAndIsFollowed()
    {
        var portal = await Cluster.ConnectAsync("breaks-off", users: 2);
        using var outage = Cluster.Rows.Trouble.LoseAccount("breaks-off");
        await Cluster.ForgetAsync<ICallGearConnectionGrain>("breaks-off");
        var answer = await portal.RequestRunAsync(ByHand);

        var run = await EndOfAsync(portal, answer.Run!.RunId);

        Assert.Equal((RunStatus.Failed, ProblemCode.Interrupted), (run.Status, run.Error!.Code));
        outage.Dispose();
        var next = (await portal.ListRunsAsync(new RunQuery(null, 1)))!.Items[0];
        var second = await EndOfAsync(portal, next.RunId);
        Assert.Equal((RunStatus.Succeeded, RunTrigger.Resumed), (second.Status, second.Trigger));
    }

    [Fact]
    [Trait("Rule", "R3.8")]
    public async Task Run_WhoseUserIsLostWithItsSilo_IsFollowedByOneThatFinishesIt()
    {
        Cluster.PutUsers("lost-user", 4);
        Cluster.Sandbox.PutAccount("lost-user");
        var portal = Cluster.Portal("lost-user");
        using var outage = Cluster.Rows.Trouble.LoseUser("lost-user", 2);
        await portal.ConnectAsync(Cluster.Connection("lost-user"));
        var first = await EndOfAsync(portal, (await portal.ListRunsAsync(new RunQuery(null, 1)))!.Items[0].RunId);
        Assert.Equal((RunStatus.CompletedWithErrors, 3, 1), (first.Status, first.Counts.Created, first.Counts.Failed));
        outage.Dispose();

        var next = (await portal.ListRunsAsync(new RunQuery(null, 1)))!.Items[0];
        var second = await EndOfAsync(portal, next.RunId);

        Assert.Equal((RunStatus.Succeeded, RunTrigger.Resumed, 1), (second.Status, second.Trigger, second.Counts.Created));
        Assert.Equal(4, Cluster.Sandbox.Account("lost-user").Employees.Count);
        Assert.Equal(second.RunId, (await portal.ListRunsAsync(new RunQuery(null, 1)))!.Items[0].RunId);
    }

    [Fact]
    [Trait("Rule", "R3.8")]
    public async Task Run_WhoseUserStaysLost_IsFollowedThreeTimes()
    {
        Cluster.PutUsers("stays-lost", 1);
        Cluster.Sandbox.PutAccount("stays-lost");
        var portal = Cluster.Portal("stays-lost");
        using var outage = Cluster.Rows.Trouble.LoseUser("stays-lost", 1);
        await portal.ConnectAsync(Cluster.Connection("stays-lost"));
        var newest = (await portal.ListRunsAsync(new RunQuery(null, 1)))!.Items[0].RunId;
        for (var last = string.Empty; newest != last; newest = (await portal.ListRunsAsync(new RunQuery(null, 1)))!.Items[0].RunId)
        {
            await EndOfAsync(portal, newest);
            last = newest;
        }

        Assert.Equal(
            [RunTrigger.Resumed, RunTrigger.Resumed, RunTrigger.Resumed, RunTrigger.Connected],
            (await portal.ListRunsAsync(new RunQuery(null, 10)))!.Items.Select(run => run.Trigger));
    }

    // The clock is moved while the run waits to begin again.
    private async Task<RunSummary> EndOfAsync(IPortalGrain portal, string runId)
    {
        var end = PortalCluster.EndOfAsync(portal, runId);
        while (!end.IsCompleted)
        {
            await Task.WhenAny(end, Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System));
            Cluster.Time.Advance(TimeSpan.FromSeconds(1));
        }

        return await end;
    }
}
