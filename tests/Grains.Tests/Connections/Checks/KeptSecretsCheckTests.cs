using OrleansSync.Grains.Connections;
using OrleansSync.Grains.Interfaces;
using OrleansSync.Grains.Interfaces.Accounts;
using OrleansSync.Grains.Interfaces.Connections;
using OrleansSync.Grains.Tests.Connections.Cluster;
using OrleansSync.Sandbox.Bitrix24;
using OrleansSync.Sandbox.CallGear;
using AccountSettings = OrleansSync.Grains.Interfaces.Accounts.AccountSettings;

namespace OrleansSync.Grains.Tests.Connections.Checks;

/// <summary>A change of an account is tried with the secrets that it keeps.</summary>
public sealed class KeptSecretsCheckTests(ConnectionCluster cluster) : ConnectionTests(cluster)
{
    [Fact]
    public async Task Check_KeyIsKept_CallsWithTheStoredOne()
    {
        var (portal, account) = Vendors("check-kept-key");
        await Cluster.PutAccountAsync("check-kept-key", callGear: Cluster.Key("check-kept-key", account));

        var check = await CheckAsync("check-kept-key", Cluster.Webhook("check-kept-key", portal), WithoutKey(account));

        Assert.Equal(new ConnectionCheck(new VendorCheck(2, null), new VendorCheck(1, null)), check);
    }

    [Fact]
    public async Task Check_KeyIsKeptWithAnotherAddressAndCustomer_CallsThose()
    {
        var (portal, account) = Vendors("check-kept-agent");
        account.Settings = account.Settings with { AgentToken = "check-kept-agent-key", UserId = 77 };
        await Cluster.PutAccountAsync("check-kept-agent", callGear: new CallGearAccess
        {
            BaseUrl = "http://127.0.0.1:9/elsewhere",
            AccessToken = Cluster.Secrets.Protect("check-kept-agent", "check-kept-agent-key"),
            UserId = 76,
        });

        var check = await CheckAsync(
            "check-kept-agent", Cluster.Webhook("check-kept-agent", portal), WithoutKey(account) with { UserId = 77 });

        Assert.Equal(new VendorCheck(1, null), check.CallGear);
    }

    [Fact]
    public async Task Check_KeyIsKeptButTheAccountIsBeingErased_IsCallGearUnauthorized()
    {
        var (portal, account) = Vendors("check-kept-nothing");
        await Cluster.PutAccountAsync("check-kept-nothing", callGear: Cluster.Key("check-kept-nothing", account), isBeingErased: true);

        var check = await CheckAsync("check-kept-nothing", Cluster.Webhook("check-kept-nothing", portal), WithoutKey(account));

        Assert.Equal(ProblemCode.CallGearUnauthorized, check.CallGear.Problem?.Code);
        Assert.DoesNotContain(
            Cluster.Sandbox.Requests.Records, request => request is { Target: "check-kept-nothing", Method: "get.employees" });
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Check_Bitrix24IsKept_IsNotTried(bool isOAuth)
    {
        var name = $"check-kept-bitrix24-{(isOAuth ? "oauth" : "webhook")}";
        var (portal, account) = Vendors(name);
        var access = isOAuth
            ? Cluster.OAuthAccess(name, portal) with { AccessToken = null, RefreshToken = null }
            : Cluster.Webhook(name, portal) with { WebhookUrl = null };

        var check = await CheckAsync(name, access, Cluster.Key(name, account));

        Assert.Equal(new ConnectionCheck(new VendorCheck(null, null), new VendorCheck(1, null)), check);
        Assert.Single(Cluster.Sandbox.Requests.Records, request => request.Target == name);
    }

    [Fact]
    public async Task Check_SecretsAreLeftOutOfNoAccount_IsAProblem()
    {
        var (portal, account) = Vendors("check-kept-nobody");

        var check = await CheckAsync(
            AccountSecrets.NoAccount, Cluster.Webhook(AccountSecrets.NoAccount, portal) with { WebhookUrl = null }, WithoutKey(account));

        Assert.Equal(
            (ProblemCode.Bitrix24Unauthorized, ProblemCode.CallGearUnauthorized),
            (check.Bitrix24.Problem?.Code, check.CallGear.Problem?.Code));
    }

    private (BitrixPortal Portal, CallGearAccount Account) Vendors(string name) => (
        Cluster.Sandbox.PutPortal(name, users: Enumerable.Range(1, 2).Select(ConnectionCluster.User)),
        Cluster.Sandbox.PutAccount(name, employees: [new Employee { LastName = "Lee" }]));

    private static CallGearAccess WithoutKey(CallGearAccount account) => new() { BaseUrl = account.BaseUrl.AbsoluteUri };

    private Task<ConnectionCheck> CheckAsync(string owner, Bitrix24Access bitrix24, CallGearAccess callGear) =>
        Cluster.Grains.GetGrain<IConnectionCheckGrain>("check").CheckAsync(
            new AccountConnection { DisplayName = "Acme", Bitrix24 = bitrix24, CallGear = callGear, Settings = AccountSettings.Default },
            owner, Token);
}
