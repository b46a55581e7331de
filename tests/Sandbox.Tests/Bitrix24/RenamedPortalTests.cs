using System.Net;
using OrleansSync.Sandbox.Bitrix24;
using OrleansSync.Sandbox.Faults;

namespace OrleansSync.Sandbox.Tests.Bitrix24;

public sealed class RenamedPortalTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(302)]
    [InlineData(308)]
    public async Task Call_AtTheFormerHost_IsRedirectedToTheSamePathOfThePresentOne(int status)
    {
        await using var sandbox = await SandboxServer.StartAsync(new SandboxOptions { LoopbackAddresses = 2 }, Cancellation);
        var portal = sandbox.PutPortal("p");
        var former = new Uri(portal.WebhookUrl, "user.get");
        portal.Settings = portal.Settings with { Host = "127.0.0.2", FormerHost = "127.0.0.1", RedirectStatus = status };
        using var client = new BitrixClient(portal);

        using var answer = await client.PostAsync(former, "{}", "application/json");

        Assert.Equal((status, new Uri(portal.WebhookUrl, "user.get")), ((int)answer.StatusCode, answer.Headers.Location));
        Assert.Equal(HttpStatusCode.OK, (await client.CallAsync("user.get", "{}")).Status);
    }

    [Theory]
    [InlineData(null, "http://127.0.0.2:{0}/portals/p/rest/")]
    [InlineData("https://elsewhere.example/rest/", "https://elsewhere.example/rest/")]
    [InlineData("", null)]
    public async Task Renewal_OfARenamedPortal_NamesTheEndpointThatIsSet(string? told, string? expected)
    {
        await using var sandbox = await SandboxServer.StartAsync(new SandboxOptions { LoopbackAddresses = 2 }, Cancellation);
        var portal = sandbox.PutPortal("p", new PortalSettings { Host = "127.0.0.2", FormerHost = "127.0.0.1", RenewalEndpoint = told });
        using var client = new BitrixClient(portal);

        var (status, body) = await client.GetAsync(new Uri(
            sandbox.TokenEndpoint,
            $"?grant_type=refresh_token&client_id={sandbox.Options.OAuthClientId}&client_secret={sandbox.Options.OAuthClientSecret}"
            + $"&refresh_token={portal.Tokens.RefreshToken}"));

        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal(portal.MemberId, body.GetProperty("member_id").GetString());
        Assert.Equal(
            expected is null ? null : string.Format(null, expected, sandbox.Address.Port),
            body.TryGetProperty("client_endpoint", out var endpoint) ? endpoint.GetString() : null);
    }

    [Theory]
    [InlineData("allowed_only_intranet_user", 403)]
    [InlineData("ALLOWED_ONLY_INTRANET_USER", 403)]
    [InlineData("method_confirm_waiting", 401)]
    [InlineData("WRONG_CLIENT", 200)]
    [InlineData("portal_deleted", 500)]
    public async Task Code_InWhateverLetterCase_HasItsStatusAndIsAnsweredAsItIsSet(string code, int status)
    {
        await using var sandbox = await SandboxServer.StartAsync(new SandboxOptions(), Cancellation);
        using var client = new BitrixClient(sandbox.PutPortal("p"));
        sandbox.Faults.Add(new Fault { Kind = FaultKind.Error, Code = code });

        var answer = await client.CallAsync("user.get", "{}");

        Assert.Equal((status, code), ((int)answer.Status, answer.Body.GetProperty("error").GetString()));
    }
}
