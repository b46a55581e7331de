using OrleansSync.Grains.Interfaces;
using OrleansSync.Grains.Interfaces.Runs;

namespace OrleansSync.Grains.Tests.Portals;

/// <summary>A user whose row holds what no release has written.</summary>
[Trait("Rule", "R8.5")]
public sealed class UnreadableUserTests(PortalCluster cluster) : PortalTests(cluster)
{
    [Theory]
    [InlineData("outcome = 'Promoted'")]
    [InlineData("reason = '{'")]
    [InlineData("intent = 'null'")]
    public async Task User_WhoseRowCannotBeRead_FailsAlone(string damage)
    {
        var account = $"unreadable-{damage[0]}";
        var portal = await Cluster.ConnectAsync(account, users: 3);
        Cluster.Sandbox.Portal(account).PutUser(PortalCluster.User(4));
        await PortalCluster.DeactivateAsync(portal);
        Cluster.Rows.Execute($"UPDATE employee SET {damage} WHERE account_id = @account AND user_id = @user", account, 2);

        var run = await PortalCluster.SynchronizeAsync(portal);

        Assert.Equal((RunStatus.CompletedWithErrors, 2, 1, 1), (run.Status, run.Counts.Matched, run.Counts.Created, run.Counts.Failed));
        var failed = Assert.Single(
            (await portal.GetRunAsync(run.RunId, new ChangeStretch(0, 100)))!.Page.Changes,
            change => change.Outcome == ChangeOutcome.Failed);
        Assert.Equal((2L, ProblemCode.Interrupted), (failed.BitrixUserId, failed.Reason!.Code));
        Assert.Equal(4, Cluster.Sandbox.Account(account).Employees.Count);
        Assert.Equal(4, (await portal.ListResponsibleAsync())!.Value.Length);

        // Nothing is repeated for it: only a person can help.
        Assert.Equal(run.RunId, (await portal.ListRunsAsync(new RunQuery(null, 1)))!.Items[0].RunId);
    }

    [Fact]
    public async Task User_WhoseRowIsErased_IsFoundByItsAddress()
    {
        var portal = await Cluster.ConnectAsync("erased-row", users: 2);
        await PortalCluster.DeactivateAsync(portal);
        Cluster.Rows.Execute("DELETE FROM employee WHERE account_id = @account AND user_id = @user", "erased-row", 2);

        var run = await PortalCluster.SynchronizeAsync(portal);

        Assert.Equal((RunStatus.Succeeded, 1, 1, 0), (run.Status, run.Counts.Matched, run.Counts.Linked, run.Counts.Created));
    }
}
