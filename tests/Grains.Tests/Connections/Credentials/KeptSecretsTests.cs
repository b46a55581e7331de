using OrleansSync.Grains.Connections;
using OrleansSync.Grains.Connections.Credentials;
using OrleansSync.Grains.Interfaces.Accounts;

namespace OrleansSync.Grains.Tests.Connections.Credentials;

/// <summary>Which secrets an update keeps, and which it needs.</summary>
public sealed class KeptSecretsTests
{
    private static readonly Bitrix24Access _webhook = new()
    {
        Edition = Bitrix24Edition.Cloud,
        DisplayAddress = "https://acme.example/rest/1/•••",
        PortalKey = "acme.example",
        IsOAuth = false,
        WebhookUrl = new ProtectedText("webhook"),
        ApplicationToken = new ProtectedText("application"),
    };

    private static readonly Bitrix24Access _oauth = new()
    {
        Edition = Bitrix24Edition.OnPremise,
        DisplayAddress = "https://acme.example/rest/",
        PortalKey = "acme.example",
        IsOAuth = true,
        AccessToken = new ProtectedText("access"),
        RefreshToken = new ProtectedText("refresh"),
    };

    private static readonly CallGearAccess _callGear =
        new() { BaseUrl = "https://dataapi.callgear.com/v2.0", AccessToken = new ProtectedText("key") };

    [Fact]
    public void Merge_SecretsLeftOut_KeepsThemAndTheAddressTheyBelongTo()
    {
        var sent = new Bitrix24Access { Edition = Bitrix24Edition.OnPremise, DisplayAddress = "", PortalKey = "", IsOAuth = false };

        var merged = KeptSecrets.Merge(_webhook, sent);

        Assert.Equal(_webhook with { Edition = Bitrix24Edition.OnPremise }, merged);
    }

    [Fact]
    public void Merge_WebhookInsteadOfOAuth_DropsTheTokensAndKeepsTheApplicationToken()
    {
        var kept = new ProtectedText("kept");

        var merged = KeptSecrets.Merge(_oauth with { ApplicationToken = kept }, _webhook with { ApplicationToken = null });

        Assert.Equal(_webhook with { ApplicationToken = kept }, merged);
    }

    [Fact]
    public void Merge_OAuthInsteadOfWebhook_DropsTheWebhook() =>
        Assert.Equal(_oauth with { ApplicationToken = new ProtectedText("application") }, KeptSecrets.Merge(_webhook, _oauth));

    [Fact]
    public void Merge_CallGearKeyLeftOut_IsKeptWithWhateverElseIsSent()
    {
        var sent = new CallGearAccess { BaseUrl = "https://elsewhere.example", UserId = 7 };

        Assert.Equal(sent with { AccessToken = _callGear.AccessToken }, KeptSecrets.Merge(_callGear, sent));
        Assert.Equal(sent, KeptSecrets.Merge(null, sent));
    }

    [Fact]
    public void Merge_OfANewAccount_IsWhatWasSent()
    {
        var sent = Connection(_oauth, _callGear);

        Assert.Equal(sent, KeptSecrets.Merge(null, sent));
    }

    [Fact]
    public void Missing_OtherKindsSecretIsNoSubstitute_NamesThePath()
    {
        Assert.Equal("bitrix24.oauth.accessToken", Missing(_webhook, _oauth with { AccessToken = null }));
        Assert.Equal("bitrix24.oauth.refreshToken", Missing(_webhook, _oauth with { RefreshToken = null }));
        Assert.Equal("bitrix24.webhookUrl", Missing(_oauth, _webhook with { WebhookUrl = null }));
        Assert.Null(Missing(_oauth, _oauth with { AccessToken = null, RefreshToken = null }));

        static string? Missing(Bitrix24Access known, Bitrix24Access sent) =>
            KeptSecrets.Missing(Connection(KeptSecrets.Merge(known, sent), _callGear));
    }

    [Fact]
    public void Missing_CallGearKey_NamesThePath()
    {
        Assert.Equal("callGear.accessToken", KeptSecrets.Missing(Connection(_webhook, _callGear with { AccessToken = null })));
        Assert.Null(KeptSecrets.Missing(Connection(_webhook, _callGear)));
    }

    [Fact]
    public void EntersTokens_OnlyWithARefreshToken()
    {
        Assert.True(KeptSecrets.EntersTokens(_oauth));
        Assert.False(KeptSecrets.EntersTokens(_oauth with { RefreshToken = null }));
        Assert.False(KeptSecrets.EntersTokens(_webhook));
    }

    [Fact]
    public void Without_HidesEverySecretAndNothingElse()
    {
        var all = Connection(_oauth with { WebhookUrl = _webhook.WebhookUrl, ApplicationToken = _webhook.ApplicationToken }, _callGear);

        var shown = KeptSecrets.Without(all);

        Assert.Equal(Connection(_oauth with { AccessToken = null, RefreshToken = null }, _callGear with { AccessToken = null }), shown);
    }

    [Fact]
    public void Refreshed_NothingUnderAnOldKey_IsTheSameInstance()
    {
        var secrets = new AccountSecrets(new AgingProtection());
        var connection = Sealed(secrets);

        Assert.Same(connection, KeptSecrets.Refreshed(secrets, "acme", connection));
    }

    [Theory]
    [InlineData("webhook")]
    [InlineData("application")]
    [InlineData("key")]
    public void Refreshed_OneIsUnderAnOldKey_MovesItAndKeepsTheOthers(string old)
    {
        var protection = new AgingProtection();
        var secrets = new AccountSecrets(protection);
        var before = Sealed(secrets);
        protection.Age(old);

        var after = KeptSecrets.Refreshed(secrets, "acme", before);

        var moved = Assert.Single(SecretsOf(after).Except(SecretsOf(before)));
        Assert.Equal(old, secrets.Open("acme", moved));
        Assert.Equal(["webhook", "application", "key"], SecretsOf(after).Select(secret => secrets.Open("acme", secret)));
    }

    private static ProtectedText[] SecretsOf(AccountConnection connection) =>
        [connection.Bitrix24.WebhookUrl!, connection.Bitrix24.ApplicationToken!, connection.CallGear.AccessToken!];

    private static AccountConnection Sealed(AccountSecrets secrets) => Connection(
        _webhook with { WebhookUrl = secrets.Protect("acme", "webhook"), ApplicationToken = secrets.Protect("acme", "application") },
        _callGear with { AccessToken = secrets.Protect("acme", "key") });

    private static AccountConnection Connection(Bitrix24Access bitrix24, CallGearAccess callGear) =>
        new() { DisplayName = "Acme", Bitrix24 = bitrix24, CallGear = callGear, Settings = AccountSettings.Default };
}
