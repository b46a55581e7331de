using OrleansSync.Grains.Interfaces;
using OrleansSync.Grains.Interfaces.Employees;
using OrleansSync.Grains.Interfaces.Portals;
using OrleansSync.Grains.Interfaces.Responsible;
using OrleansSync.Grains.Interfaces.Runs;

namespace OrleansSync.Grains.Tests.Portals;

[Trait("Rule", "R3.7")]
public sealed class TakeOverTests(PortalCluster cluster) : PortalTests(cluster)
{
    [Fact]
    public async Task NewUser_WithADeletedUsersAddress_TakesTheLinkOver_AndBothHistoriesSaySo()
    {
        var (portal, employeeId) = await WithSuccessorAsync("take-over");

        var run = await PortalCluster.SynchronizeAsync(portal);

        Assert.Equal((1, 0), (run.Counts.Linked, run.Counts.Created));
        await AssertTakenOverAsync(portal, employeeId);
    }

    [Fact]
    public async Task TakeOver_ThatIsInterruptedBetweenItsSteps_IsFinishedByTheNextRun_AndKeepsTheExclusionByHand()
    {
        var (portal, employeeId) = await WithSuccessorAsync("take-over-cut");
        Assert.Equal(ResponsibleChangeOutcome.Done, await portal.SetResponsibleAsync(1, responsible: false));

        // After the new link, before the old one ends.
        var cut = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Cluster.Rows.Trouble.WritingUser = write =>
        {
            if (write is { AccountId: "take-over-cut", Row.UserId: 1 } && cut.TrySetResult())
            {
                throw new StorageUnavailableException("The database is away.");
            }
        };
        var answer = await portal.RequestRunAsync(ByHand);
        await cut.Task.WaitAsync(Token);
        Cluster.Rows.Trouble.WritingUser = null;
        await portal.WatchAsync();
        var runs = (await portal.ListRunsAsync(new RunQuery(null, 10)))!.Items;
        while (runs[0].Trigger != RunTrigger.Resumed)
        {
            await portal.WatchAsync();
            runs = (await portal.ListRunsAsync(new RunQuery(null, 10)))!.Items;
        }

        Assert.Equal(RunStatus.Succeeded, (await PortalCluster.EndOfAsync(portal, runs[0].RunId)).Status);
        Assert.Equal(answer.Run!.RunId, runs[1].RunId);
        await AssertTakenOverAsync(portal, employeeId);
        Assert.DoesNotContain((await portal.ListResponsibleAsync())!.Value, entry => entry.CallGearEmployeeId == employeeId);
    }

    private async Task<(IPortalGrain Portal, long EmployeeId)> WithSuccessorAsync(string account)
    {
        var portal = await Cluster.ConnectAsync(account, users: 8);
        var employeeId = (await portal.GetEmployeeAsync(1))!.Row.CallGearEmployeeId!.Value;
        var employee = Cluster.Sandbox.Account(account).FindEmployee(employeeId)!;

        // Without the mark, so that linking has something to send.
        Cluster.Sandbox.Account(account).PutEmployee(employee with { LastName = "Lee 1" });
        var bitrix24 = Cluster.Sandbox.Portal(account);
        bitrix24.ChangeUser(1, user => user.Dismissed());
        bitrix24.PutUser(PortalCluster.User(9).With("EMAIL", "USER1@example.com"));
        return (portal, employeeId);
    }

    private static async Task AssertTakenOverAsync(IPortalGrain portal, long employeeId)
    {
        var (old, heir) = ((await portal.GetEmployeeAsync(1))!, (await portal.GetEmployeeAsync(9))!);
        Assert.Equal((EmployeeOutcome.Deleted, null), (old.Row.Outcome, old.Row.CallGearEmployeeId));
        Assert.Equal(employeeId, heir.Row.CallGearEmployeeId);
        Assert.Contains(old.History, entry => entry.Note is not null && entry.Note.Contains("user 9", StringComparison.Ordinal));
        Assert.Contains(heir.History, entry => entry.Note is not null && entry.Note.Contains("user 1,", StringComparison.Ordinal));
    }
}
