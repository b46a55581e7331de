using OrleansSync.Grains.Interfaces;
using OrleansSync.Grains.Interfaces.Accounts;
using OrleansSync.Grains.Interfaces.Runs;
using OrleansSync.Sandbox.Faults;

namespace OrleansSync.Grains.Tests.Portals;

public sealed class DisconnectTests(PortalCluster cluster) : PortalTests(cluster)
{
    [Fact]
    public async Task Disconnect_AfterAnImport_ErasesAllStatesAndLeavesCallGearAlone()
    {
        var portal = await Cluster.ConnectAsync("erased", users: 6);
        Assert.NotNull(await Cluster.Rows.Users.ReadAsync("erased", 3));

        Assert.True(await portal.DisconnectAsync());
        Assert.Null(await portal.GetAccountAsync());
        Assert.False(await portal.DisconnectAsync());
        await UntilErasedAsync("erased");

        Assert.Equal(6, Cluster.Sandbox.Account("erased").Employees.Count);
    }

    [Fact]
    public async Task Disconnect_DuringARun_EndsItAndErases()
    {
        Cluster.PutUsers("erased-early", 6);
        Cluster.Sandbox.PutAccount("erased-early");
        var portal = Cluster.Portal("erased-early");
        using var hold =
            Cluster.Sandbox.Faults.Add(new Fault { Kind = FaultKind.Hold, Target = "erased-early", Method = "create.employees" });
        await portal.ConnectAsync(Cluster.Connection("erased-early"));
        await hold.WaitForHeldAsync(1, Token);

        Assert.True(await portal.DisconnectAsync());
        hold.Dispose();
        await UntilErasedAsync("erased-early");
    }

    [Fact]
    public async Task Connect_RightAfterDisconnect_StartsAnew()
    {
        var portal = await Cluster.ConnectAsync("again", users: 2);
        await portal.DisconnectAsync();

        Assert.Equal(ConnectOutcome.Connected, (await portal.ConnectAsync(Cluster.Connection("again"))).Outcome);
        var run = await PortalCluster.EndOfAsync(portal, (await portal.ListRunsAsync(new RunQuery(null, 1)))!.Items[0].RunId);

        Assert.Equal((0, 2), (run.Counts.Created, run.Counts.Linked));
    }

    [Fact]
    public async Task Connect_RightAfterDisconnect_TimeAndAgain_RunsOnceEachTime()
    {
        var portal = await Cluster.ConnectAsync("time-and-again", users: 2);
        for (var time = 0; time < 40; time++)
        {
            await portal.DisconnectAsync();
            Assert.Equal(ConnectOutcome.Connected, (await portal.ConnectAsync(Cluster.Connection("time-and-again"))).Outcome);
            var run = await PortalCluster.EndOfAsync(portal, (await portal.ListRunsAsync(new RunQuery(null, 1)))!.Items[0].RunId);

            Assert.Equal((RunTrigger.Connected, RunStatus.Succeeded, 2), (run.Trigger, run.Status, run.Counts.Linked));
            Assert.Single((await portal.ListRunsAsync(new RunQuery(null, 10)))!.Items);
        }
    }

    private async Task UntilErasedAsync(string account)
    {
        while (Cluster.Rows.CountAll(account) > 0 || Cluster.States.HasAny(GrainKeys.Account(account)))
        {
            Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }
}
