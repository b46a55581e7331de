using OrleansSync.Grains.Interfaces;
using OrleansSync.Grains.Interfaces.Accounts;
using OrleansSync.Grains.Interfaces.Connections;
using OrleansSync.Grains.Tests.Connections.Cluster;
using OrleansSync.Sandbox.Faults;

namespace OrleansSync.Grains.Tests.Connections.Bitrix24;

/// <summary>
/// A portal on premise whose public part is closed for an update answers as one that was deleted, and comes back (R8.11).
/// </summary>
[Trait("Rule", "R8.11")]
public sealed class ClosedPortalTests(ConnectionCluster cluster) : ConnectionTests(cluster)
{
    [Theory]
    [InlineData("closed-whole", "batch", "PORTAL_DELETED")]
    [InlineData("closed-command", "user.get", "portal_deleted")]
    public async Task ListUsers_OnPremisePortalIsClosedForAWhile_IsRepeated(string name, string method, string code)
    {
        var answer = await ListAsync(name, Bitrix24Edition.OnPremise, method, code, times: 1);

        Assert.Null(answer.Failure);
        Assert.Equal(2, answer.Calls);
    }

    [Fact]
    public async Task ListUsers_OnPremisePortalStaysClosed_IsUnreachableAndNoMatterForAPerson()
    {
        var failure = (await ListAsync("closed-on", Bitrix24Edition.OnPremise, "batch", "PORTAL_DELETED", times: null)).Failure!;

        Assert.Equal((ProblemCode.Unreachable, false), (failure.Problem.Code, failure.Problem.NeedsPerson));
        Assert.Contains("closed", failure.Problem.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("closed-cloud", "batch")]
    [InlineData("closed-cloud-command", "user.get")]
    public async Task ListUsers_CloudPortalIsDeleted_FailsAtOnce(string name, string method)
    {
        var answer = await ListAsync(name, Bitrix24Edition.Cloud, method, "PORTAL_DELETED", times: null);

        Assert.Equal((ProblemCode.Bitrix24Blocked, 1), (answer.Failure?.Problem.Code, answer.Calls));
    }

    private async Task<CallOutcome<System.Collections.Immutable.ImmutableArray<PortalUser>>> ListAsync(
        string name, Bitrix24Edition edition, string method, string code, int? times)
    {
        var portal = Cluster.Sandbox.PutPortal(name, users: [ConnectionCluster.User(1)]);
        await Cluster.PutAccountAsync(name, Cluster.Webhook(name, portal) with { Edition = edition });
        Cluster.Sandbox.Faults.Add(new Fault { Kind = FaultKind.Error, Target = name, Method = method, Code = code, Times = times });
        return await Cluster.DriveAsync(Cluster.Bitrix24(name).ListUsersAsync(0, ByHand, Token));
    }
}
