using OrleansSync.Grains.Interfaces;
using OrleansSync.Grains.Interfaces.Employees;
using OrleansSync.Grains.Interfaces.Portals;
using OrleansSync.Grains.Interfaces.Runs;
using OrleansSync.Sandbox.CallGear;
using OrleansSync.Sandbox.Faults;

namespace OrleansSync.Grains.Tests.Portals;

public sealed class InterruptedRunTests(PortalCluster cluster) : PortalTests(cluster)
{
    [Fact]
    [Trait("Rule", "R3.8")]
    public async Task Activation_ThatEndsDuringCreates_IsTakenUp_WithOneEmployeeAUser()
    {
        Cluster.PutUsers("taken-up", 12);
        Cluster.Sandbox.PutAccount("taken-up");
        var portal = Cluster.Portal("taken-up");
        using var hold =
            Cluster.Sandbox.Faults.Add(new Fault { Kind = FaultKind.Hold, Target = "taken-up", Method = "create.employees", Skip = 4 });
        await portal.ConnectAsync(Cluster.Connection("taken-up"));
        await hold.WaitForHeldAsync(1, Token);

        await PortalCluster.DeactivateAsync(portal);
        hold.Dispose();
        var interrupted = (await TakenUpAsync(portal)).Items;

        Assert.Equal([RunTrigger.Resumed, RunTrigger.Connected], interrupted.Select(run => run.Trigger));
        Assert.Equal((RunStatus.Failed, ProblemCode.Interrupted), (interrupted[1].Status, interrupted[1].Error!.Code));
        Assert.Equal(RunStatus.Succeeded, (await PortalCluster.EndOfAsync(portal, interrupted[0].RunId)).Status);
        Assert.Equal(12, Cluster.Sandbox.Account("taken-up").Employees.Count);
        Assert.Empty(Cluster.Sandbox.Account("taken-up").CreatedDuplicates());
        var rows = (await portal.ListEmployeesAsync(new EmployeeQuery(null, 200, null, null)))!.Items;
        Assert.Equal(12, rows.Select(row => row.CallGearEmployeeId).Distinct().Count());
        Assert.All(rows, row => Assert.Equal(LinkOrigin.Created, row.LinkedBy));
        Assert.All(rows, row => Assert.True(row.Responsible));
    }

    [Fact]
    [Trait("Rule", "R3.8")]
    public async Task Create_WhoseAnswersAreAllLost_IsSettledByTheNextRun()
    {
        Cluster.PutUsers("lost-answer", 1);
        Cluster.Sandbox.PutAccount("lost-answer");
        var portal = Cluster.Portal("lost-answer");
        using var lost = Cluster.Sandbox.Faults.Add(
            new Fault { Kind = FaultKind.Drop, Target = "lost-answer", Method = "create.employees", Executed = true });
        using var blind = Cluster.Sandbox.Faults.Add(
            new Fault { Kind = FaultKind.Error, Code = "internal_error", Target = "lost-answer", Method = "get.employees", Skip = 1 });
        await portal.ConnectAsync(Cluster.Connection("lost-answer"));
        var first = await PortalCluster.EndOfAsync(portal, (await portal.ListRunsAsync(new RunQuery(null, 1)))!.Items[0].RunId);
        Assert.Equal((RunStatus.CompletedWithErrors, 1), (first.Status, first.Counts.Failed));

        // The user's address changes before the next run, so that only what was written down tells whose the employee is.
        Cluster.Sandbox.Portal("lost-answer").ChangeUser(1, user => user.With("EMAIL", "another@example.com"));
        lost.Dispose();
        blind.Dispose();
        var second = await PortalCluster.SynchronizeAsync(portal);

        Assert.Equal((RunStatus.Succeeded, 1), (second.Status, second.Counts.Created));
        Assert.Single(Cluster.Sandbox.Account("lost-answer").Employees);
        Assert.Equal(
            (1, 0),
            ((await PortalCluster.SynchronizeAsync(portal)).Counts.Matched, (await PortalCluster.SynchronizeAsync(portal)).Counts.Created));
    }

    private static async Task<Page<RunSummary>> TakenUpAsync(IPortalGrain portal)
    {
        while (true)
        {
            await portal.WatchAsync();
            var runs = (await portal.ListRunsAsync(new RunQuery(null, 10)))!;
            if (runs.Items[0].Trigger == RunTrigger.Resumed)
            {
                return runs;
            }
        }
    }
}
