using System.Text.Json.Nodes;
using OrleansSync.Grains.Interfaces;
using OrleansSync.Grains.Interfaces.Accounts;
using OrleansSync.Grains.Interfaces.Portals;
using OrleansSync.Grains.Interfaces.Rows;
using OrleansSync.Grains.Interfaces.Runs;
using OrleansSync.Sandbox.Faults;
using OrleansSync.Sandbox.Requests;

namespace OrleansSync.Grains.Tests.Portals;

/// <summary>A run whose process ended while it was under way, as it is found in the account's row.</summary>
public sealed class RecoveryLimitTests(PortalCluster cluster) : PortalTests(cluster)
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
        await WriteAsync(account, state => state["active"] = Active(takeUps));

        await portal.WatchAsync();
        var runs = (await portal.ListRunsAsync(new RunQuery(null, 10)))!.Items;
        while (runs.IsEmpty || runs[0].Trigger != newest)
        {
            await Task.Yield();
            runs = (await portal.ListRunsAsync(new RunQuery(null, 10)))!.Items;
        }

        await PortalCluster.EndOfAsync(portal, runs[0].RunId);

        runs = (await portal.ListRunsAsync(new RunQuery(null, 10)))!.Items;
        var interrupted = Assert.Single(runs, run => run.RunId == "interrupted");
        Assert.Equal((RunStatus.Failed, ProblemCode.Interrupted), (interrupted.Status, interrupted.Error!.Code));
        Assert.Equal(newest, runs[0].Trigger);
        Assert.Equal(newest == RunTrigger.Resumed ? 2 : 1, runs.Length);
        Assert.Equal(newest == RunTrigger.Resumed ? 1 : 0, Cluster.Sandbox.Account(account).Employees.Count);
    }

    [Fact]
    public async Task Run_ThatWasHandedOverInOrder_IsTakenUpHoweverOften()
    {
        var portal = await Cluster.ConnectAsync("handed-over", users: 1, AccountSettings.Default with { Paused = true });
        await PortalCluster.DeactivateAsync(portal);
        await WriteAsync("handed-over", state => (state["active"], state["isHandedOver"]) = (Active(3), true));

        await portal.WatchAsync();

        var resumed = await EndedAsync(portal, run => run.Trigger == RunTrigger.Resumed);
        Assert.Equal((RunStatus.Succeeded, 1), (resumed.Status, resumed.Counts.Created));
        Assert.DoesNotContain(
            "isHandedOver\":true", (await Cluster.Rows.Accounts.ReadAsync("handed-over"))!.State, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null, RunStatus.Succeeded)]
    [InlineData(3, RunStatus.Failed)]
    public async Task Run_ThatEndedItsProcessBeforeItChangedAnything_IsBegunFourTimes_ThenWaitsForTheSchedule(
        int? takeUps, RunStatus status)
    {
        var account = $"read-only-{takeUps ?? 0}";
        var portal = await Cluster.ConnectAsync(account, users: 1, AccountSettings.Default with { Paused = true });
        await PortalCluster.DeactivateAsync(portal);
        await WriteAsync(account, state => state["queue"] = new JsonArray(Request(takeUps)));

        // Held, so that what is stored when it begins can be seen.
        using var hold = Cluster.Sandbox.Faults.Add(new Fault { Kind = FaultKind.Hold, Vendor = Vendor.Bitrix24, Target = account });
        await portal.WatchAsync();
        if (takeUps is null)
        {
            await hold.WaitForHeldAsync(1, Token);
            Assert.Contains("\"takeUps\":1", (await Cluster.Rows.Accounts.ReadAsync(account))!.State, StringComparison.Ordinal);
        }

        hold.Dispose();
        var run = await EndedAsync(portal, run => run.RunId == "interrupted");
        Assert.Equal((status, takeUps is null ? 1 : 0), (run.Status, Cluster.Sandbox.Account(account).Employees.Count));
        Assert.Equal(takeUps is null ? null : ProblemCode.Interrupted, run.Error?.Code);
        Assert.Equal(RunStatus.Succeeded, (await PortalCluster.SynchronizeAsync(portal)).Status);
    }

    [Fact]
    public async Task Run_ThatIsTakenUp_IsNotJoinedAndNotMadeAgain_ByWhoeverAsksMeanwhile()
    {
        var portal = await Cluster.ConnectAsync("joined-late", users: 1, AccountSettings.Default with { Paused = true });
        await PortalCluster.DeactivateAsync(portal);
        await WriteAsync("joined-late", state => (state["active"], state["queue"]) = (Active(null), new JsonArray(Request(null))));
        var (held, release) = (new TaskCompletionSource(), new TaskCompletionSource());
        Cluster.Rows.Trouble.HoldingAccount = write =>
        {
            held.TrySetResult();
            return write.Row.AccountId == "joined-late" ? release.Task : Task.CompletedTask;
        };

        // Asks while the end of the interrupted run is being stored; what is asked behind it is answered when it waits for its turn to
        // store.
        await portal.GetAccountAsync();
        await held.Task.WaitAsync(Token);
        var asked = portal.RequestRunAsync(ByHand);
        await portal.ListRunsAsync(new RunQuery(null, 1));
        release.SetResult();
        Cluster.Rows.Trouble.HoldingAccount = null;

        Assert.Equal(RunStatus.Succeeded, (await PortalCluster.EndOfAsync(portal, (await asked).Run!.RunId)).Status);
        await EndedAsync(portal, run => run.Trigger == RunTrigger.Resumed);
        await PortalCluster.DeactivateAsync(portal);
        Assert.DoesNotContain("interrupted", (await Cluster.Rows.Accounts.ReadAsync("joined-late"))!.State, StringComparison.Ordinal);
        Assert.Equal(RunStatus.Succeeded, (await PortalCluster.SynchronizeAsync(portal)).Status);
    }

    private static async Task<RunSummary> EndedAsync(IPortalGrain portal, Predicate<RunSummary> isWanted)
    {
        while (true)
        {
            var runs = (await portal.ListRunsAsync(new RunQuery(null, 10)))!.Items;
            if (runs.FirstOrDefault(run => isWanted(run) && run.IsFinished) is { } ended)
            {
                return ended;
            }

            Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }

    private static JsonObject Active(int? takeUps) =>
        new() { ["request"] = Request(takeUps), ["startedAt"] = "2026-03-02T08:00:00+00:00", ["number"] = 1 };

    private static JsonObject Request(int? takeUps) => new()
    {
        ["runId"] = "interrupted",
        ["trigger"] = "Manual",
        ["requestedAt"] = "2026-03-02T08:00:00+00:00",
        ["approved"] = new JsonObject { ["removals"] = new JsonArray(), ["recreations"] = new JsonArray() },
        ["takeUps"] = takeUps,
    };

    private async Task WriteAsync(string account, Action<JsonObject> change)
    {
        var row = (await Cluster.Rows.Accounts.ReadAsync(account))!;
        var state = JsonNode.Parse(row.State)!.AsObject();
        state["lastNumber"] = 1;
        change(state);
        Assert.True(await Cluster.Rows.Accounts.WriteAsync(new AccountWrite
        {
            Row = row with { Version = UserRow.NewVersion(), State = state.ToJsonString(), Connection = null },
            Expected = row.Version,
        }));
    }
}
