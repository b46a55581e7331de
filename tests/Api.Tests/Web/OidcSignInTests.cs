using System.Net;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.WebUtilities;
using OrleansSync.Api.Tests.Hosting;
using OrleansSync.Api.Web.SignIn;
using OrleansSync.Testing.Issuer;

namespace OrleansSync.Api.Tests.Web;

/// <summary>Signing in with a browser at an issuer.</summary>
public sealed class OidcSignInTests : IAsyncLifetime
{
    private TokenIssuer _issuer = null!;
    private TestApi _api = null!;

    public async ValueTask InitializeAsync()
    {
        _issuer = await TokenIssuer.StartAsync();
        _api = await TestApi.StartAsync(TestApi.Unlimited with
        {
            Oidc = new(_issuer.Authority, TokenIssuer.Audience, TokenIssuer.ClientId, new(TokenIssuer.ClientSecret)),
        });
        _api.Grains.Connect("acme");
        _api.Grains.Connect("other");
    }

    public async ValueTask DisposeAsync()
    {
        await _api.DisposeAsync();
        await _issuer.DisposeAsync();
    }

    [Fact]
    public async Task SignInPage_OffersTheIssuer() =>
        Assert.Contains("\"sign-in/start?returnUrl=%2F", await new PageVisitor(_api).GetTextAsync("/sign-in"), StringComparison.Ordinal);

    [Fact]
    public async Task Start_SendsToTheIssuerWithPkceAndNothingOfOurs()
    {
        using var answer = await new PageVisitor(_api).GetAsync("/sign-in/start?returnUrl=%2Faccounts");

        var sent = QueryHelpers.ParseQuery(answer.Headers.Location!.Query);
        Assert.Equal(new Uri(_issuer.Authority, "authorize").AbsoluteUri, answer.Headers.Location.GetLeftPart(UriPartial.Path));
        Assert.Equal(
            $"code S256 openid {TokenIssuer.ClientId}",
            $"{sent["response_type"]} {sent["code_challenge_method"]} {sent["scope"]} {sent["client_id"]}");
        Assert.Equal(new Uri(_api.Client.BaseAddress!, OidcSignIn.CallbackPath).AbsoluteUri, sent["redirect_uri"].ToString());
        Assert.False(sent.ContainsKey("client_secret"));
    }

    [Fact]
    public async Task Person_OfAnAccount_ReachesThatAccountAlone()
    {
        var visitor = new PageVisitor(_api);

        Assert.Equal("/accounts/acme", await SignInAsync(visitor, "/accounts/acme", ("account", "acme")));

        Assert.Equal(HttpStatusCode.OK, await StatusAsync(visitor, "/accounts/acme"));
        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(visitor, "/accounts/other"));
        Assert.Equal(HttpStatusCode.Forbidden, await StatusAsync(visitor, "/accounts"));
    }

    [Fact]
    public async Task Person_WithTheOperatorsRole_SeesAllAccounts()
    {
        var visitor = new PageVisitor(_api);

        await SignInAsync(visitor, "/accounts", ("role", "operator"));

        Assert.Equal(HttpStatusCode.OK, await StatusAsync(visitor, "/accounts"));
    }

    [Fact]
    public async Task Person_WithoutRoleAndAccount_SeesNothing()
    {
        var visitor = new PageVisitor(_api);

        await SignInAsync(visitor, "/");

        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(visitor, "/accounts/acme"));
        Assert.Equal(HttpStatusCode.Forbidden, await StatusAsync(visitor, "/accounts"));
    }

    [Fact]
    public async Task SignIn_EightHoursAgo_IsOver()
    {
        var visitor = new PageVisitor(_api);
        await SignInAsync(visitor, "/accounts", ("role", "operator"));

        // Used in between, which makes it last no longer.
        _api.Time.Advance(OidcSignIn.Lifetime - TimeSpan.FromMinutes(1));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(visitor, "/accounts"));
        _api.Time.Advance(TimeSpan.FromMinutes(2));

        Assert.Equal(HttpStatusCode.Redirect, await StatusAsync(visitor, "/accounts"));
    }

    [Theory]
    [InlineData("nonce", "another")]
    [InlineData("aud", "another")]
    [InlineData("iss", "https://issuer.example.com")]
    [InlineData("exp", 1)]
    [InlineData("sub", null)]
    public async Task Token_ThatIsNotForThisSignIn_IsRefused(string claim, object? value)
    {
        var visitor = new PageVisitor(_api);

        Assert.Equal(
            "/sign-in?failed=oidc", await SignInAsync(visitor, "/accounts", ("role", "operator"), (claim, JsonValue.Create(value))));

        Assert.Equal(HttpStatusCode.Redirect, await StatusAsync(visitor, "/accounts"));
    }

    [Fact]
    public async Task Answer_ThatThisBrowserDidNotAskFor_IsRefused()
    {
        var (victim, attacker) = (new PageVisitor(_api), new PageVisitor(_api));
        var address = await AnswerAsync(attacker, "/accounts", ("role", "operator"));

        using var answer = await victim.GetAsync(address);

        Assert.Equal("/sign-in?failed=oidc", answer.Headers.Location!.OriginalString);
        Assert.Equal(HttpStatusCode.Redirect, await StatusAsync(victim, "/accounts"));
    }

    [Fact]
    public async Task Person_WhoBreaksOff_IsToldSo()
    {
        var visitor = new PageVisitor(_api);
        var address = (await AnswerAsync(visitor, "/")).Split("code=")[0] + "error=access_denied&state=" + await StateAsync(visitor);

        using var answer = await visitor.GetAsync(address);

        Assert.Equal("/sign-in?failed=oidc", answer.Headers.Location!.OriginalString);
        Assert.Contains(
            "Signing in with your organization did not work", await visitor.GetTextAsync("/sign-in?failed=oidc"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_WhileTheIssuerIsAway_SaysSo()
    {
        await _issuer.DisposeAsync();

        using var answer = await new PageVisitor(_api).GetAsync("/sign-in/start");

        Assert.Equal("/sign-in?failed=oidc", answer.Headers.Location!.OriginalString);
    }

    [Fact]
    public async Task Start_WithoutAnIssuer_IsNotThere()
    {
        await using var api = await TestApi.StartAsync();

        using var answer = await new PageVisitor(api).GetAsync("/sign-in/start");

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    /// <summary>Signs in; answers where the service sends the browser.</summary>
    private async Task<string> SignInAsync(PageVisitor visitor, string returnUrl, params (string Name, JsonNode? Value)[] claims)
    {
        using var answer = await visitor.GetAsync(await AnswerAsync(visitor, returnUrl, claims));
        return answer.Headers.Location!.OriginalString;
    }

    /// <summary>The address with which the issuer sends the browser back.</summary>
    private async Task<string> AnswerAsync(PageVisitor visitor, string returnUrl, params (string Name, JsonNode? Value)[] claims)
    {
        using var start = await visitor.GetAsync("/sign-in/start?returnUrl=" + Uri.EscapeDataString(returnUrl));
        var sent = QueryHelpers.ParseQuery(start.Headers.Location!.Query);
        var identity = _issuer.Claims(Samples.Noon);
        (identity["aud"], identity["nonce"], identity["iat"]) =
            (TokenIssuer.ClientId, sent["nonce"].ToString(), Samples.Noon.ToUnixTimeSeconds());
        foreach (var (name, value) in claims)
        {
            identity.Remove(name);
            if (value is not null)
            {
                identity[name] = value;
            }
        }

        return $"{OidcSignIn.CallbackPath}?code={_issuer.Allow(identity, sent["code_challenge"]!)}&state="
            + $"{Uri.EscapeDataString(sent["state"]!)}";
    }

    private static async Task<string> StateAsync(PageVisitor visitor)
    {
        using var start = await visitor.GetAsync("/sign-in/start");
        return Uri.EscapeDataString(QueryHelpers.ParseQuery(start.Headers.Location!.Query)["state"]!);
    }

    private static async Task<HttpStatusCode> StatusAsync(PageVisitor visitor, string address)
    {
        using var answer = await visitor.GetAsync(address);
        return answer.StatusCode;
    }
}
