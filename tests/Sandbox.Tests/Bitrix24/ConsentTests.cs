using System.Net;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Time.Testing;
using OrleansSync.Sandbox.Bitrix24;

namespace OrleansSync.Sandbox.Tests.Bitrix24;

public sealed class ConsentTests
{
    private const string Good = "client_id=local.sandbox&response_type=code&redirect_uri=http%3A%2F%2F127.0.0.1%3A9%2Fback&state=s%26t";

    [Fact]
    public async Task Code_IsExchangedOnceForTokensOfItsPortal()
    {
        await using var sandbox = await SandboxServer.StartAsync(new SandboxOptions(), TestContext.Current.CancellationToken);
        var portal = sandbox.PutPortal("p");
        using var client = new BitrixClient(portal);
        var back = await ChooseAsync(portal, Good, "allow");
        Assert.Equal("s&t", back["state"]);

        var first = await client.GetAsync(Exchange(sandbox, back["code"]!));
        var again = await client.GetAsync(Exchange(sandbox, back["code"]!));

        Assert.Equal(
            (portal.Tokens.AccessToken, portal.ClientEndpoint.AbsoluteUri),
            (first.Body.GetProperty("access_token").GetString(), first.Body.GetProperty("client_endpoint").GetString()));
        Assert.Equal("invalid_grant", again.Body.GetProperty("error").GetString());
    }

    [Fact]
    public async Task Code_After30Seconds_IsVoid()
    {
        var time = new FakeTimeProvider();
        await using var sandbox = await SandboxServer.StartAsync(new SandboxOptions { Time = time }, TestContext.Current.CancellationToken);
        var portal = sandbox.PutPortal("p");
        using var client = new BitrixClient(portal);
        var back = await ChooseAsync(portal, Good, "allow");

        time.Advance(TimeSpan.FromSeconds(30));

        Assert.Equal("invalid_grant", (await client.GetAsync(Exchange(sandbox, back["code"]!))).Body.GetProperty("error").GetString());
    }

    [Fact]
    public async Task Choice_Deny_SendsBackWithoutACode()
    {
        await using var sandbox = await SandboxServer.StartAsync(new SandboxOptions(), TestContext.Current.CancellationToken);

        var back = await ChooseAsync(sandbox.PutPortal("p"), Good, "deny");

        Assert.Equal(["access_denied", "s&t"], back.OrderBy(pair => pair.Key).Select(pair => pair.Value.ToString()));
    }

    [Theory]
    [InlineData("client_id=other&response_type=code&redirect_uri=http%3A%2F%2F127.0.0.1%3A9%2Fback")]
    [InlineData("client_id=local.sandbox&response_type=token&redirect_uri=http%3A%2F%2F127.0.0.1%3A9%2Fback")]
    [InlineData("client_id=local.sandbox&response_type=code&redirect_uri=http%3A%2F%2F127.0.0.1%3A9%2Felsewhere")]
    [InlineData("client_id=local.sandbox&response_type=code")]
    public async Task Request_OfAnotherApplication_IsNotSentBack(string query)
    {
        await using var sandbox = await SandboxServer.StartAsync(
            new SandboxOptions { OAuthRedirectAddress = new Uri("http://127.0.0.1:9/back") }, TestContext.Current.CancellationToken);

        using var answer = await PostAsync(sandbox.PutPortal("p"), query, "allow");

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    private static Uri Exchange(SandboxServer sandbox, string code) =>
        new(
            sandbox.TokenEndpoint,
            $"?grant_type=authorization_code&client_id=local.sandbox&client_secret=sandbox-client-secret&code={code}");

    private static async Task<Dictionary<string, Microsoft.Extensions.Primitives.StringValues>> ChooseAsync(
        BitrixPortal portal, string query, string choice)
    {
        using var answer = await PostAsync(portal, query, choice);
        Assert.Equal("http://127.0.0.1:9/back", answer.Headers.Location!.GetLeftPart(UriPartial.Path));
        return QueryHelpers.ParseQuery(answer.Headers.Location.Query);
    }

    private static async Task<HttpResponseMessage> PostAsync(BitrixPortal portal, string query, string choice)
    {
        using var http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false });
        using var form = new FormUrlEncodedContent([KeyValuePair.Create("choice", choice)]);
        return await http.PostAsync(
            new Uri(portal.ClientEndpoint, "../oauth/authorize/?" + query), form, TestContext.Current.CancellationToken);
    }
}
