using OrleansSync.Grains.Interfaces;
using OrleansSync.Grains.Interfaces.Employees;
using OrleansSync.Grains.Interfaces.Portals;
using OrleansSync.Grains.Interfaces.Runs;
using OrleansSync.Sandbox.CallGear;
using OrleansSync.Sandbox.Faults;

namespace OrleansSync.Grains.Tests.Portals;

public sealed class OneRunTests(PortalCluster cluster) : PortalTests(cluster)
{
    [Fact]
    [Trait("Rule", "R8.3")]
    public async Task DryRun_OnANewUserAndAnEmployeeToLink_SaysWhatItWouldDoAndWritesOnlyThatItRan()
    {
        var portal = await Cluster.ConnectAsync("dry", users: 2);
        Cluster.Sandbox.Portal("dry").PutUser(PortalCluster.User(3));
        Cluster.Sandbox.Portal("dry").PutUser(PortalCluster.User(4));
        Cluster.Sandbox.Account("dry").PutEmployee(new Employee { LastName = "Known", Email = "USER4@example.com" });
        var rows = (await Cluster.Rows.Accounts.WakeAsync("dry"))!.Users;
        var changes = Cluster.Sandbox.Account("dry").Changes.Count;

        var run = await PortalCluster.SynchronizeAsync(portal, dryRun: true);

        Assert.Equal(
            (RunStatus.Succeeded, 2, 1, 1, 2),
            (run.Status, run.Counts.Matched, run.Counts.Created, run.Counts.Linked, run.Counts.AddedToResponsible));
        var view = (await portal.GetRunAsync(run.RunId, new ChangeStretch(0, 100)))!.Page.Changes;
        Assert.Equal([4, 3], view.Select(change => change.BitrixUserId));
        Assert.Contains(new FieldChange("lastName", null, "(bitrix24) Lee 3"), view[1].Fields);
        Assert.Equal(
            [new FieldChange("lastName", "Known", "(bitrix24) Known"), new FieldChange("phoneNumbers", null, "74950000004")],
            view[0].Fields);
        Assert.Equal(changes, Cluster.Sandbox.Account("dry").Changes.Count);
        Assert.Equal(rows.AsEnumerable(), (await Cluster.Rows.Accounts.WakeAsync("dry"))!.Users);
        Assert.Null(await Cluster.Rows.Users.ReadAsync("dry", 3));
    }

    [Fact]
    public async Task Run_ThatGoesOn_CountsWhatItHasDone()
    {
        Cluster.PutUsers("goes-on", 3);
        Cluster.Sandbox.PutAccount("goes-on");
        using var hold = Cluster.Sandbox.Faults.Add(
            new Fault { Kind = FaultKind.Hold, Target = "goes-on", Method = "create.employees", ParameterContains = "user3@" });
        var portal = Cluster.Portal("goes-on");
        await portal.ConnectAsync(Cluster.Connection("goes-on"));
        await hold.WaitForHeldAsync(1, Token);
        var runId = (await portal.ListRunsAsync(new RunQuery(null, 1)))!.Items[0].RunId;
        var watch = await portal.WatchRunAsync(runId, 0, 0, TimeSpan.Zero, Token);
        while (watch!.Done < 2)
        {
            watch = await portal.WatchRunAsync(runId, watch.Version, 0, TimeSpan.FromSeconds(1), Token);
        }

        Assert.Equal((RunStatus.Running, 2, 2), (watch.Run.Status, watch.Run.Counts.Users, watch.Run.Counts.Created));
        Assert.Equal(2, (await portal.GetRunAsync(runId, new ChangeStretch(0, 100)))!.Summary.Counts.Created);
        Assert.Equal(2, (await portal.GetAccountAsync())!.LastRun!.Counts.Created);
        hold.Dispose();
        Assert.Equal(3, (await PortalCluster.EndOfAsync(portal, runId)).Counts.Created);
    }

    [Fact]
    [Trait("Rule", "R5.5")]
    public async Task Number_ThatCallGearRefuses_IsLeftOut_AndTheRunSaysSo()
    {
        Cluster.PutUsers("number", 2);
        Cluster.Sandbox.PutAccount("number", new Sandbox.CallGear.AccountSettings { RefusedPhoneNumbers = ["74950000001"] });
        var portal = Cluster.Portal("number");
        await portal.ConnectAsync(Cluster.Connection("number"));

        var run = await PortalCluster.EndOfAsync(portal, (await portal.ListRunsAsync(new RunQuery(null, 1)))!.Items[0].RunId);

        Assert.Equal((RunStatus.CompletedWithErrors, 2, 0, 1), (run.Status, run.Counts.Created, run.Counts.Failed, run.Counts.PhonesAdded));
        var row = (await portal.GetEmployeeAsync(1))!.Row;
        Assert.Equal((EmployeeOutcome.Created, ProblemCode.PhoneRejected), (row.Outcome, row.Reason!.Code));
        Assert.Empty(Cluster.Sandbox.Account("number").FindEmployee(row.CallGearEmployeeId!.Value)!.PhoneNumbers);
    }

    [Fact]
    [Trait("Rule", "R8.5")]
    public async Task OneUser_ThatCallGearRefuses_StopsNoOther()
    {
        Cluster.PutUsers("one-fails", 4);
        Cluster.Sandbox.PutAccount("one-fails");
        using var refused = Cluster.Sandbox.Faults.Add(new Fault
        {
            Kind = FaultKind.Error,
            Code = "tariff_restrictions",
            Target = "one-fails",
            Method = "create.employees",
            ParameterContains = "user2@",
        });
        var portal = Cluster.Portal("one-fails");
        await portal.ConnectAsync(Cluster.Connection("one-fails"));

        var run = await PortalCluster.EndOfAsync(portal, (await portal.ListRunsAsync(new RunQuery(null, 1)))!.Items[0].RunId);

        Assert.Equal((RunStatus.CompletedWithErrors, 3, 1), (run.Status, run.Counts.Created, run.Counts.Failed));
        Assert.Equal(ProblemCode.Rejected, (await portal.GetEmployeeAsync(2))!.Row.Reason!.Code);
        refused.Dispose();
        Assert.Equal((1, 3), await NextAsync(portal));
    }

    [Fact]
    [Trait("Rule", "R7.3")]
    public async Task Group_ThatIsMissing_LeavesTheRestOfTheRunStanding_AndFollowsOnceItIsThere()
    {
        Cluster.PutUsers("group", 2);
        Cluster.Sandbox.PutAccount("group");
        var portal = Cluster.Portal("group");
        await portal.ConnectAsync(Cluster.Connection("group", new Interfaces.Accounts.AccountSettings { ResponsibleGroupId = 501 }));

        var run = await PortalCluster.EndOfAsync(portal, (await portal.ListRunsAsync(new RunQuery(null, 1)))!.Items[0].RunId);
        Assert.Equal((RunStatus.CompletedWithErrors, ProblemCode.GroupRejected, 2), (run.Status, run.Error!.Code, run.Counts.Created));

        Cluster.Sandbox.Account("group").PutGroup(new EmployeeGroup { Id = 501, Name = "Responsible" });
        Assert.Equal(RunStatus.Succeeded, (await PortalCluster.SynchronizeAsync(portal)).Status);
        Assert.Equal(
            Cluster.Sandbox.Account("group").Employees.Select(employee => employee.Id).Order(),
            Cluster.Sandbox.Account("group").FindGroup(501)!.Members.Order());
    }

    private static async Task<(int Created, int Matched)> NextAsync(IPortalGrain portal)
    {
        var run = await PortalCluster.SynchronizeAsync(portal);
        return (run.Counts.Created, run.Counts.Matched);
    }
}
