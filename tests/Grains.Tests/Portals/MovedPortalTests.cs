using OrleansSync.Grains.Interfaces;
using OrleansSync.Grains.Interfaces.Accounts;
using OrleansSync.Grains.Interfaces.Portals;
using OrleansSync.Grains.Interfaces.Runs;
using OrleansSync.Sandbox.Bitrix24;

namespace OrleansSync.Grains.Tests.Portals;

/// <summary>What an account shows and does when its portal was renamed (R8.9).</summary>
[Trait("Rule", "R8.9")]
public sealed class MovedPortalTests(PortalCluster cluster) : PortalTests(cluster)
{
    [Fact]
    public async Task OAuthAccount_PortalRenamed_RunSucceedsAndTheAccountShowsTheNewAddress()
    {
        var (portal, vendor) = await ConnectByOAuthAsync("moved-oauth");
        Assert.Null((await portal.GetAccountAsync())!.Portal);
        Rename(vendor);

        Assert.Equal(RunStatus.Succeeded, (await PortalCluster.SynchronizeAsync(portal)).Status);

        var view = (await portal.GetAccountAsync())!;
        Assert.Equal((AccountStatus.Active, null), (view.Status, view.Problem));
        Assert.Equal(vendor.ClientEndpoint.AbsoluteUri, view.Connection.Bitrix24.DisplayAddress);
        Assert.Equal(new PortalView(vendor.ClientEndpoint.Authority, vendor.MemberId), view.Portal);
        var key = $"{vendor.ClientEndpoint.Authority}/portals/moved-oauth";
        Assert.Equal(["moved-oauth"], await Cluster.Rows.Accounts.OfPortalAsync(key));

        // Another activation reads it, and another run calls the new address at once.
        await PortalCluster.DeactivateAsync(portal);
        await Cluster.ForgetAsync<Interfaces.Connections.IBitrix24ConnectionGrain>("moved-oauth");
        Assert.Equal(view.Portal, (await portal.GetAccountAsync())!.Portal);
        Assert.Equal(RunStatus.Succeeded, (await PortalCluster.SynchronizeAsync(portal)).Status);
        Assert.Equal(1, vendor.Tokens.Renewals);
    }

    [Fact]
    public async Task OAuthAccount_DryRunOfARenamedPortal_TellsTheNewAddressToo()
    {
        var (portal, vendor) = await ConnectByOAuthAsync("moved-dry");
        Rename(vendor);

        Assert.Equal(RunStatus.Succeeded, (await PortalCluster.SynchronizeAsync(portal, dryRun: true)).Status);

        Assert.Equal(vendor.ClientEndpoint.AbsoluteUri, (await portal.GetAccountAsync())!.Connection.Bitrix24.DisplayAddress);
    }

    [Fact]
    public async Task OAuthAccount_RenewalNamesNoNewAddress_NeedsAPersonUntilItIsEntered()
    {
        var (portal, vendor) = await ConnectByOAuthAsync("moved-untold");
        Rename(vendor);
        vendor.Settings = vendor.Settings with { RenewalEndpoint = "" };

        var run = await PortalCluster.SynchronizeAsync(portal);

        Assert.Equal((RunStatus.Failed, ProblemCode.Bitrix24Moved), (run.Status, run.Error!.Code));
        var view = (await portal.GetAccountAsync())!;
        Assert.Equal((AccountStatus.ActionRequired, ProblemCode.Bitrix24Moved), (view.Status, view.Problem!.Code));
        Assert.True(view.NextRunAt > Cluster.Time.GetUtcNow() + TimeSpan.FromMinutes(31));

        var entered = Cluster.OAuthConnection("moved-untold");
        Assert.Equal(ConnectOutcome.Updated, (await portal.ConnectAsync(entered)).Outcome);
        var next = await PortalCluster.EndOfAsync(portal, (await portal.ListRunsAsync(new RunQuery(null, 1)))!.Items[0].RunId);
        Assert.Equal((RunStatus.Succeeded, AccountStatus.Active), (next.Status, (await portal.GetAccountAsync())!.Status));
    }

    [Fact]
    public async Task WebhookAccount_PortalRenamed_NeedsAPersonAndNamesTheHost()
    {
        var portal = await Cluster.ConnectAsync("moved-webhook", 3);
        Rename(Cluster.Sandbox.Portal("moved-webhook"));

        var run = await PortalCluster.SynchronizeAsync(portal);

        Assert.Equal((RunStatus.Failed, ProblemCode.Bitrix24Moved), (run.Status, run.Error!.Code));
        var view = (await portal.GetAccountAsync())!;
        Assert.Equal((AccountStatus.ActionRequired, null), (view.Status, view.Portal));
        Assert.Contains(
            Cluster.Sandbox.Portal("moved-webhook").ClientEndpoint.Authority, view.Problem!.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("/rest/", view.Problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task OAuthAccount_TokensAreEnteredAnew_WhichPortalItIsIsNotKnown()
    {
        var (portal, vendor) = await ConnectByOAuthAsync("moved-entered");
        vendor.Tokens.ExpireAccessTokens();
        await PortalCluster.SynchronizeAsync(portal);
        Assert.NotNull((await portal.GetAccountAsync())!.Portal);

        await portal.ConnectAsync(Cluster.OAuthConnection("moved-entered"));

        Assert.Null((await portal.GetAccountAsync())!.Portal);
    }

    [Fact]
    public async Task Connect_TokensOfAnotherAccountOfThePortal_AreRefusedByItsName()
    {
        var (portal, _) = await ConnectByOAuthAsync("pair-first");
        Cluster.Sandbox.PutAccount("pair-second");
        var tokens = Cluster.Sandbox.Portal("pair-first").Tokens;
        var mine = Cluster.OAuthConnection("pair-first");
        var twin = mine with
        {
            Bitrix24 = mine.Bitrix24 with
            {
                AccessToken = Cluster.Secrets.Protect("pair-second", tokens.AccessToken),
                RefreshToken = Cluster.Secrets.Protect("pair-second", tokens.RefreshToken),
                ApplicationToken = null,
            },
            CallGear = mine.CallGear with
            {
                AccessToken = Cluster.Secrets.Protect("pair-second", Cluster.Sandbox.Account("pair-second").AccessToken),
            },
        };

        var second = Cluster.Portal("pair-second");
        Assert.Equal(new ConnectResponse(ConnectOutcome.TokensTaken, null, null, "pair-first"), await second.ConnectAsync(twin));
        Assert.Null(await second.GetAccountAsync());

        // An account is no twin of itself, and one that is gone keeps nothing.
        Assert.Equal(ConnectOutcome.Updated, (await portal.ConnectAsync(mine)).Outcome);
        await portal.DisconnectAsync();
        Assert.Equal(ConnectOutcome.Connected, (await second.ConnectAsync(twin)).Outcome);
    }

    private async Task<(IPortalGrain Portal, BitrixPortal Vendor)> ConnectByOAuthAsync(string account)
    {
        var vendor = Cluster.PutUsers(account, 3);
        Cluster.Sandbox.PutAccount(account);
        var portal = Cluster.Portal(account);
        Assert.Equal(ConnectOutcome.Connected, (await portal.ConnectAsync(Cluster.OAuthConnection(account))).Outcome);
        var first = await PortalCluster.EndOfAsync(portal, (await portal.ListRunsAsync(new RunQuery(null, 1)))!.Items[0].RunId);
        Assert.Equal(RunStatus.Succeeded, first.Status);
        return (portal, vendor);
    }

    private static void Rename(BitrixPortal portal) =>
        portal.Settings = portal.Settings with { Host = "127.0.0.2", FormerHost = "127.0.0.1" };
}
