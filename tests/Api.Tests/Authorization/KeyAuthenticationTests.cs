using System.Net;
using OrleansSync.Api.Tests.Hosting;
using OrleansSync.Testing.Issuer;

namespace OrleansSync.Api.Tests.Authorization;

public sealed class KeyAuthenticationTests : IAsyncLifetime
{
    private TestApi _api = null!;

    public async ValueTask InitializeAsync() => _api = await TestApi.StartAsync();

    public ValueTask DisposeAsync() => _api.DisposeAsync();

    [Fact]
    public async Task Get_UnknownAccount_OperatorAndForeignKeySeeTheSameBody()
    {
        var key = _api.KeyOf("other");

        Assert.Equal((await _api.GetAsync("/api/v1/accounts/nobody")).Text, (await _api.GetAsync("/api/v1/accounts/nobody", key)).Text);
    }

    [Theory]
    [InlineData("/api/v1/nothing")]
    [InlineData("/nothing")]
    public async Task UnknownAddress_WithoutAKey_IsClosedToo(string address) =>
        (await _api.GetAsync(address, key: null)).AssertProblem(401);

    [Fact]
    public async Task Key_ManyAuthorizationHeaders_IsRefused()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/v1/accounts");
        request.Headers.TryAddWithoutValidation("Authorization", ["Bearer " + TestApi.AdminKey, "Bearer x"]);
        using var response = await _api.Client.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
    }

    [Fact]
    public async Task Key_MalformedAccountKey_CostsNoGrainCall()
    {
        await _api.GetAsync("/api/v1/accounts", "osk_acme.short.secret");

        Assert.Equal(0, _api.Grains.Lookups);
    }

    [Fact]
    public async Task Token_WithoutAnIssuerInTheSettings_IsRefused()
    {
        await using var issuer = await TokenIssuer.StartAsync();
        var claims = issuer.Claims(Samples.Noon);
        claims["role"] = "operator";

        (await _api.GetAsync("/api/v1/accounts", issuer.Sign(claims))).AssertProblem(401, "unauthorized");
    }

    [Fact]
    public async Task Token_WhileItsIssuerIsAway_IsRefused()
    {
        var issuer = await TokenIssuer.StartAsync();
        var token = issuer.Sign(issuer.Claims(Samples.Noon));
        var authority = issuer.Authority;
        await issuer.DisposeAsync();
        await using var api = await TestApi.StartAsync(TestApi.Unlimited with { Oidc = new(authority, TokenIssuer.Audience) });

        (await api.GetAsync("/api/v1/accounts", token)).AssertProblem(401, "unauthorized");
        Assert.Equal(200, (await api.GetAsync("/api/v1/accounts")).Status);
    }
}
