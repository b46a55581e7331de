using OrleansSync.Grains.Connections;
using OrleansSync.Grains.Interfaces.Accounts;
using OrleansSync.Grains.Interfaces.Connections;
using OrleansSync.Grains.Interfaces.Rows;
using OrleansSync.Grains.Tests.Connections.Cluster;
using OrleansSync.Sandbox.CallGear;
using AccountSettings = OrleansSync.Grains.Interfaces.Accounts.AccountSettings;

namespace OrleansSync.Grains.Tests.Connections.Checks;

/// <summary>The same portal together with the same CallGear account is noticed under another account's id.</summary>
public sealed class TwinCheckTests(ConnectionCluster cluster) : ConnectionTests(cluster)
{
    private const string Nobody = AccountSecrets.NoAccount;

    [Theory]
    [InlineData(Nobody)]
    [InlineData("twin-new")]
    public async Task Check_BothSidesAreAnotherAccounts_NamesIt(string owner)
    {
        await ConnectAsync("twin-old", portal: "twin");

        var check = await CheckAsync(owner, "twin", Key(owner, "twin-old"));

        Assert.Equal("twin-old", check.ConnectedAs);
        Assert.Equal((1, 1), (check.Bitrix24.Count, check.CallGear.Count));
    }

    [Fact]
    public async Task Check_AddressIsWrittenInAnotherWay_NamesItAllTheSame()
    {
        await ConnectAsync("twin-slash", portal: "twin-slash");
        var key = Key(Nobody, "twin-slash");

        var check = await CheckAsync(
            Nobody, "twin-slash", key with { BaseUrl = key.BaseUrl.Replace("http:", "HTTP:", StringComparison.Ordinal) + "/" });

        Assert.Equal("twin-slash", check.ConnectedAs);
    }

    [Fact]
    public async Task Check_SeveralAccountsShareThePortal_NamesTheOneWithTheSameCallGearAccount()
    {
        foreach (var account in Enumerable.Range(1, 9).Select(number => $"twin-shared-{number}"))
        {
            await ConnectAsync(account, portal: "twin-shared");
        }

        Assert.Equal("twin-shared-8", (await CheckAsync(Nobody, "twin-shared", Key(Nobody, "twin-shared-8"))).ConnectedAs);
    }

    [Fact]
    public async Task Check_AnotherPortal_NamesNobody()
    {
        await ConnectAsync("twin-portal", portal: "twin-portal-1");

        Assert.Null((await CheckAsync(Nobody, "twin-portal-2", Key(Nobody, "twin-portal"))).ConnectedAs);
    }

    [Fact]
    public async Task Check_AnotherCallGearAccount_NamesNobody()
    {
        await ConnectAsync("twin-key", portal: "twin-key");
        var key = Key("twin-key-new", "twin-key");
        CallGearAccess[] others =
        [
            Key("twin-key-new", "twin-key-other"),
            key with { UserId = 5 },
            key with { BaseUrl = key.BaseUrl + "/elsewhere" },
        ];

        foreach (var other in others)
        {
            Assert.Null((await CheckAsync("twin-key-new", "twin-key", other, keepsBitrix24: true)).ConnectedAs);
        }
    }

    [Fact]
    public async Task Check_OfTheAccountItself_NamesNobody()
    {
        await ConnectAsync("twin-self", portal: "twin-self");

        Assert.Null((await CheckAsync("twin-self", "twin-self", Key("twin-self", "twin-self"))).ConnectedAs);
    }

    [Fact]
    public async Task Check_SecretsAreKept_ComparesTheStoredKey()
    {
        await ConnectAsync("twin-kept-1", portal: "twin-kept");
        await ConnectAsync("twin-kept-2", portal: "twin-kept-else", callGear: "twin-kept-1");
        var key = Key("twin-kept-2", "twin-kept-1") with { AccessToken = null };

        var check = await CheckAsync("twin-kept-2", "twin-kept", key, keepsBitrix24: true);

        Assert.Equal("twin-kept-1", check.ConnectedAs);
    }

    [Fact]
    public async Task Check_AccountIsBeingErased_NamesNobody()
    {
        await ConnectAsync("twin-erased", portal: "twin-erased", isBeingErased: true);

        Assert.Null((await CheckAsync(Nobody, "twin-erased", Key(Nobody, "twin-erased"))).ConnectedAs);
    }

    [Fact]
    public async Task Check_PortalsAccountsCannotBeListed_AnswersTheRest()
    {
        await ConnectAsync("twin-lost", portal: "twin-lost");
        Cluster.RowFaults.Fail(nameof(IAccountRows.OfPortalAsync));

        var check = await CheckAsync(Nobody, "twin-lost", Key(Nobody, "twin-lost"));

        Assert.Equal(new ConnectionCheck(new VendorCheck(1, null), new VendorCheck(1, null)), check);
        Assert.Contains(Cluster.Log.Lines, line => line.StartsWith("3171 ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Check_AnAccountsRowCannotBeRead_ComparesTheOthers()
    {
        var portalKey = Cluster.Sandbox.PutPortal("twin-away", users: [ConnectionCluster.User(1)]).Id;
        await Cluster.PutAccountAsync("twin-away-1", connection: "{\"connection\":[]}", portalKey);
        await ConnectAsync("twin-away-2", portal: "twin-away");

        Assert.Equal("twin-away-2", (await CheckAsync(Nobody, "twin-away", Key(Nobody, "twin-away-2"))).ConnectedAs);
        Assert.Null((await CheckAsync(Nobody, "twin-away", Key(Nobody, "twin-away-3"))).ConnectedAs);
        Assert.Contains(Cluster.Log.Lines, line => line.StartsWith("3172 Account twin-away-1 ", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(nameof(IAccountRows.OfPortalAsync))]
    [InlineData(nameof(IAccountRows.ReadAsync))]
    public async Task Check_TheDatabaseNeverAnswers_IsGivenUp(string operation)
    {
        await ConnectAsync("twin-silent", portal: "twin-silent");
        Cluster.RowFaults.Hold(operation);

        var check = await Cluster.DriveAsync(CheckAsync(Nobody, "twin-silent", Key(Nobody, "twin-silent")), TimeSpan.FromSeconds(20));

        Assert.Equal(new ConnectionCheck(new VendorCheck(1, null), new VendorCheck(1, null)), check);
        Assert.Contains(Cluster.Log.Lines, line => line.StartsWith("3173 ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Check_Whatever_LogsNoSecret()
    {
        await ConnectAsync("twin-log", portal: "twin-log");
        await CheckAsync(Nobody, "twin-log", Key(Nobody, "twin-log"));

        var secret = Account("twin-log").AccessToken;
        Assert.DoesNotContain(Cluster.Log.Lines, line => line.Contains(secret, StringComparison.OrdinalIgnoreCase));
    }

    private CallGearAccess Key(string owner, string callGear) => Cluster.Key(owner, Account(callGear));

    private CallGearAccount Account(string name) => Cluster.Sandbox.PutAccount(name, employees: [new Employee { LastName = "Lee" }]);

    private Task ConnectAsync(string id, string portal, string? callGear = null, bool isBeingErased = false) => Cluster.PutAccountAsync(
        id,
        Cluster.Webhook(id, Cluster.Sandbox.PutPortal(portal, users: [ConnectionCluster.User(1)])),
        Key(id, callGear ?? id),
        isBeingErased: isBeingErased);

    private Task<ConnectionCheck> CheckAsync(string owner, string portal, CallGearAccess callGear, bool keepsBitrix24 = false)
    {
        var bitrix24 = Cluster.Webhook(owner, Cluster.Sandbox.PutPortal(portal, users: [ConnectionCluster.User(1)]));
        return Cluster.Grains.GetGrain<IConnectionCheckGrain>("check").CheckAsync(
            new AccountConnection
            {
                DisplayName = "Acme",
                Bitrix24 = keepsBitrix24 ? bitrix24 with { WebhookUrl = null } : bitrix24,
                CallGear = callGear,
                Settings = AccountSettings.Default,
            },
            owner,
            Token);
    }
}
