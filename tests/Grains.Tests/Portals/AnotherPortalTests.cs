using OrleansSync.Grains.Interfaces;
using OrleansSync.Grains.Interfaces.Accounts;
using OrleansSync.Grains.Interfaces.Runs;

namespace OrleansSync.Grains.Tests.Portals;

/// <summary>R8.12: an account that is connected to another address.</summary>
[Trait("Rule", "R8.12")]
public sealed class AnotherPortalTests(PortalCluster cluster) : OtherPortals(cluster)
{
    private const int Team = 10;

    [Fact]
    public async Task AnotherCompanysPortal_WithTheSameIds_IsHeld_AndChangesNothing()
    {
        var portal = await Cluster.ConnectAsync("strangers", Team);
        PutPortal("strangers-b", Enumerable.Range(1, Team + 5).Select(Stranger));
        await PointAsync("strangers", "strangers-b");
        var before = await RowsAsync(portal);

        var run = await PortalCluster.SynchronizeAsync(portal);
        var again = await PortalCluster.SynchronizeAsync(portal);

        Assert.Equal((RunStatus.Held, ProblemCode.PortalChanged), (run.Status, run.Error?.Code));
        Assert.Contains("strangers-b", run.Error!.Message, StringComparison.Ordinal);
        Assert.Equal(new RunCounts(), run.Counts);
        Assert.Equal(RunStatus.Held, again.Status);
        AssertNothingSent("strangers", Team);
        Assert.Equal(before, await RowsAsync(portal));
        Assert.Equal(Team, (await portal.ListResponsibleAsync())!.Value.Length);
        var account = (await portal.GetAccountAsync())!;
        Assert.Equal((AccountStatus.Held, ProblemCode.PortalChanged), (account.Status, account.Problem?.Code));
        foreach (var held in (string[])[run.RunId, again.RunId])
        {
            var changes = (await portal.GetRunAsync(held, new ChangeStretch(0, 100, HeldOnly: true)))!.Page.Changes;
            Assert.Equal(Enumerable.Range(1, Team).Select(id => (long)id), changes.Select(change => change.BitrixUserId));
            Assert.All(changes, change => Assert.Equal(ProblemCode.PortalChanged, change.Reason?.Code));
        }
    }

    [Theory]
    [InlineData(5, true)]
    [InlineData(4, false)]
    public async Task Portal_WhereHalfOfTheLinkedUsersHaveTheirAddress_IsTheSame(int proven, bool goesOn)
    {
        var account = $"half-{proven}";
        var portal = await Cluster.ConnectAsync(account, Team);
        PutPortal($"{account}-b", Enumerable.Range(1, Team).Select(id => id <= proven ? PortalCluster.User(id) : Stranger(id)));
        await PointAsync(account, $"{account}-b");

        var run = await PortalCluster.SynchronizeAsync(portal);

        Assert.Equal(goesOn ? (RunStatus.Succeeded, Team) : (RunStatus.Held, 0), (run.Status, run.Counts.Matched));
        AssertNothingSent(account, Team);
    }

    [Fact]
    public async Task Portal_ThatMoved_IsTheLinksOwnFromThenOn()
    {
        var portal = await Cluster.ConnectAsync("moved", Team);
        PutPortal("moved-b", Enumerable.Range(1, Team).Select(PortalCluster.User));
        await PointAsync("moved", "moved-b");
        await PortalCluster.SynchronizeAsync(portal);

        // Nothing is compared any more: who changes all addresses now is the same portal.
        Cluster.Sandbox.Portal("moved-b").ReplaceUsers(Enumerable.Range(1, Team).Select(Stranger));
        Assert.Equal((RunStatus.Succeeded, Team), Of(await PortalCluster.SynchronizeAsync(portal)));

        await PointAsync("moved", "moved");
        Assert.Equal(RunStatus.Succeeded, (await PortalCluster.SynchronizeAsync(portal)).Status);
    }

    [Fact]
    public async Task Users_WhoseAddressesBecameThoseOfTheirEmployees_ProveTheirLinks()
    {
        var portal = await Cluster.ConnectAsync("by-employee", Team);
        foreach (var row in await RowsAsync(portal))
        {
            var employee = Cluster.Sandbox.Account("by-employee").FindEmployee(row.CallGearEmployeeId!.Value)!;
            Cluster.Sandbox.Account("by-employee").PutEmployee(employee with { Email = Stranger((int)row.BitrixUserId).Text("EMAIL") });
        }

        PutPortal("by-employee-b", Enumerable.Range(1, Team).Select(Stranger));
        await PointAsync("by-employee", "by-employee-b");

        Assert.Equal((RunStatus.Succeeded, Team), Of(await PortalCluster.SynchronizeAsync(portal)));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    public async Task Portal_WhereNobodyOfTheLinkedIs_IsHeld(int others)
    {
        var account = $"nobody-{others}";
        var portal = await Cluster.ConnectAsync(account, users: 3);
        PutPortal($"{account}-b", Enumerable.Range(50, others).Select(PortalCluster.User));
        await PointAsync(account, $"{account}-b");

        var run = await PortalCluster.SynchronizeAsync(portal);

        Assert.Equal((RunStatus.Held, ProblemCode.PortalChanged), (run.Status, run.Error?.Code));
        Assert.Equal(3, (await portal.ListResponsibleAsync())!.Value.Length);
        AssertNothingSent(account, 3);
    }

    [Fact]
    public async Task Account_WithoutALink_TakesAnyPortal()
    {
        var portal = await Cluster.ConnectAsync("no-links", users: 0);
        Cluster.Sandbox.Portal("no-links").PutUser(PortalCluster.User(1).With("LAST_NAME", null));
        await PortalCluster.SynchronizeAsync(portal);
        PutPortal("no-links-b", Enumerable.Range(1, 3).Select(Stranger));
        await PointAsync("no-links", "no-links-b");

        var run = await PortalCluster.SynchronizeAsync(portal);

        Assert.Equal((RunStatus.Succeeded, 3), (run.Status, run.Counts.Created));
    }

    [Fact]
    public async Task FormerAddress_PutBack_HealsIt()
    {
        var portal = await Cluster.ConnectAsync("healed", Team);
        PutPortal("healed-b", Enumerable.Range(1, Team).Select(Stranger));
        await PointAsync("healed", "healed-b");
        var held = await PortalCluster.SynchronizeAsync(portal);
        await PointAsync("healed", "healed");

        var run = await PortalCluster.SynchronizeAsync(portal);

        Assert.Equal((RunStatus.Succeeded, Team), Of(run));
        var account = (await portal.GetAccountAsync())!;
        Assert.Equal((AccountStatus.Active, null), (account.Status, account.Problem));
        Assert.Equal(0, (await portal.GetRunAsync(run.RunId, new ChangeStretch(0, 100)))!.Page.Total);
        Assert.Equal(RunRequestOutcome.NotHeld, (await portal.ApproveAsync(held.RunId)).Outcome);
    }

    [Fact]
    public async Task AddressesInBetween_WithoutARun_DoNotCount()
    {
        var portal = await Cluster.ConnectAsync("between", Team);
        PutPortal("between-b", Enumerable.Range(1, Team).Select(Stranger));
        await PointAsync("between", "between-b");
        await PointAsync("between", "between");
        Assert.Equal((RunStatus.Succeeded, Team), Of(await PortalCluster.SynchronizeAsync(portal)));

        // From one other portal to a third: the links are still the first one's.
        PutPortal("between-c", Enumerable.Range(1, Team).Select(Stranger));
        await PointAsync("between", "between-b");
        await PortalCluster.SynchronizeAsync(portal);
        await PointAsync("between", "between-c");
        Assert.Equal(RunStatus.Held, (await PortalCluster.SynchronizeAsync(portal)).Status);
        AssertNothingSent("between", Team);
    }

    [Fact]
    [Trait("Rule", "R8.3")]
    [Trait("Rule", "R8.8")]
    public async Task DryRuns_AndRunsForOneUser_AreHeldAsWell_AndLeaveTheAccountAsItIs()
    {
        var portal = await Cluster.ConnectAsync("held-dry", Team);
        PutPortal("held-dry-b", Enumerable.Range(1, Team).Select(Stranger));
        await PointAsync("held-dry", "held-dry-b");
        var before = await RowsAsync(portal);

        var dry = await PortalCluster.SynchronizeAsync(portal, dryRun: true);
        var one = await PortalCluster.SynchronizeAsync(portal, onlyUser: 3);
        var stranger = await PortalCluster.SynchronizeAsync(portal, onlyUser: 99);

        foreach (var run in (RunSummary[])[dry, one, stranger])
        {
            Assert.Equal((RunStatus.Held, ProblemCode.PortalChanged), (run.Status, run.Error?.Code));
        }

        Assert.Equal(Team, (await portal.GetRunAsync(dry.RunId, new ChangeStretch(0, 100)))!.Page.Total);
        Assert.Equal([3L], (await portal.GetRunAsync(one.RunId, new ChangeStretch(0, 100)))!.Page.Changes.Select(c => c.BitrixUserId));
        Assert.Equal(RunRequestOutcome.NotHeld, (await portal.ApproveAsync(dry.RunId)).Outcome);
        Assert.Equal(RunRequestOutcome.NotHeld, (await portal.ApproveAsync(one.RunId)).Outcome);
        Assert.Equal(before, await RowsAsync(portal));
        AssertNothingSent("held-dry", Team);
    }

    [Fact]
    [Trait("Rule", "R8.8")]
    public async Task RunForOneUser_InAPortalThatMoved_GoesOn()
    {
        var portal = await Cluster.ConnectAsync("moved-one", Team);
        PutPortal("moved-one-b", Enumerable.Range(1, Team + 1).Select(PortalCluster.User));
        await PointAsync("moved-one", "moved-one-b");

        Assert.Equal(1, (await PortalCluster.SynchronizeAsync(portal, onlyUser: Team + 1)).Counts.Created);
    }

    [Fact]
    public async Task AnotherKey_OrOAuth_ToTheSameAddress_IsTheSamePortal()
    {
        var portal = await Cluster.ConnectAsync("same-address", Team);
        Cluster.Sandbox.Portal("same-address").ReplaceUsers(Enumerable.Range(1, Team).Select(Stranger));
        Cluster.Sandbox.Portal("same-address").Settings = Cluster.Sandbox.Portal("same-address").Settings with
        {
            WebhookUserId = 7,
            WebhookSecret = "another-secret",
        };
        await portal.ConnectAsync(Cluster.Connection("same-address"));
        Assert.Equal((RunStatus.Succeeded, Team), Of(await PortalCluster.SynchronizeAsync(portal)));

        await portal.ConnectAsync(Cluster.OAuthConnection("same-address"));
        Assert.Equal((RunStatus.Succeeded, Team), Of(await PortalCluster.SynchronizeAsync(portal)));
    }

    [Fact]
    public async Task Hold_OutlivesTheActivation_AndFailedRuns()
    {
        var portal = await Cluster.ConnectAsync("held-long", Team);
        PutPortal("held-long-b", Enumerable.Range(1, Team).Select(Stranger));
        await PointAsync("held-long", "held-long-b");
        var held = await PortalCluster.SynchronizeAsync(portal);
        await PortalCluster.DeactivateAsync(portal);
        Cluster.Sandbox.Faults.Add(new Sandbox.Faults.Fault
        {
            Kind = Sandbox.Faults.FaultKind.Html,
            Target = "held-long-b",
            Times = 1,
        });
        Assert.Equal(RunStatus.Failed, (await PortalCluster.SynchronizeAsync(portal)).Status);

        Assert.Equal(AccountStatus.Held, (await portal.GetAccountAsync())!.Status);
        Assert.Equal(RunRequestOutcome.Accepted, (await portal.ApproveAsync(held.RunId)).Outcome);
    }

    [Fact]
    [Trait("Rule", "R8.1")]
    public async Task DeletionsThatWait_StillWait_WhenTheFormerAddressIsBack()
    {
        var portal = await Cluster.ConnectAsync("waiting", Team);
        var users = Cluster.Sandbox.Portal("waiting");
        Array.ForEach([1, 2, 3, 4], id => users.ChangeUser(id, user => user.Dismissed()));
        await PortalCluster.SynchronizeAsync(portal);
        Array.ForEach([1, 2], id => users.ChangeUser(id, user => user.With("ACTIVE", true)));
        PutPortal("waiting-b", Enumerable.Range(1, Team).Select(Stranger));
        await PointAsync("waiting", "waiting-b");
        Assert.Equal(ProblemCode.PortalChanged, (await PortalCluster.SynchronizeAsync(portal)).Error?.Code);
        await PointAsync("waiting", "waiting");

        var run = await PortalCluster.SynchronizeAsync(portal);

        Assert.Equal((RunStatus.Held, ProblemCode.DeletionGuard), (run.Status, run.Error?.Code));
        Assert.Equal(
            [3L, 4],
            (await portal.GetRunAsync(run.RunId, new ChangeStretch(0, 100)))!.Page.Changes.Select(change => change.BitrixUserId));
    }

    private static (RunStatus Status, int Matched) Of(RunSummary run) => (run.Status, run.Counts.Matched);
}
