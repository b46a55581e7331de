using CsCheck;
using OrleansSync.Bitrix24.Credentials;
using OrleansSync.Bitrix24.OAuth;

namespace OrleansSync.Bitrix24.Tests.Credentials;

public sealed class WebhookAddressTests
{
    [Theory]
    [InlineData("https://acme.bitrix24.com/rest/1/s3cret/", "https://acme.bitrix24.com/rest/1/s3cret/")]
    [InlineData("https://acme.bitrix24.com/rest/1/s3cret", "https://acme.bitrix24.com/rest/1/s3cret/")]
    [InlineData("https://ACME.Bitrix24.com/rest/1/s3cret", "https://acme.bitrix24.com/rest/1/s3cret/")]
    [InlineData("http://127.0.0.1:8080/portal/a/rest/42/s3cret/", "http://127.0.0.1:8080/portal/a/rest/42/s3cret/")]
    [InlineData("https://acme.bitrix24.com/rest/rest/7/s3cret/", "https://acme.bitrix24.com/rest/rest/7/s3cret/")]
    public void TryParse_DocumentedShape_NormalisesUrl(string text, string url)
    {
        Assert.True(WebhookAddress.TryParse(text, out var address));

        Assert.Equal(url, address.Url.AbsoluteUri);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("acme.bitrix24.com/rest/1/s3cret/")]
    [InlineData("ftp://acme.bitrix24.com/rest/1/s3cret/")]
    [InlineData("file:///rest/1/s3cret/")]
    [InlineData("https://acme.bitrix24.com/rest/one/s3cret/")]
    [InlineData("https://acme.bitrix24.com/rest/0/s3cret/")]
    [InlineData("https://acme.bitrix24.com/rest/-1/s3cret/")]
    [InlineData("https://acme.bitrix24.com/rest/99999999999999999999/s3cret/")]
    [InlineData("https://acme.bitrix24.com/rest/1//")]
    [InlineData("https://acme.bitrix24.com/rest/1/")]
    [InlineData("https://acme.bitrix24.com//rest/1/s3cret/")]
    [InlineData("https://acme.bitrix24.com/rest/1/s3cret//")]
    [InlineData("https://acme.bitrix24.com/rest/1/s3cret/user.get")]
    [InlineData("https://acme.bitrix24.com/1/s3cret/")]
    [InlineData("https://acme.bitrix24.com/rest/1/s3%20cret/")]
    [InlineData("https://acme.bitrix24.com/rest/1/s3cret/?a=b")]
    [InlineData("https://acme.bitrix24.com/rest/1/s3cret/?")]
    [InlineData("https://acme.bitrix24.com/rest/1/s3cret/#part")]
    [InlineData("https://ann@acme.bitrix24.com/rest/1/s3cret/")]
    [InlineData("https://ann:pw@acme.bitrix24.com/rest/1/s3cret/")]
    public void TryParse_AnotherShape_False(string? text)
    {
        Assert.False(WebhookAddress.TryParse(text, out var address));
        Assert.Null(address);
    }

    [Fact]
    public void TryParse_AnyText_NeverThrowsAndItsUrlIsReadAgain()
    {
        var part = Gen.OneOf(
            "https://", "http://", "x.example", ":8080", "/", "//", "rest", "/rest/", "1", "0", "a1", "%2F", "..", "?", "@", " ");
        Gen.OneOf(Gen.String, part.Array[0, 9].Select(string.Concat)).Sample(
            static text =>
            {
                Assert.Equal(ClientEndpoint.TryParse(text, out var endpoint), endpoint is not null);
                if (WebhookAddress.TryParse(text, out var address))
                {
                    Assert.True(WebhookAddress.TryParse(address.Url.AbsoluteUri, out var again));
                    Assert.Equal(address, again);
                    Assert.EndsWith(address.Secret + "/", address.Url.AbsolutePath, StringComparison.Ordinal);
                }
            },
            iter: 20_000);
    }

    [Theory]
    [InlineData("https://ACME.bitrix24.com/rest/1/a/", "acme.bitrix24.com")]
    [InlineData("http://acme.bitrix24.com/rest/2/b/", "acme.bitrix24.com")]
    [InlineData("https://acme.bitrix24.com:443/rest/2/b/", "acme.bitrix24.com")]
    [InlineData("https://acme.bitrix24.com./rest/2/b/", "acme.bitrix24.com")]
    [InlineData("https://intranet.local:8443/Portal/rest/2/b/", "intranet.local:8443/Portal")]
    [InlineData("https://bücher.example/rest/2/b/", "xn--bcher-kva.example")]
    [InlineData("http://[::1]:80/rest/2/b/", "[::1]")]
    public void PortalKey_AnyWebhookOfAPortal_NamesThePortal(string text, string key)
    {
        Assert.True(WebhookAddress.TryParse(text, out var address));

        Assert.Equal(key, address.PortalKey);
    }

    [Fact]
    public void PortalKey_OAuthOfTheSamePortal_IsEqual()
    {
        var webhook = new WebhookCredentials(new Uri("https://Acme.bitrix24.com/x/rest/1/s3cret/"));
        var oauth = new OAuthCredentials(new Uri("https://acme.bitrix24.com/x/rest"), "token");

        Assert.Equal(webhook.PortalKey, oauth.PortalKey);
    }

    [Fact]
    public void Masked_Always_HidesTheSecretOnly()
    {
        Assert.True(WebhookAddress.TryParse("https://acme.bitrix24.com/rest/1/s3cret/", out var address));

        Assert.Equal("https://acme.bitrix24.com/rest/1/•••", address.Masked);
        Assert.Equal(address.Masked, address.ToString());
        Assert.Equal(1, address.UserId);
    }

    [Fact]
    public void ToString_AnyCredentials_ShowsNoSecret()
    {
        Bitrix24Credentials webhook = new WebhookCredentials(new Uri("https://acme.bitrix24.com/rest/1/s3cret/"));
        Bitrix24Credentials oauth = new OAuthCredentials(new Uri("https://acme.bitrix24.com/rest/"), "t0ken");
        var pair = new Bitrix24TokenPair("t0ken", "r3fresh", null, null);

        Assert.Equal("Webhook https://acme.bitrix24.com/rest/1/•••", webhook.ToString());
        Assert.Equal("OAuth https://acme.bitrix24.com/rest/", oauth.ToString());
        Assert.Equal("Token pair for a portal", pair.ToString());
    }

    [Fact]
    public void WebhookCredentials_WrongAddress_ThrowsWithoutRepeatingIt()
    {
        var thrown = Assert.Throws<ArgumentException>(() => new WebhookCredentials(new Uri("https://acme.bitrix24.com/rest/x/s3cret/")));

        Assert.DoesNotContain("s3cret", thrown.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("https://acme.bitrix24.com/rest/", true)]
    [InlineData("https://acme.bitrix24.com/rest", true)]
    [InlineData("https://acme.bitrix24.com/", false)]
    [InlineData("https://acme.bitrix24.com/rest/1/s3cret/", false)]
    [InlineData("https://acme.bitrix24.com/rest/?x", false)]
    [InlineData(null, false)]
    public void ClientEndpointTryParse_AnyText_TellsWhetherItIsOne(string? text, bool expected) =>
        Assert.Equal(expected, ClientEndpoint.TryParse(text, out _));
}
