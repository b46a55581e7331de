using OrleansSync.Grains.Interfaces;
using OrleansSync.Grains.Interfaces.Accounts;
using OrleansSync.Grains.Interfaces.Portals;
using OrleansSync.Grains.Interfaces.Runs;
using OrleansSync.Sandbox.Faults;
using OrleansSync.Sandbox.Requests;

namespace OrleansSync.Grains.Tests.Portals;

/// <summary>Runs that a person stops: what was done stays, and the next run does the rest.</summary>
[Trait("Rule", "R1.4")]
public sealed class CancelledRunTests(PortalCluster cluster) : PortalTests(cluster)
{
    [Fact]
    public async Task RunThatWaits_LeavesTheLine_AndTheOneUnderWayGoesOn()
    {
        var portal = await Cluster.ConnectAsync("cancel-waiting", users: 2);
        using var hold = HoldLists("cancel-waiting");
        var running = (await portal.RequestRunAsync(ByHand)).Run!;
        await hold.WaitForHeldAsync(1, Token);
        var waiting = (await portal.RequestRunAsync(ByHand)).Run!;

        var answer = await portal.CancelRunAsync(waiting.RunId);

        Assert.Equal(RunRequestOutcome.Accepted, answer.Outcome);
        AssertCancelled((await portal.GetRunAsync(waiting.RunId, new ChangeStretch(0, 10)))!.Summary);
        hold.Dispose();
        Assert.Equal(RunStatus.Succeeded, (await PortalCluster.EndOfAsync(portal, running.RunId)).Status);
        Assert.Equal(RunStatus.Succeeded, (await PortalCluster.SynchronizeAsync(portal)).Status);
        Assert.Equal(4, (await portal.ListRunsAsync(new RunQuery(null, 10)))!.Items.Length);
    }

    [Fact]
    public async Task RunThatReads_EndsAtOnce_AndSaysNothingAboutTheAccount()
    {
        var portal = await Cluster.ConnectAsync("cancel-reading", users: 2);
        using var hold = HoldLists("cancel-reading");
        var running = (await portal.RequestRunAsync(ByHand)).Run!;
        await hold.WaitForHeldAsync(1, Token);

        Assert.Equal(RunRequestOutcome.Accepted, (await portal.CancelRunAsync(running.RunId)).Outcome);

        AssertCancelled(await PortalCluster.EndOfAsync(portal, running.RunId));
        hold.Dispose();
        var account = (await portal.GetAccountAsync())!;
        Assert.Equal((AccountStatus.Active, null, 2), (account.Status, account.Problem, account.Counts.Employees));
        var next = await PortalCluster.SynchronizeAsync(portal);
        Assert.Equal((RunStatus.Succeeded, 2), (next.Status, next.Counts.Matched));
    }

    [Fact]
    public async Task RunThatCreates_KeepsWhatItDid_AndTheNextCreatesTheRestOnce()
    {
        const string account = "cancel-creating";
        Cluster.PutUsers(account, 4);
        Cluster.Sandbox.PutAccount(account);
        var portal = Cluster.Portal(account);
        var hold = Cluster.Sandbox.Faults.Add(
            new Fault { Kind = FaultKind.Hold, Target = account, Method = "create.employees", Skip = 2 });
        await portal.ConnectAsync(Cluster.Connection(account));
        await hold.WaitForHeldAsync(1, Token);
        var run = (await portal.ListRunsAsync(new RunQuery(null, 1)))!.Items[0];

        var watch = await portal.WatchRunAsync(run.RunId, 0, 0, TimeSpan.Zero, Token);
        while (watch!.NewChanges.Length < 2)
        {
            watch = await portal.WatchRunAsync(run.RunId, watch.Version, 0, TimeSpan.FromSeconds(20), Token);
        }

        await portal.CancelRunAsync(run.RunId);

        // What is under way has seconds to finish.
        var ended = await EndAsTimePassesAsync(portal, run.RunId);
        Assert.Equal((RunStatus.Failed, ProblemCode.Cancelled, 2), (ended.Status, ended.Error?.Code, ended.Counts.Created));
        hold.Dispose();

        // Whom CallGear may still be creating is looked for until that is certain; as fast as time passes here, an answer may come too
        // late.
        for (var runs = 0; runs < 3 && (await portal.GetAccountAsync())!.Counts.Employees < 4; runs++)
        {
            await EndAsTimePassesAsync(portal, (await portal.RequestRunAsync(ByHand)).Run!.RunId);
        }

        Assert.Equal(4, (await portal.GetAccountAsync())!.Counts.Employees);
        Assert.Equal(4, Cluster.Sandbox.Account(account).Employees.Count);
    }

    [Fact]
    public async Task RunThatHasEnded_OrIsNotThere_IsLeftAlone()
    {
        var portal = await Cluster.ConnectAsync("cancel-ended", users: 1);
        var ended = (await portal.ListRunsAsync(new RunQuery(null, 1)))!.Items[0];

        Assert.Equal(RunRequestOutcome.Ended, (await portal.CancelRunAsync(ended.RunId)).Outcome);
        Assert.Equal(RunRequestOutcome.NoRun, (await portal.CancelRunAsync("nowhere")).Outcome);
        Assert.Equal(RunRequestOutcome.NoAccount, (await Cluster.Portal("cancel-nobody").CancelRunAsync(ended.RunId)).Outcome);
        Assert.Equal(RunStatus.Succeeded, (await portal.GetRunAsync(ended.RunId, new ChangeStretch(0, 1)))!.Summary.Status);
    }

    private async Task<RunSummary> EndAsTimePassesAsync(IPortalGrain portal, string runId)
    {
        while (true)
        {
            var watch = (await portal.WatchRunAsync(runId, 0, 0, TimeSpan.Zero, Token))!;
            if (watch.Run.IsFinished)
            {
                return watch.Run;
            }

            Cluster.Time.Advance(TimeSpan.FromSeconds(1));
        }
    }

    private static void AssertCancelled(RunSummary run) => Assert.Equal(
        (RunStatus.Failed, ProblemCode.Cancelled, 0, true),
        (run.Status, run.Error?.Code, run.Changes, run.FinishedAt is not null));

    private FaultHandle HoldLists(string account) => Cluster.Sandbox.Faults.Add(
        new Fault { Kind = FaultKind.Hold, Vendor = Vendor.Bitrix24, Target = account });
}
