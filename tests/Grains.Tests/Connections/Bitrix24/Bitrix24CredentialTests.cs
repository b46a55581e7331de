using OrleansSync.Grains.Interfaces;
using OrleansSync.Grains.Tests.Connections.Cluster;
using OrleansSync.Sandbox.Faults;

namespace OrleansSync.Grains.Tests.Connections.Bitrix24;

public sealed class Bitrix24CredentialTests(ConnectionCluster cluster) : ConnectionTests(cluster)
{
    [Fact]
    public async Task ListUsers_SecretCannotBeOpened_SaysToEnterItAgain()
    {
        var portal = Cluster.Sandbox.PutPortal("key-ring-lost");
        await Cluster.PutAccountAsync("key-ring-lost", Cluster.Webhook("somebody-else", portal));

        var answer = await Cluster.Bitrix24("key-ring-lost").ListUsersAsync(0, ByHand, Token);

        Assert.Equal(ProblemCode.Bitrix24Unauthorized, answer.Failure?.Problem.Code);
        Assert.Contains("Enter the webhook or tokens again", answer.Failure!.Problem.Message, StringComparison.Ordinal);
        Assert.Equal(0, answer.Calls);
    }

    [Fact]
    public async Task Clear_TokensWereRenewed_ErasesThem()
    {
        var portal = Cluster.Sandbox.PutPortal("cleared", users: [ConnectionCluster.User(1)]);
        var grain = Cluster.Bitrix24("cleared");
        await Cluster.PutAccountAsync("cleared", Cluster.OAuthAccess("cleared", portal));
        portal.Tokens.ExpireAccessTokens();
        Assert.Null((await Cluster.DriveAsync(grain.ListUsersAsync(0, ByHand, Token))).Failure);
        Assert.NotNull(Cluster.States.JsonOf("bitrix24Connection", GrainKeys.Account("cleared")));

        await grain.ClearAsync();

        Assert.Null(Cluster.States.JsonOf("bitrix24Connection", GrainKeys.Account("cleared")));
    }

    [Fact]
    public async Task Clear_RenewalIsUnderWay_ItsTokensAreNotStored()
    {
        var portal = Cluster.Sandbox.PutPortal("cleared-renewing", users: [ConnectionCluster.User(1)]);
        var grain = Cluster.Bitrix24("cleared-renewing");
        await Cluster.PutAccountAsync("cleared-renewing", Cluster.OAuthAccess("cleared-renewing", portal));
        portal.Tokens.ExpireAccessTokens();
        using var hold = Cluster.Sandbox.Faults.Add(new Fault { Kind = FaultKind.Hold, Target = portal.Id, Method = "oauth.token" });
        var listing = Cluster.DriveAsync(grain.ListUsersAsync(0, Of(1), Token));
        await hold.WaitForHeldAsync(1, Token);

        await Cluster.PutAccountAsync("cleared-renewing", Cluster.OAuthAccess("cleared-renewing", portal), isBeingErased: true);
        await grain.ClearAsync();
        hold.Release();

        Assert.True((await listing).Failure?.IsOutdated);
        Assert.Equal(1, portal.Tokens.Renewals);
        Assert.Null(Cluster.States.JsonOf("bitrix24Connection", GrainKeys.Account("cleared-renewing")));
    }

    [Theory]
    [InlineData("right", 1, true)]
    [InlineData("wrong", 1, false)]
    [InlineData("", 1, false)]
    [InlineData("right", 2, false)]
    public async Task IsApplicationToken_AnyToken_OnlyTheAccountsOwn(string token, long generation, bool expected)
    {
        var portal = Cluster.Sandbox.PutPortal("application-token");
        await Cluster.PutAccountAsync(
            "application-token",
            Cluster.Webhook("application-token", portal) with { ApplicationToken = Cluster.Secrets.Protect("application-token", "right") });

        Assert.Equal(expected, await Cluster.Bitrix24("application-token").IsApplicationTokenAsync(token, generation));
    }

    [Fact]
    public async Task IsApplicationToken_AccountHasNone_IsFalse()
    {
        var portal = Cluster.Sandbox.PutPortal("no-application-token");
        await Cluster.PutAccountAsync("no-application-token", Cluster.Webhook("no-application-token", portal));

        Assert.False(await Cluster.Bitrix24("no-application-token").IsApplicationTokenAsync("", 1));
    }

    [Fact]
    public async Task IsApplicationToken_NoAccount_IsFalse() =>
        Assert.False(await Cluster.Bitrix24("no-account-token").IsApplicationTokenAsync("", 0));
}
