using System.Text;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using OrleansSync.Api.Authorization;
using OrleansSync.Api.Tests.Hosting;

namespace OrleansSync.Api.Tests.Authorization;

public sealed class AccessMatrixTests : IAsyncLifetime
{
    private static readonly string[] _open =
    [
        "GET /", "GET /docs/{documentName?}", "GET /docs/favicon.svg", "GET /docs/scalar.aspnetcore.js", "GET /docs/scalar.js", "GET /health/live", "GET /health/ready",
        "GET /openapi/{documentName}.json", "POST /webhooks/bitrix24/{accountId}",
    ];

    private static readonly string[] _operatorOnly =
    [
        "DELETE /api/v1/accounts/{accountId}", "DELETE /api/v1/accounts/{accountId}/keys/{keyId}", "GET /api/v1/accounts/{accountId}/keys",
        "POST /api/v1/accounts/{accountId}/keys", "POST /api/v1/verify", "PUT /api/v1/accounts/{accountId}",
    ];

    private static readonly string[] _account =
    [
        "DELETE /api/v1/accounts/{accountId}/responsible-employees/{bitrixUserId:long}", "GET /api/v1/accounts/{accountId}",
        "GET /api/v1/accounts/{accountId}/audit", "GET /api/v1/accounts/{accountId}/employees",
        "GET /api/v1/accounts/{accountId}/employees/{bitrixUserId:long}", "GET /api/v1/accounts/{accountId}/responsible-employees",
        "GET /api/v1/accounts/{accountId}/runs", "GET /api/v1/accounts/{accountId}/runs/{runId}", "GET /api/v1/accounts/{accountId}/runs/{runId}/events",
        "POST /api/v1/accounts/{accountId}/runs/{runId}/approve", "POST /api/v1/accounts/{accountId}/synchronize",
        "PUT /api/v1/accounts/{accountId}/responsible-employees/{bitrixUserId:long}",
    ];

    private TestApi _api = null!;

    public async ValueTask InitializeAsync() => _api = await TestApi.StartAsync();

    public ValueTask DisposeAsync() => _api.DisposeAsync();

    [Fact]
    public void EveryEndpoint_ByItsPolicy_IsInExactlyTheListItShallBeIn()
    {
        var endpoints = Endpoints();

        Assert.Equal(_open.Order(), Named(endpoints, policy: null));
        Assert.Equal(_operatorOnly.Order(), Named(endpoints, AccessPolicies.Operator));
        Assert.Equal(_account.Order(), Named(endpoints, AccessPolicies.Account));
        Assert.Equal(["GET /api/v1/accounts"], Named(endpoints, AccessPolicies.AnyKey));
        Assert.Equal(endpoints.Count, _open.Length + _operatorOnly.Length + _account.Length + 1);
    }

    [Fact]
    public async Task EveryProtectedEndpoint_WithoutAValidKey_Answers401()
    {
        _api.Grains.Connect("acme");
        var revoked = _api.KeyOf("acme");
        _api.Grains.KeysOf("acme").Stored.Clear();
        foreach (var endpoint in _operatorOnly.Concat(_account).Append("GET /api/v1/accounts"))
        {
            foreach (var key in (string?[])[null, "wrong", "", revoked, revoked.Replace("acme", "nobody", StringComparison.Ordinal), TestApi.AdminKey + "x"])
            {
                var answer = await CallAsync(endpoint, "acme", key);
                answer.AssertProblem(401, "unauthorized");
                Assert.StartsWith("Bearer", answer.Headers.WwwAuthenticate.ToString(), StringComparison.Ordinal);
            }
        }

        Assert.Empty(_api.Grains.Portal("acme").Requested);
    }

    [Fact]
    public async Task OperatorOnlyEndpoints_WithTheAccountsOwnKey_Answer403()
    {
        _api.Grains.Connect("acme");
        var key = _api.KeyOf("acme");
        foreach (var endpoint in _operatorOnly)
        {
            (await CallAsync(endpoint, "acme", key)).AssertProblem(403, "forbidden");
        }

        Assert.NotNull(_api.Grains.Portal("acme").Account);
    }

    [Fact]
    public async Task AccountEndpoints_WithTheAccountsOwnKey_AreServed()
    {
        _api.Grains.Connect("acme");
        var key = _api.KeyOf("acme");
        foreach (var endpoint in _account)
        {
            var answer = await CallAsync(endpoint, "acme", key);
            Assert.True(answer.Status is < 400 || answer.Code is "runNotFound" or "employeeNotFound", $"{endpoint}: {answer.Status} {answer.Text}");
        }
    }

    [Fact]
    public async Task EveryAccountEndpoint_WithAnotherAccountsKey_AnswersAsForAnUnknownAccount()
    {
        _api.Grains.Connect("acme");
        _api.Grains.Connect("other");
        var key = _api.KeyOf("other");
        foreach (var endpoint in _operatorOnly.Concat(_account).Where(endpoint => endpoint.Contains("{accountId}", StringComparison.Ordinal)))
        {
            var existing = (await CallAsync(endpoint, "acme", key)).AssertProblem(404, "accountNotFound");
            var unknown = (await CallAsync(endpoint, "acma", key)).AssertProblem(404, "accountNotFound");

            Assert.Equal(unknown.Text.Replace("acma", "acme", StringComparison.Ordinal), existing.Text);
            Assert.Equal(
                unknown.Headers.Where(header => header.Key != "Date").Select(header => header.ToString()),
                existing.Headers.Where(header => header.Key != "Date").Select(header => header.ToString()));
        }
    }

    [Fact]
    public async Task Get_UnknownAccount_OperatorAndForeignKeySeeTheSameBody()
    {
        var key = _api.KeyOf("other");

        Assert.Equal((await _api.GetAsync("/api/v1/accounts/nobody")).Text, (await _api.GetAsync("/api/v1/accounts/nobody", key)).Text);
    }

    [Theory]
    [InlineData("/api/v1/nothing")]
    [InlineData("/nothing")]
    public async Task UnknownAddress_WithoutAKey_IsClosedToo(string address) => (await _api.GetAsync(address, key: null)).AssertProblem(401);

    [Fact]
    public async Task Key_ManyAuthorizationHeaders_IsRefused()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/v1/accounts");
        request.Headers.TryAddWithoutValidation("Authorization", ["Bearer " + TestApi.AdminKey, "Bearer x"]);
        using var response = await _api.Client.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal(System.Net.HttpStatusCode.Unauthorized, response.StatusCode);
    }

    [Fact]
    public async Task Key_MalformedAccountKey_CostsNoGrainCall()
    {
        await _api.GetAsync("/api/v1/accounts", "osk_acme.short.secret");

        Assert.Equal(0, _api.Grains.Lookups);
    }

    private async Task<ApiResponse> CallAsync(string endpoint, string accountId, string? key)
    {
        var (method, pattern) = (endpoint.Split(' ')[0], endpoint.Split(' ')[1]);
        var address = pattern.Replace("{accountId}", accountId, StringComparison.Ordinal)
            .Replace("{bitrixUserId:long}", "7", StringComparison.Ordinal)
            .Replace("{runId}", "run-9", StringComparison.Ordinal)
            .Replace("{keyId}", "0123456789abcdef", StringComparison.Ordinal);
        using var content = method == "PUT" || address.EndsWith("/verify", StringComparison.Ordinal)
            ? new StringContent(Samples.Body, Encoding.UTF8, "application/json")
            : null;
        return await _api.SendAsync(new HttpMethod(method), address, key, content);
    }

    private List<RouteEndpoint> Endpoints() =>
        [.. _api.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()];

    private static IEnumerable<string> Named(IEnumerable<RouteEndpoint> endpoints, string? policy) => endpoints
        .Where(endpoint => PolicyOf(endpoint) == policy)
        .SelectMany(endpoint => endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()!.HttpMethods
            .Select(method => $"{method} /{endpoint.RoutePattern.RawText!.Trim('/')}"))
        .Order();

    /// <summary>The policy of an endpoint; null when it is open to everybody. One that says neither is a mistake.</summary>
    private static string? PolicyOf(RouteEndpoint endpoint)
    {
        var policies = endpoint.Metadata.GetOrderedMetadata<IAuthorizeData>().Select(data => data.Policy).ToList();
        if (endpoint.Metadata.GetMetadata<IAllowAnonymous>() is not null)
        {
            return null;
        }

        return Assert.Single(policies) ?? throw new InvalidOperationException($"{endpoint.DisplayName} names no policy.");
    }
}
