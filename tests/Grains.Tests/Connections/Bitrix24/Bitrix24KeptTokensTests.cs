using System.Collections.Immutable;
using OrleansSync.Grains.Interfaces;
using OrleansSync.Grains.Interfaces.Accounts;
using OrleansSync.Grains.Interfaces.Connections;
using OrleansSync.Grains.Tests.Connections.Cluster;
using OrleansSync.Sandbox.Bitrix24;

namespace OrleansSync.Grains.Tests.Connections.Bitrix24;

/// <summary>What becomes of renewed tokens when the account's connection is changed.</summary>
public sealed class Bitrix24KeptTokensTests(ConnectionCluster cluster) : ConnectionTests(cluster)
{
    [Fact]
    public async Task ListUsers_AfterAnUpdateThatKeepsTheTokens_UsesTheRenewedOnes()
    {
        var (entered, portal) = await RenewAsync("tokens-kept");

        await Cluster.PutAccountAsync("tokens-kept", entered with { Edition = Bitrix24Edition.OnPremise }, generation: 2, tokensSince: 1);

        Assert.Null((await ListAsync("tokens-kept", Of(2))).Failure);
        Assert.Equal(1, portal.Tokens.Renewals);
    }

    [Fact]
    public async Task ListUsers_AfterAnUpdateThatKeepsTheTokens_RenewsTheRenewedOnes()
    {
        var (entered, portal) = await RenewAsync("tokens-again");
        await Cluster.PutAccountAsync("tokens-again", entered, generation: 2, tokensSince: 1);
        portal.Tokens.ExpireAccessTokens();

        Assert.Null((await ListAsync("tokens-again", Of(2))).Failure);
        Assert.Equal(2, portal.Tokens.Renewals);
    }

    [Fact]
    public async Task ListUsers_AfterNewTokensWereEntered_UsesThoseAndDropsTheRenewedOnes()
    {
        await RenewAsync("tokens-new");
        var other = Cluster.Sandbox.PutPortal("tokens-new-2", users: [ConnectionCluster.User(1), ConnectionCluster.User(2)]);
        await Cluster.PutAccountAsync("tokens-new", Cluster.OAuthAccess("tokens-new", other), generation: 2, tokensSince: 2);

        Assert.Equal(2, (await ListAsync("tokens-new", Of(2))).Value.Length);
        other.Tokens.ExpireAccessTokens();
        Assert.Equal(2, (await ListAsync("tokens-new", Of(2))).Value.Length);

        Assert.Equal(1, other.Tokens.Renewals);
        var stored = Cluster.States.JsonOf("bitrix24Connection", GrainKeys.Account("tokens-new"));
        Assert.Contains("\"tokensSince\":2", stored, StringComparison.Ordinal);
    }

    private async Task<(Bitrix24Access Entered, BitrixPortal Portal)> RenewAsync(string name)
    {
        var portal = Cluster.Sandbox.PutPortal(name, users: [ConnectionCluster.User(1)]);
        var entered = Cluster.OAuthAccess(name, portal);
        await Cluster.PutAccountAsync(name, entered);
        portal.Tokens.ExpireAccessTokens();
        Assert.Null((await ListAsync(name, Of(1))).Failure);
        Assert.Equal(1, portal.Tokens.Renewals);
        return (entered, portal);
    }

    private Task<CallOutcome<ImmutableArray<PortalUser>>> ListAsync(string account, CallContext context) =>
        Cluster.DriveAsync(Cluster.Bitrix24(account).ListUsersAsync(0, context, Token));
}
