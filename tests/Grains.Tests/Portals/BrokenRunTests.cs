using OrleansSync.Grains.Interfaces;

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
        using var outage = Cluster.States.FailReads("callGearConnection", GrainKeys.Account("begins-again"));
        await Cluster.ForgetAsync<ICallGearConnectionGrain>("begins-again");
        var answer = await portal.RequestRunAsync(ByHand);
        await outage.WaitForFailureAsync(Token);
        outage.Dispose();

        var run = await EndOfAsync(portal, answer.Run!.RunId);

        Assert.Equal((RunStatus.Succeeded, RunTrigger.Manual, 1), (run.Status, run.Trigger, run.Counts.Created));
    }

    [Fact]
    [Trait("Rule", "R3.8")]
    public async Task Run_ThatBreaksOffAgainAndAgain_FailsAsInterrupted()
    {
        var portal = await Cluster.ConnectAsync("breaks-off", users: 2);
        using var outage = Cluster.States.FailReads("callGearConnection", GrainKeys.Account("breaks-off"));
        await Cluster.ForgetAsync<ICallGearConnectionGrain>("breaks-off");
        var answer = await portal.RequestRunAsync(ByHand);

        var run = await EndOfAsync(portal, answer.Run!.RunId);

        Assert.Equal((RunStatus.Failed, ProblemCode.Interrupted), (run.Status, run.Error!.Code));
        outage.Dispose();
        Assert.Equal(RunStatus.Succeeded, (await PortalCluster.SynchronizeAsync(portal)).Status);
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
