using OrleansSync.Grains.Interfaces;
using OrleansSync.Grains.Interfaces.Accounts;
using OrleansSync.Grains.Interfaces.Employees;
using OrleansSync.Grains.Interfaces.Runs;

namespace OrleansSync.Grains.Tests.Portals;

/// <summary>R8.6a: a single user without an e-mail field, which portals leave out when it has no value.</summary>
[Trait("Rule", "R8.6a")]
public sealed class LoneUserTests(PortalCluster cluster) : PortalTests(cluster)
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task OneUserAlone_WithoutAnAddress_IsSkipped(bool fieldIsNull)
    {
        var account = $"lone-{fieldIsNull}".ToLowerInvariant();
        var portal = await Cluster.ConnectAsync(account, users: 3);
        Cluster.Sandbox.Portal(account).PutUser(
            fieldIsNull ? PortalCluster.User(21).With("EMAIL", null) : PortalCluster.User(21).Without("EMAIL"));

        var run = await PortalCluster.SynchronizeAsync(portal, onlyUser: 21);

        Assert.Equal((RunStatus.Succeeded, 1), (run.Status, run.Counts.Skipped));
        Assert.Equal(ProblemCode.MissingEmail, (await portal.GetEmployeeAsync(21))!.Row.Reason?.Code);
        Assert.Equal(AccountStatus.Active, (await portal.GetAccountAsync())!.Status);
    }

    [Fact]
    public async Task OnlyUserOfAPortal_WithoutAnAddress_IsSkipped_AndImportedWhenItHasOne()
    {
        var portal = await Cluster.ConnectAsync("lone-list", users: 0);
        Cluster.Sandbox.Portal("lone-list").PutUser(PortalCluster.User(1).Without("EMAIL"));

        var run = await PortalCluster.SynchronizeAsync(portal);
        Cluster.Sandbox.Portal("lone-list").PutUser(PortalCluster.User(1));
        var next = await PortalCluster.SynchronizeAsync(portal);

        Assert.Equal((RunStatus.Succeeded, 1), (run.Status, run.Counts.Skipped));
        Assert.Equal((RunStatus.Succeeded, 1), (next.Status, next.Counts.Created));
    }

    [Theory]
    [InlineData(1, null)]
    [InlineData(3, 2L)]
    public async Task OneUser_ImportedWithAnAddressBefore_ProvesThatTheKeySeesNone(int users, long? only)
    {
        var account = $"lone-known-{users}";
        var portal = await Cluster.ConnectAsync(account, users);
        Cluster.Sandbox.Portal(account).Settings = Cluster.Sandbox.Portal(account).Settings with { Scopes = ["user_brief"] };

        var run = await PortalCluster.SynchronizeAsync(portal, onlyUser: only);

        Assert.Equal((RunStatus.Failed, ProblemCode.Bitrix24Scope), (run.Status, run.Error?.Code));
        Assert.Equal(users, (await portal.ListResponsibleAsync())!.Value.Length);
    }

    [Fact]
    [Trait("Rule", "R8.6")]
    public async Task SeveralUsers_NoneWithAnAddress_ProveIt()
    {
        var portal = await Cluster.ConnectAsync("lone-none", users: 0);
        Cluster.Sandbox.Portal("lone-none").ReplaceUsers(
            [PortalCluster.User(1).Without("EMAIL"), PortalCluster.User(2).With("EMAIL", null)]);

        var run = await PortalCluster.SynchronizeAsync(portal);

        Assert.Equal((RunStatus.Failed, ProblemCode.Bitrix24Scope), (run.Status, run.Error?.Code));
        Assert.Empty((await portal.ListEmployeesAsync(new EmployeeQuery(null, 10, null, null)))!.Items);
    }

    [Fact]
    public async Task OneUser_ImportedBefore_WhoseAddressWasGoneBefore_IsMatched()
    {
        var portal = await Cluster.ConnectAsync("lone-matched", users: 3);
        Cluster.Sandbox.Portal("lone-matched").ChangeUser(2, user => user.With("EMAIL", null));
        await PortalCluster.SynchronizeAsync(portal);

        var run = await PortalCluster.SynchronizeAsync(portal, onlyUser: 2);

        Assert.Equal((RunStatus.Succeeded, 1), (run.Status, run.Counts.Matched));
    }
}
