using OrleansSync.Grains.Interfaces;
using OrleansSync.Grains.Interfaces.Accounts;
using OrleansSync.Grains.Interfaces.Connections;
using OrleansSync.Grains.Tests.Connections.Cluster;
using OrleansSync.Sandbox.Bitrix24;
using OrleansSync.Sandbox.Faults;

namespace OrleansSync.Grains.Tests.Connections.Bitrix24;

/// <summary>A portal that was renamed (R8.9): a renewal tells where it is, and without one a person must.</summary>
[Trait("Rule", "R8.9")]
public sealed class MovedPortalTests(ConnectionCluster cluster) : ConnectionTests(cluster)
{
    private const string NewHost = "127.0.0.2";

    [Theory]
    [InlineData(301)]
    [InlineData(302)]
    [InlineData(307)]
    [InlineData(308)]
    public async Task ListUsers_OAuthPortalRenamed_RenewsOnceAndGoesOnAtTheNewAddress(int status)
    {
        var (grain, portal) = await ConnectAsync($"moved-{status}");
        Rename(portal, status);

        var answer = await Cluster.DriveAsync(grain.ListUsersAsync(0, ByHand, Token));

        Assert.Null(answer.Failure);
        Assert.Equal(3, answer.Calls);
        Assert.Equal([status, 200, 200], StatusesOf(portal));
        Assert.Equal(
            new RenewedPortal(
                new PortalView(portal.ClientEndpoint.Authority, portal.MemberId),
                new PortalAddress(portal.ClientEndpoint.AbsoluteUri, $"{portal.ClientEndpoint.Authority}/portals/{portal.Id}")),
            await grain.GetPortalAsync(1));

        Assert.Null((await Cluster.DriveAsync(grain.ListUsersAsync(0, ByHand, Token))).Failure);
        Assert.Equal([status, 200, 200, 200], StatusesOf(portal));
        Assert.Equal(1, portal.Tokens.Renewals);
    }

    [Fact]
    public async Task ListUsers_TwoAtATimeWithRenamedPortal_RenewOnce()
    {
        var (grain, portal) = await ConnectAsync("moved-twice");
        Rename(portal);
        using var hold = Cluster.Sandbox.Faults.Add(new Fault { Kind = FaultKind.Hold, Target = portal.Id, Method = "oauth.token" });

        var first = grain.ListUsersAsync(0, ByHand, Token);
        var second = grain.ListUsersAsync(0, ByHand, Token);
        await hold.WaitForHeldAsync(1, Token);
        await Cluster.Sandbox.Requests.WaitForAsync(request => request.Target == portal.Id && request.Status == 302, 2, Token);
        hold.Release();

        Assert.Null((await Cluster.DriveAsync(first)).Failure);
        Assert.Null((await Cluster.DriveAsync(second)).Failure);
        Assert.Equal(1, portal.Tokens.Renewals);
    }

    [Theory]
    [InlineData("nothing", "")]
    [InlineData("the-old", "old")]
    [InlineData("no-endpoint", "https://new.example/elsewhere/")]
    [InlineData("private", "http://10.1.2.3/rest/")]
    [InlineData("own", "http://169.254.169.254/rest/")]
    [InlineData("public-http", "http://93.184.215.14/rest/")]
    public async Task ListUsers_RenewalTellsNoAddressThatMayBeCalled_NamesTheNewHost(string name, string told)
    {
        var (grain, portal) = await ConnectAsync("moved-to-" + name);
        var old = portal.ClientEndpoint.AbsoluteUri;
        Rename(portal);
        portal.Settings = portal.Settings with { RenewalEndpoint = told == "old" ? old : told };

        var answer = await Cluster.DriveAsync(grain.ListUsersAsync(0, ByHand, Token));

        AssertMoved(answer, portal, calls: 2);
        Assert.Equal(told == "old" ? old : null, (await grain.GetPortalAsync(1))?.Address?.ClientEndpoint);
    }

    [Theory]
    [InlineData("invalid_grant")]
    [InlineData("PAYMENT_REQUIRED")]
    public async Task ListUsers_RenewalOfARenamedPortalsTokensIsRefused_NamesTheNewHost(string code)
    {
        var (grain, portal) = await ConnectAsync($"moved-{code.Replace('_', '-')}".ToLowerInvariant());
        Rename(portal);
        portal.Settings = portal.Settings with { RenewalError = code };

        AssertMoved(await Cluster.DriveAsync(grain.ListUsersAsync(0, ByHand, Token)), portal, calls: 2);
    }

    [Fact]
    public async Task ListUsers_TokenServerIsAwayWhilePortalIsRenamed_Passes()
    {
        var (grain, portal) = await ConnectAsync("moved-server-away");
        Rename(portal);
        Cluster.Sandbox.Faults.Add(new Fault { Kind = FaultKind.Html, Target = portal.Id, Method = "oauth.token", Times = 1 });

        Assert.Null((await Cluster.DriveAsync(grain.ListUsersAsync(0, ByHand, Token))).Failure);
    }

    [Fact]
    public async Task ListUsers_NewAddressSendsElsewhereToo_IsNotRenewedAgain()
    {
        var (grain, portal) = await ConnectAsync("moved-on-and-on");
        Rename(portal);
        Cluster.Sandbox.Faults.Add(
            new Fault { Kind = FaultKind.Redirect, Target = portal.Id, Method = "batch", Location = "https://third.example/" });

        var answer = await Cluster.DriveAsync(grain.ListUsersAsync(0, ByHand, Token));

        Assert.Equal((ProblemCode.Bitrix24Moved, 3), (answer.Failure?.Problem.Code, answer.Calls));
        Assert.Contains("third.example", answer.Failure!.Problem.Message, StringComparison.Ordinal);
        Assert.Equal(1, portal.Tokens.Renewals);
    }

    [Fact]
    public async Task ListUsers_WebhookOfARenamedPortal_NamesTheNewHostAlone()
    {
        var portal = Cluster.Sandbox.PutPortal("moved-webhook", users: [ConnectionCluster.User(1)]);
        await Cluster.PutAccountAsync(portal.Id, Cluster.Webhook(portal.Id, portal));
        Rename(portal);

        var answer = await Cluster.DriveAsync(Cluster.Bitrix24(portal.Id).ListUsersAsync(0, ByHand, Token));

        AssertMoved(answer, portal, calls: 1);
        var secret = portal.WebhookUrl.AbsolutePath.Split('/', StringSplitOptions.RemoveEmptyEntries)[^1];
        Assert.DoesNotContain(secret, answer.Failure!.Problem.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("/rest/", answer.Failure.Problem.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Bitrix24Edition.Cloud, NewHost)]
    [InlineData(Bitrix24Edition.OnPremise, "127.0.0.1")]
    public async Task ListUsers_RenewalOfAnExpiredTokenTellsAnotherAddress_IsFollowedInTheCloud(Bitrix24Edition edition, string host)
    {
        var (grain, portal) = await ConnectAsync($"told-{edition}".ToLowerInvariant(), edition);
        portal.Settings = portal.Settings with { Host = NewHost };
        portal.Tokens.ExpireAccessTokens();

        Assert.Null((await Cluster.DriveAsync(grain.ListUsersAsync(0, ByHand, Token))).Failure);

        var told = await grain.GetPortalAsync(1);
        Assert.Equal(portal.ClientEndpoint.Authority, told!.Identity.Host);
        Assert.Equal(host, told.Address is { } address ? new Uri(address.ClientEndpoint).Host : "127.0.0.1");
    }

    [Fact]
    public async Task ListUsers_OnPremisePortalMovesAndItsTokenExpiresLater_StaysAtTheNewAddress()
    {
        var (grain, portal) = await ConnectAsync("moved-on-premise", Bitrix24Edition.OnPremise);
        Rename(portal);
        Assert.Null((await Cluster.DriveAsync(grain.ListUsersAsync(0, ByHand, Token))).Failure);
        portal.Tokens.ExpireAccessTokens();

        Assert.Null((await Cluster.DriveAsync(grain.ListUsersAsync(0, ByHand, Token))).Failure);

        Assert.Equal([302, 200, 200, 401, 200, 200], StatusesOf(portal));
    }

    [Fact]
    public async Task ListUsers_AddressIsEnteredAnew_ThatOneIsCalled()
    {
        var (grain, portal) = await ConnectAsync("moved-entered");
        var entered = Cluster.OAuthAccess(portal.Id, portal);
        Rename(portal);
        Assert.Null((await Cluster.DriveAsync(grain.ListUsersAsync(0, ByHand, Token))).Failure);

        await Cluster.PutAccountAsync(portal.Id, entered, generation: 2);
        Assert.Null(await grain.GetPortalAsync(2));
        Assert.Null((await Cluster.DriveAsync(grain.ListUsersAsync(0, ByHand, Token))).Failure);

        Assert.Equal([302, 200, 200, 302, 200, 200], StatusesOf(portal));
    }

    [Theory]
    [InlineData("expired-in-batch", "expired_token")]
    [InlineData("expired-in-batch-in-capitals", "EXPIRED_TOKEN")]
    public async Task ListUsers_TokenExpiresWithinABatch_IsRenewedAndTheBatchSentAgain(string name, string code)
    {
        var (grain, portal) = await ConnectAsync(name);
        Cluster.Sandbox.Faults.Add(new Fault { Kind = FaultKind.Error, Target = portal.Id, Method = "user.get", Code = code, Times = 1 });

        var answer = await Cluster.DriveAsync(grain.ListUsersAsync(0, ByHand, Token));

        Assert.Null(answer.Failure);
        Assert.Single(answer.Value);
        Assert.Equal(1, portal.Tokens.Renewals);
    }

    private static void Rename(BitrixPortal portal, int status = 302) =>
        portal.Settings = portal.Settings with { Host = NewHost, FormerHost = "127.0.0.1", RedirectStatus = status };

    private static void AssertMoved<T>(CallOutcome<T> answer, BitrixPortal portal, int calls)
    {
        Assert.Equal((ProblemCode.Bitrix24Moved, calls), (answer.Failure?.Problem.Code, answer.Calls));
        Assert.StartsWith($"Account {portal.Id}: ", answer.Failure!.Problem.Message, StringComparison.Ordinal);
        Assert.Contains($" to {portal.ClientEndpoint.Authority}, which", answer.Failure.Problem.Message, StringComparison.Ordinal);
        Assert.False(answer.Failure.IsPassing);
    }

    private int[] StatusesOf(BitrixPortal portal) =>
        [.. Cluster.Sandbox.Requests.Records.Where(request => request.Target == portal.Id).Select(request => request.Status)];

    private async Task<(IBitrix24ConnectionGrain Grain, BitrixPortal Portal)> ConnectAsync(
        string name, Bitrix24Edition edition = Bitrix24Edition.Cloud)
    {
        var portal = Cluster.Sandbox.PutPortal(name, users: [ConnectionCluster.User(1)]);
        await Cluster.PutAccountAsync(name, Cluster.OAuthAccess(name, portal) with { Edition = edition });
        return (Cluster.Bitrix24(name), portal);
    }
}
