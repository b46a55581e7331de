using OrleansSync.Grains.Interfaces;
using OrleansSync.Sandbox.Faults;

namespace OrleansSync.Grains.Tests.Portals;

/// <summary>A run that ends its process each time it is taken up.</summary>
public sealed class TakeUpLimitTests(PortalCluster cluster) : PortalTests(cluster)
{
    [Fact]
    public async Task Run_ThatIsTakenUpAgainAndAgain_EndsAfterTheThirdTime_AndWaitsForTheSchedule()
    {
        Cluster.PutUsers("taken-up-often", 1);
        Cluster.Sandbox.PutAccount("taken-up-often");
        var portal = Cluster.Portal("taken-up-often");
        using var hold = Cluster.Sandbox.Faults.Add(new Fault { Kind = FaultKind.Hold, Target = "taken-up-often", Method = "create.employees" });
        await portal.ConnectAsync(Cluster.Connection("taken-up-often"));
        var seen = (await portal.ListRunsAsync(null, 1))!.Items[0].RunId;
        for (var time = 0; time < 3; time++)
        {
            await UntilActiveAsync("taken-up-often", seen);
            await PortalCluster.DeactivateAsync(portal);
            seen = await NextRunAsync(portal, seen);
        }

        await UntilActiveAsync("taken-up-often", seen);
        await PortalCluster.DeactivateAsync(portal);
        var ending = PortalCluster.EndOfAsync(portal, seen);
        while (!ending.IsCompleted)
        {
            await MoveTimeAsync();
        }

        var last = await ending;

        Assert.Equal((RunStatus.Failed, ProblemCode.Interrupted), (last.Status, last.Error!.Code));
        Assert.Equal(seen, (await portal.ListRunsAsync(null, 1))!.Items[0].RunId);
        Assert.Equal(4, (await portal.ListRunsAsync(null, 10))!.Items.Length);
        hold.Dispose();
    }

    // What is stored counts: from then on the run is taken up by whoever comes next.
    private async Task UntilActiveAsync(string account, string runId)
    {
        while ((await Cluster.Rows.Accounts.ReadAsync(account))?.State is not { } state
            || !state.Contains($"\"active\":{{\"request\":{{\"runId\":\"{runId}\"", StringComparison.Ordinal))
        {
            await Cluster.Portal(account).WatchAsync();
            await MoveTimeAsync();
        }
    }

    private async Task<string> NextRunAsync(IPortalGrain portal, string before)
    {
        while (true)
        {
            var watching = portal.WatchAsync();
            while (!watching.IsCompleted)
            {
                await MoveTimeAsync();
            }

            await watching;
            if ((await portal.ListRunsAsync(null, 1))!.Items[0] is { Trigger: RunTrigger.Resumed } run && run.RunId != before)
            {
                return run.RunId;
            }

            await MoveTimeAsync();
        }
    }

    // An activation that ends waits for changes under way, and a run for creates that may still appear.
    private async Task MoveTimeAsync()
    {
        Cluster.Time.Advance(TimeSpan.FromSeconds(1));
        await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System, Token);
    }
}
