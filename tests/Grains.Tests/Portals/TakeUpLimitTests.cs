using OrleansSync.Grains.Interfaces;

namespace OrleansSync.Grains.Tests.Portals;

/// <summary>A run whose process ended while it was under way, as it is found in the account's row.</summary>
public sealed class TakeUpLimitTests(PortalCluster cluster) : PortalTests(cluster)
{
    [Theory]
    [InlineData(null, RunTrigger.Resumed)]
    [InlineData(2, RunTrigger.Resumed)]
    [InlineData(3, RunTrigger.Manual)]
    public async Task Run_ThatWasInterrupted_IsTakenUpThreeTimes_ThenWaitsForTheSchedule(int? takeUps, RunTrigger newest)
    {
        var account = $"take-ups-{takeUps ?? 0}";
        var portal = await Cluster.ConnectAsync(account, users: 1, AccountSettings.Default with { Paused = true });
        await PortalCluster.DeactivateAsync(portal);
        await WriteActiveAsync(account, takeUps);

        await portal.WatchAsync();
        var runs = (await portal.ListRunsAsync(null, 10))!.Items;
        while (runs.IsEmpty || runs[0].Trigger != newest)
        {
            await Task.Yield();
            runs = (await portal.ListRunsAsync(null, 10))!.Items;
        }

        await PortalCluster.EndOfAsync(portal, runs[0].RunId);

        runs = (await portal.ListRunsAsync(null, 10))!.Items;
        var interrupted = Assert.Single(runs, run => run.RunId == "interrupted");
        Assert.Equal((RunStatus.Failed, ProblemCode.Interrupted), (interrupted.Status, interrupted.Error!.Code));
        Assert.Equal(newest, runs[0].Trigger);
        Assert.Equal(newest == RunTrigger.Resumed ? 2 : 1, runs.Length);
        Assert.Equal(newest == RunTrigger.Resumed ? 1 : 0, Cluster.Sandbox.Account(account).Employees.Count);
    }

    private async Task WriteActiveAsync(string account, int? takeUps)
    {
        var row = (await Cluster.Rows.Accounts.ReadAsync(account))!;
        var request = "{\"runId\":\"interrupted\",\"trigger\":\"Manual\",\"requestedAt\":\"2026-03-02T08:00:00+00:00\","
            + "\"approved\":{\"removals\":[],\"recreations\":[]}"
            + (takeUps is null ? "}" : $",\"takeUps\":{takeUps}}}");
        var active = $"{{\"active\":{{\"request\":{request},\"startedAt\":\"2026-03-02T08:00:00+00:00\",\"number\":1}},\"lastNumber\":1,";
        Assert.True(await Cluster.Rows.Accounts.WriteAsync(new AccountWrite
        {
            Row = row with
            {
                Version = UserRow.NewVersion(),
                State = active + row.State[1..].Replace(",\"lastNumber\":0", string.Empty, StringComparison.Ordinal),
                Connection = null,
            },
            Expected = row.Version,
        }));
    }
}
