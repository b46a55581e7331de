using OrleansSync.Grains.Connections;
using OrleansSync.Grains.Interfaces;

namespace OrleansSync.Grains.Tests.Connections;

public sealed class Bitrix24ConnectionStateTests
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

    [Fact]
    public void With_SecretsLeftOut_KeepsThemAndTheAddressTheyBelongTo()
    {
        var state = new Bitrix24ConnectionState().With(_webhook);

        var changed = state.With(new Bitrix24Access { Edition = Bitrix24Edition.OnPremise, DisplayAddress = "", PortalKey = "", IsOAuth = false });

        Assert.Equal(_webhook with { Edition = Bitrix24Edition.OnPremise }, changed.Access);
        Assert.Null(changed.MissingSecret());
    }

    [Fact]
    public void With_WebhookInsteadOfOAuth_DropsTheTokensAndKeepsTheApplicationToken()
    {
        var state = new Bitrix24ConnectionState().With(_oauth with { ApplicationToken = new ProtectedText("kept") });

        var changed = state.With(_webhook with { ApplicationToken = null });

        Assert.Equal(_webhook with { ApplicationToken = new ProtectedText("kept") }, changed.Access);
    }

    [Fact]
    public void With_OAuthInsteadOfWebhook_DropsTheWebhook()
    {
        var changed = new Bitrix24ConnectionState().With(_webhook).With(_oauth);

        Assert.Equal(_oauth with { ApplicationToken = new ProtectedText("application") }, changed.Access);
    }

    [Fact]
    public void MissingSecret_OtherKindsSecretIsNoSubstitute_NamesThePath()
    {
        var webhook = new Bitrix24ConnectionState().With(_webhook);
        var oauth = new Bitrix24ConnectionState().With(_oauth);

        Assert.Equal("bitrix24.oauth.accessToken", webhook.With(_oauth with { AccessToken = null }).MissingSecret());
        Assert.Equal("bitrix24.oauth.refreshToken", webhook.With(_oauth with { RefreshToken = null }).MissingSecret());
        Assert.Equal("bitrix24.webhookUrl", oauth.With(_webhook with { WebhookUrl = null }).MissingSecret());
        Assert.Null(oauth.With(_oauth with { AccessToken = null, RefreshToken = null }).MissingSecret());
    }

    [Fact]
    public void With_NewTokensAfterALostRenewal_AreNotDoubtful()
    {
        var state = new Bitrix24ConnectionState().With(_oauth) with { IsRenewalDoubtful = true };

        Assert.True(state.With(_oauth with { AccessToken = null, RefreshToken = null }).IsRenewalDoubtful);
        Assert.False(state.With(_oauth with { RefreshToken = new ProtectedText("new") }).IsRenewalDoubtful);
    }
}
