using Microsoft.Extensions.Time.Testing;
using OrleansSync.Sandbox.Bitrix24;

namespace OrleansSync.Sandbox.Tests.Bitrix24;

public sealed class AuthorizationTests
{
    private static readonly DateTimeOffset _start = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    public static TheoryData<PortalSettings, int, string> Settings => new()
    {
        { new PortalSettings { Status = PortalStatus.NoRest }, 403, "ACCESS_DENIED" },
        { new PortalSettings { Status = PortalStatus.Deleted }, 500, "PORTAL_DELETED" },
        { new PortalSettings { Status = PortalStatus.Overloaded }, 503, "OVERLOAD_LIMIT" },
        { new PortalSettings { UserAccessDenied = true }, 403, "user_access_error" },
        { new PortalSettings { Scopes = [] }, 403, "insufficient_scope" },
        { new PortalSettings { BucketCapacity = 0 }, 503, "QUERY_LIMIT_EXCEEDED" },
        { new PortalSettings { OperatingLimitSeconds = 0 }, 429, "OPERATION_TIME_LIMIT" },
    };

    [Theory]
    [MemberData(nameof(Settings))]
    public async Task Call_ByThePortalsSettings_IsRefused(PortalSettings settings, int status, string error)
    {
        await using var sandbox = await SandboxServer.StartAsync(new SandboxOptions(), TestContext.Current.CancellationToken);
        using var client = new BitrixClient(sandbox.PutPortal("p", settings));

        var answer = await client.CallAsync("user.get", "{}");

        Assert.Equal((status, error), ((int)answer.Status, answer.Body.GetProperty("error").GetString()));
    }

    [Theory]
    [InlineData("p/rest/1/wrong/user.get", "INVALID_CREDENTIALS", 401)]
    [InlineData("p/rest/user.get", "NO_AUTH_FOUND", 401)]
    [InlineData("p/rest/user.get?auth=wrong", "invalid_token", 401)]
    public async Task Call_WithoutValidCredentials_IsRefused(string path, string error, int status)
    {
        await using var sandbox = await SandboxServer.StartAsync(new SandboxOptions(), TestContext.Current.CancellationToken);
        using var client = new BitrixClient(sandbox.PutPortal("p"));

        var answer = await client.GetAsync(new Uri(sandbox.Address, "portals/" + path));

        Assert.Equal((status, error), ((int)answer.Status, answer.Body.GetProperty("error").GetString()));
    }

    [Fact]
    public async Task Call_UnknownMethod_IsRefused()
    {
        await using var sandbox = await SandboxServer.StartAsync(new SandboxOptions(), TestContext.Current.CancellationToken);
        using var client = new BitrixClient(sandbox.PutPortal("p"));

        var answer = await client.CallAsync("user.delete", "{}");

        Assert.Equal((404, "ERROR_METHOD_NOT_FOUND"), ((int)answer.Status, answer.Body.GetProperty("error").GetString()));
    }

    [Fact]
    public async Task AccessToken_AfterAnHour_HasExpiredAndARenewalHelps()
    {
        var time = new FakeTimeProvider(_start);
        await using var sandbox = await SandboxServer.StartAsync(new SandboxOptions { Time = time }, TestContext.Current.CancellationToken);
        var portal = sandbox.PutPortal("p");
        using var client = new BitrixClient(portal);
        var first = portal.Tokens.AccessToken;

        time.Advance(TimeSpan.FromSeconds(3599));
        var before = await client.CallWithTokenAsync("user.get", first);
        time.Advance(TimeSpan.FromSeconds(1));
        var after = await client.CallWithTokenAsync("user.get", first);
        var renewal = await client.GetAsync(Renewal(sandbox, portal.Tokens.RefreshToken));
        var renewed = await client.CallWithTokenAsync("user.get", renewal.Body.GetProperty("access_token").GetString()!);

        Assert.Equal((200, 401, 200), ((int)before.Status, (int)after.Status, (int)renewed.Status));
        Assert.Equal("expired_token", after.Body.GetProperty("error").GetString());
        Assert.Equal((1, 0), (portal.Tokens.Renewals, portal.Tokens.PrematureRenewals));
    }

    [Fact]
    public async Task RefreshToken_Used_IsVoidAndTheNewOneIsValid()
    {
        await using var sandbox = await SandboxServer.StartAsync(new SandboxOptions(), TestContext.Current.CancellationToken);
        var portal = sandbox.PutPortal("p");
        using var client = new BitrixClient(portal);
        var old = portal.Tokens.RefreshToken;

        var first = await client.GetAsync(Renewal(sandbox, old));
        var again = await client.GetAsync(Renewal(sandbox, old));
        var next = await client.GetAsync(Renewal(sandbox, first.Body.GetProperty("refresh_token").GetString()!));

        Assert.Equal((200, 400, 200), ((int)first.Status, (int)again.Status, (int)next.Status));
        Assert.Equal("invalid_grant", again.Body.GetProperty("error").GetString());
        Assert.Equal((2, 2), (portal.Tokens.Renewals, portal.Tokens.PrematureRenewals));
        Assert.All(sandbox.Requests.Records, r => Assert.Equal(("p", "oauth.token"), (r.Target, r.Method)));
    }

    [Fact]
    public async Task RefreshToken_After180Days_HasExpired()
    {
        var time = new FakeTimeProvider(_start);
        await using var sandbox = await SandboxServer.StartAsync(new SandboxOptions { Time = time }, TestContext.Current.CancellationToken);
        var portal = sandbox.PutPortal("p");
        using var client = new BitrixClient(portal);

        time.Advance(TimeSpan.FromDays(180));

        Assert.Equal(
            "invalid_grant", (await client.GetAsync(Renewal(sandbox, portal.Tokens.RefreshToken))).Body.GetProperty("error").GetString());
    }

    [Theory]
    [InlineData("grant_type=password&client_id=local.sandbox&client_secret=sandbox-client-secret&refresh_token=x", "invalid_request", 400)]
    [InlineData("grant_type=refresh_token&client_id=local.sandbox&client_secret=sandbox-client-secret", "invalid_request", 400)]
    [InlineData("grant_type=refresh_token&client_id=other&client_secret=sandbox-client-secret&refresh_token=x", "invalid_client", 401)]
    [InlineData("grant_type=refresh_token&client_id=local.sandbox&client_secret=sandbox-client-secret&refresh_token=x",
        "invalid_grant", 400)]
    public async Task Renewal_ByItsParameters_IsRefused(string query, string error, int status)
    {
        await using var sandbox = await SandboxServer.StartAsync(new SandboxOptions(), TestContext.Current.CancellationToken);
        using var client = new BitrixClient(sandbox.PutPortal("p"));

        var answer = await client.GetAsync(new Uri(sandbox.TokenEndpoint, "?" + query));

        Assert.Equal((status, error), ((int)answer.Status, answer.Body.GetProperty("error").GetString()));
    }

    [Theory]
    [InlineData("PAYMENT_REQUIRED", 402)]
    [InlineData("insufficient_scope", 403)]
    public async Task Renewal_ThatThePortalRefuses_KeepsTheTokens(string error, int status)
    {
        await using var sandbox = await SandboxServer.StartAsync(new SandboxOptions(), TestContext.Current.CancellationToken);
        var portal = sandbox.PutPortal("p", new PortalSettings { RenewalError = error });
        using var client = new BitrixClient(portal);
        var token = portal.Tokens.RefreshToken;

        var answer = await client.GetAsync(Renewal(sandbox, token));

        Assert.Equal((status, error), ((int)answer.Status, answer.Body.GetProperty("error").GetString()));
        Assert.Equal((token, 0), (portal.Tokens.RefreshToken, portal.Tokens.Renewals));
    }

    [Fact]
    public async Task Tokens_Revoked_AreInvalid()
    {
        await using var sandbox = await SandboxServer.StartAsync(new SandboxOptions(), TestContext.Current.CancellationToken);
        var portal = sandbox.PutPortal("p");
        using var client = new BitrixClient(portal);
        var (access, refresh) = (portal.Tokens.AccessToken, portal.Tokens.RefreshToken);

        portal.Tokens.Revoke();

        Assert.Equal("invalid_token", (await client.CallWithTokenAsync("user.get", access)).Body.GetProperty("error").GetString());
        Assert.Equal("invalid_grant", (await client.GetAsync(Renewal(sandbox, refresh))).Body.GetProperty("error").GetString());
    }

    private static Uri Renewal(SandboxServer sandbox, string refreshToken) => new(
        sandbox.TokenEndpoint,
        $"?grant_type=refresh_token&client_id={sandbox.Options.OAuthClientId}&client_secret={sandbox.Options.OAuthClientSecret}&"
        + $"refresh_token={refreshToken}");
}
