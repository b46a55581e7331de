using OrleansSync.Grains.Interfaces.Portals;
using OrleansSync.Grains.Interfaces.Responsible;
using OrleansSync.Grains.Interfaces.Runs;
using OrleansSync.Grains.Tests.Portals;
using OrleansSync.Sandbox.CallGear;
using OrleansSync.Sandbox.Faults;

namespace OrleansSync.Grains.Tests.Responsible;

public sealed class ResponsibleListTests(PortalCluster cluster) : PortalTests(cluster)
{
    [Fact]
    [Trait("Rule", "R7.2")]
    public async Task Person_TakenOutByHand_StaysOut_OverRunsAndADeletion_UntilPutBack()
    {
        var portal = await Cluster.ConnectAsync("by-hand", users: 12);
        Assert.Equal(ResponsibleChangeOutcome.Done, await portal.SetResponsibleAsync(2, responsible: false));
        Assert.Equal((0, 0), Moved(await PortalCluster.SynchronizeAsync(portal)));
        Assert.DoesNotContain(2, await ListedAsync(portal));

        Cluster.Sandbox.Portal("by-hand").ChangeUser(2, user => user.Dismissed());
        Assert.Equal((0, 0), Moved(await PortalCluster.SynchronizeAsync(portal)));
        Assert.Equal(ResponsibleChangeOutcome.Deleted, await portal.SetResponsibleAsync(2, responsible: true));
        Cluster.Sandbox.Portal("by-hand").PutUser(PortalCluster.User(2));
        Assert.Equal((0, 0), Moved(await PortalCluster.SynchronizeAsync(portal)));
        Assert.Equal(11, (await ListedAsync(portal)).Length);
        Assert.Equal((12, 11), ((await portal.GetAccountAsync())!.Counts.Employees, (await portal.GetAccountAsync())!.Counts.Responsible));

        Assert.Equal(ResponsibleChangeOutcome.Done, await portal.SetResponsibleAsync(2, responsible: true));
        Assert.Equal(12, (await ListedAsync(portal)).Length);
    }

    [Fact]
    [Trait("Rule", "R7.1")]
    public async Task Person_WhoIsDeleted_LeavesTheList_AndIsCountedOnce()
    {
        var portal = await Cluster.ConnectAsync("leaves", users: 12);
        Cluster.Sandbox.Portal("leaves").ChangeUser(3, user => user.Dismissed());

        Assert.Equal((0, 1), Moved(await PortalCluster.SynchronizeAsync(portal)));
        Assert.Equal((0, 0), Moved(await PortalCluster.SynchronizeAsync(portal)));
        Assert.DoesNotContain(3, await ListedAsync(portal));
    }

    [Fact]
    [Trait("Rule", "R7.2")]
    public async Task Change_ByHand_WhoseGroupIsLateToFollow_HoldsNothingElseOfTheAccount()
    {
        var portal = await WithGroupAsync("late-group", users: 3);
        using var hold = Cluster.Sandbox.Faults.Add(
            new Fault { Kind = FaultKind.Hold, Target = "late-group", Method = "update.group_employees" });
        var changing = portal.SetResponsibleAsync(2, responsible: false);
        await hold.WaitForHeldAsync(1, Token);

        var answer = await portal.RequestRunAsync(new RunRequest(RunTrigger.Manual, DryRun: true));
        var run = await PortalCluster.EndOfAsync(portal, answer.Run!.RunId);

        Assert.False(changing.IsCompleted);
        Assert.Equal((RunStatus.Succeeded, 3), (run.Status, run.Counts.Matched));
        var listed = await ListedAsync(portal);
        Assert.Equal([1, 3], listed);
        hold.Dispose();
        Assert.Equal(ResponsibleChangeOutcome.Done, await changing);
        Assert.Equal(2, Cluster.Sandbox.Account("late-group").FindGroup(501)!.Members.Count);
    }

    private async Task<IPortalGrain> WithGroupAsync(string account, int users)
    {
        Cluster.PutUsers(account, users);
        Cluster.Sandbox.PutAccount(account).PutGroup(new EmployeeGroup { Id = 501, Name = "Responsible" });
        var portal = Cluster.Portal(account);
        await portal.ConnectAsync(Cluster.Connection(account, new Interfaces.Accounts.AccountSettings { ResponsibleGroupId = 501 }));
        await PortalCluster.EndOfAsync(portal, (await portal.ListRunsAsync(new RunQuery(null, 1)))!.Items[0].RunId);
        return portal;
    }

    private static (int Added, int Removed) Moved(RunSummary run) => (run.Counts.AddedToResponsible, run.Counts.RemovedFromResponsible);

    private static async Task<long[]> ListedAsync(IPortalGrain portal) =>
        [.. (await portal.ListResponsibleAsync())!.Value.Select(user => user.BitrixUserId)];
}
