using OrleansSync.Bitrix24.Responses;
using OrleansSync.Bitrix24.OAuth;
using OrleansSync.Testing.Loopback;

namespace OrleansSync.Bitrix24.Tests.OAuth;

public sealed class Bitrix24OAuthClientTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task RenewAsync_GoodRefreshToken_GivesTheNewPair()
    {
        await using var server = await LoopbackServer.AnsweringAsync(
            200,
            """
            {"access_token":"new-a","expires_in":3600,"scope":"app","refresh_token":"new-r",
             "client_endpoint":"https://acme.bitrix24.com/rest/"}
            """);

        var result = await RenewAsync(server.Url);

        Assert.Equal(
            ("new-a", "new-r", "https://acme.bitrix24.com/rest/", TimeSpan.FromHours(1)),
            (result.Value.AccessToken, result.Value.RefreshToken, result.Value.ClientEndpoint!.ToString(), result.Value.Lifetime));
        Assert.Equal("GET", server.Request.Method);
        Assert.Equal(
            "/oauth/token/?grant_type=refresh_token&client_id=app.1&client_secret=s%26cret&refresh_token=r%2Ffresh", server.Request.Target);
    }

    [Fact]
    public async Task ExchangeAsync_GoodCode_GivesAPair()
    {
        await using var server = await LoopbackServer.AnsweringAsync(
            200, """{"access_token":"a","refresh_token":"r","expires_in":3600,"client_endpoint":"https://acme.bitrix24.com/rest/"}""");
        using var http = new HttpClient();

        var result = await new Bitrix24OAuthClient(http, TimeProvider.System)
            .ExchangeAsync(new Uri(server.Url, "oauth/token/"), "app.1", "s&cret", "c/ode", Cancellation);

        Assert.Equal(("a", "r"), (result.Value.AccessToken, result.Value.RefreshToken));
        Assert.Equal(
            "/oauth/token/?grant_type=authorization_code&client_id=app.1&client_secret=s%26cret&code=c%2Fode", server.Request.Target);
    }

    [Theory]
    [InlineData("""{"access_token":"a","refresh_token":"r","client_endpoint":"ftp://x/"}""")]
    [InlineData("""{"access_token":"a","refresh_token":"r","expires_in":-1}""")]
    [InlineData("""{"access_token":"a","refresh_token":"r","expires_in":99999999999999,"client_endpoint":{}}""")]
    public async Task RenewAsync_ExtrasThatCannotBeUsed_AreNull(string body)
    {
        await using var server = await LoopbackServer.AnsweringAsync(200, body);

        Assert.Equal(new Bitrix24TokenPair("a", "r", null, null), (await RenewAsync(server.Url)).Value);
    }

    [Theory]
    [InlineData("\"a223c6b3710f85df22e9377d6c4f7553\"", "a223c6b3710f85df22e9377d6c4f7553")]
    [InlineData("12345", "12345")]
    [InlineData("\"<b>\"", null)]
    [InlineData("\"\"", null)]
    [InlineData("{}", null)]
    [InlineData("\"a223c6b3710f85df22e9377d6c4f7553a223c6b3710f85df22e9377d6c4f75530\"", null)]
    public async Task RenewAsync_MemberId_IsTakenWhereItIsOne(string told, string? expected)
    {
        await using var server = await LoopbackServer.AnsweringAsync(
            200, $$"""{"access_token":"a","refresh_token":"r","domain":"oauth.bitrix.info","member_id":{{told}}}""");

        Assert.Equal(new Bitrix24TokenPair("a", "r", null, null, expected), (await RenewAsync(server.Url)).Value);
    }

    [Theory]
    [InlineData("""{"access_token":"a"}""")]
    [InlineData("""{"access_token":"a","refresh_token":" "}""")]
    [InlineData("""{"access_token":null,"refresh_token":"r"}""")]
    [InlineData("{}")]
    [InlineData("<html>")]
    public async Task RenewAsync_NoPair_InvalidAnswer(string body)
    {
        await using var server = await LoopbackServer.AnsweringAsync(200, body);

        Assert.Equal(VendorErrorKind.InvalidAnswer, (await RenewAsync(server.Url)).Error!.Kind);
    }

    [Fact]
    public async Task RenewAsync_Refused_ShowsNoSecret()
    {
        await using var server = await LoopbackServer.AnsweringAsync(
            400, """{"error":"invalid_grant","error_description":"/oauth/token/?client_secret=s%26cret&refresh_token=r/fresh"}""");

        var result = await RenewAsync(server.Url);

        Assert.Equal(VendorErrorKind.Unauthorized, result.Error!.Kind);
        AssertShowsNoSecret(result);
    }

    [Fact]
    public async Task RenewAsync_NoConnection_ShowsNoSecret()
    {
        using var port = Faults.ClosedPort(out var url);

        var result = await RenewAsync(url);

        Assert.Equal(VendorErrorKind.Unavailable, result.Error!.Kind);
        AssertShowsNoSecret(result);
    }

    [Fact]
    public async Task RenewAsync_Redirect_ShowsNoSecretAndIsNotFollowed()
    {
        await using var server = await LoopbackServer.StartAsync(static (context, request) =>
        {
            context.Response.Redirect(request.Target);
            return Task.CompletedTask;
        });

        var result = await RenewAsync(server.Url);

        Assert.Equal(VendorErrorKind.InvalidAnswer, result.Error!.Kind);
        Assert.Single(server.Requests);
        AssertShowsNoSecret(result);
    }

    private static async Task<VendorResult<Bitrix24TokenPair, Bitrix24Timing>> RenewAsync(Uri server)
    {
        using var http = Clients.Http();
        return await new Bitrix24OAuthClient(http, TimeProvider.System)
            .RenewAsync(new Uri(server, "oauth/token/"), "app.1", "s&cret", "r/fresh", Cancellation);
    }

    private static void AssertShowsNoSecret(VendorResult<Bitrix24TokenPair, Bitrix24Timing> result)
    {
        foreach (var secret in new[] { "s&cret", "s%26cret", "r/fresh", "r%2Ffresh" })
        {
            Assert.DoesNotContain(secret, Clients.Everything(result), StringComparison.Ordinal);
        }
    }
}
