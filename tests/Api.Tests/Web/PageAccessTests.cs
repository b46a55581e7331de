using System.Net;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.StaticAssets;
using Microsoft.Extensions.DependencyInjection;
using OrleansSync.Api.Tests.Hosting;
using OrleansSync.Api.Web;

namespace OrleansSync.Api.Tests.Web;

/// <summary>Every page and every target of a form, for everybody who may come.</summary>
public sealed class PageAccessTests : IAsyncLifetime
{
    private const string One = "/accounts/{accountId}";

    /// <summary>Every page and target of a form, and its policy: null is everybody. One that is missing here fails a test.</summary>
    private static readonly (string Address, string? Policy)[] _pages =
    [
        ("/", PageAccess.SignedIn),
        ("/accounts", PageAccess.Operator),
        ("/accounts/selected", PageAccess.Operator),
        (One, PageAccess.Account),
        (One + "/audit", PageAccess.Account),
        (One + "/disconnect", PageAccess.Operator),
        (One + "/employees", PageAccess.Account),
        (One + "/history", PageAccess.Account),
        (One + "/history.csv", PageAccess.Account),
        (One + "/history.json", PageAccess.Account),
        (One + "/history/{runId}", PageAccess.Account),
        (One + "/history/{runId}/approve", PageAccess.Account),
        (One + "/history/{runId}/cancel", PageAccess.Account),
        (One + "/history/{runId}/changes.csv", PageAccess.Account),
        (One + "/history/{runId}/changes.json", PageAccess.Account),
        (One + "/history/{runId}/keep", PageAccess.Account),
        (One + "/keys/{keyId}/revoke", PageAccess.Operator),
        (One + "/pause", PageAccess.Account),
        (One + "/preview", PageAccess.Account),
        (One + "/responsible", PageAccess.Account),
        (One + "/responsible/{bitrixUserId:long}", PageAccess.Account),
        (One + "/resume", PageAccess.Account),
        (One + "/settings", PageAccess.Account),
        (One + "/synchronize", PageAccess.Account),
        ("/connect", PageAccess.Operator),
        ("/connect/bitrix24", PageAccess.Operator),
        ("/help", PageAccess.SignedIn),
        ("/operation", PageAccess.Operator),
        ("/preferences", null),
        ("/problem/{Status:int}", null),
        ("/search", PageAccess.Operator),
        ("/sign-in", null),
        ("/sign-in/once", null),
        ("/sign-in/start", null),
        ("/sign-out", null),
    ];

    /// <summary>Those of them that are no pages but targets of forms.</summary>
    private static readonly HashSet<string> _targets =
    [
        "/accounts/selected", One + "/disconnect", One + "/history/{runId}/approve", One + "/history/{runId}/cancel",
        One + "/history/{runId}/keep", One + "/keys/{keyId}/revoke", One + "/pause",
        One + "/preview", One + "/responsible/{bitrixUserId:long}", One + "/resume", One + "/synchronize", "/preferences", "/sign-out",
    ];

    private TestApi _api = null!;

    public async ValueTask InitializeAsync() => _api = await TestApi.StartAsync();

    public ValueTask DisposeAsync() => _api.DisposeAsync();

    [Fact]
    public void EveryPage_OfTheRunningApplication_HasARowAndItsPolicy()
    {
        var mapped = _api.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(endpoint =>
                endpoint.Metadata.GetMetadata<PartOfPages>() is not null && endpoint.Metadata.GetMetadata<StaticAssetDescriptor>() is null)
            .Where(endpoint => endpoint.RoutePattern.RawText is { } text && !text.TrimStart('/').StartsWith('_'))
            .Select(endpoint =>
                (Address: "/" + endpoint.RoutePattern.RawText!.Trim('/').Replace("{AccountId}", "{accountId}", StringComparison.Ordinal)
                    .Replace("{RunId}", "{runId}", StringComparison.Ordinal), Policy: PolicyOf(endpoint)))
            .Distinct()
            .OrderBy(page => page.Address, StringComparer.Ordinal)
            .ToList();

        Assert.Equal(_pages.OrderBy(page => page.Address, StringComparer.Ordinal), mapped);
    }

    [Fact]
    public void Pages_OfTheRunningApplication_KeepNoConnectionOpen() => Assert.DoesNotContain(
        _api.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>(),
        endpoint => endpoint.RoutePattern.RawText!.TrimStart('/').StartsWith("_blazor", StringComparison.Ordinal));

    [Fact]
    public async Task Pages_WithoutSignIn_LeadToTheForm()
    {
        foreach (var (address, _) in _pages.Where(page => page.Policy is not null && !_targets.Contains(page.Address)))
        {
            var answer = await GetAsync(address, cookie: null);

            Assert.Equal((address, HttpStatusCode.Redirect), (address, answer.StatusCode));
            Assert.StartsWith("/sign-in?returnUrl=", answer.Headers.Location!.PathAndQuery, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task AccountPages_OfAnotherAccount_AreThoseOfAnUnknownOne()
    {
        _api.Grains.Connect("acme");
        _api.Grains.Connect("other");
        var visitor = new PageVisitor(_api);
        await visitor.SignInAsync(_api.KeyOf("other"));

        _api.Grains.Touched.Clear();
        foreach (var (address, _) in _pages.Where(page => page.Policy == PageAccess.Account))
        {
            var (existing, unknown) = _targets.Contains(address)
                ? (await PostAsync(visitor, address, "acme"), await PostAsync(visitor, address, "acma"))
                : (await GetAsync(address, visitor.Cookie), await GetAsync(address, visitor.Cookie, "acma"));

            Assert.Equal((address, HttpStatusCode.NotFound, HttpStatusCode.NotFound), (address, existing.StatusCode, unknown.StatusCode));
        }

        Assert.DoesNotContain("account/acme", _api.Grains.Touched);
    }

    [Theory]
    [InlineData("/accounts")]
    [InlineData("/connect")]
    [InlineData("/connect/bitrix24")]
    [InlineData("/operation")]
    public async Task OperatorsPages_WithAnAccountsKey_Are403(string address)
    {
        _api.Grains.Connect("acme");
        var visitor = new PageVisitor(_api);
        await visitor.SignInAsync(_api.KeyOf("acme"));

        var answer = await GetAsync(address, visitor.Cookie);

        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        Assert.Contains(
            "You may not see this",
            await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task OperatorsForms_WithAnAccountsKey_AreRefusedAndDoNothing()
    {
        var portal = _api.Grains.Connect("acme");
        var visitor = new PageVisitor(_api);
        await visitor.SignInAsync(_api.KeyOf("acme"));
        foreach (var (address, _) in _pages.Where(page => page.Policy == PageAccess.Operator && _targets.Contains(page.Address)))
        {
            using var answer = await visitor.PostAsync(
                PathOf(address, "acme").Replace("{keyId}", _api.Grains.KeysOf("acme").Stored[0].KeyId, StringComparison.Ordinal),
                await visitor.TokenAsync("/accounts/acme"),
                ("account", "acme"), ("action", "synchronize"), ("typed", "acme"));

            Assert.Equal((address, HttpStatusCode.Forbidden), (address, answer.StatusCode));
        }

        Assert.NotNull(portal.Account);
        Assert.Empty(portal.Requested);
        Assert.Single(_api.Grains.KeysOf("acme").Stored);
    }

    [Fact]
    public async Task Interface_WithTheCookieAlone_Is401()
    {
        _api.Grains.Connect("acme");
        var visitor = new PageVisitor(_api);
        await visitor.SignInAsync(TestApi.AdminKey);

        Assert.Equal(HttpStatusCode.Unauthorized, (await GetAsync("/api/v1/accounts", visitor.Cookie)).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await GetAsync("/api/v1/accounts/acme", visitor.Cookie)).StatusCode);
    }

    [Fact]
    public async Task Session_OfARevokedKey_IsOver()
    {
        _api.Grains.Connect("acme");
        var visitor = new PageVisitor(_api);
        await visitor.SignInAsync(_api.KeyOf("acme"));
        Assert.Equal(HttpStatusCode.OK, (await GetAsync("/accounts/acme", visitor.Cookie)).StatusCode);

        _api.Grains.KeysOf("acme").Stored.Clear();

        Assert.Equal(HttpStatusCode.Redirect, (await GetAsync("/accounts/acme", visitor.Cookie)).StatusCode);
    }

    [Theory]
    [InlineData("/accounts", "en", "The service cannot answer now")]
    [InlineData("/accounts/acme", "ru", "Сервис сейчас недоступен")]
    public async Task Page_WhileNothingBehindItAnswers_SaysSoInTheViewersLanguage(string address, string language, string text)
    {
        _api.Grains.Connect("acme");
        var visitor = new PageVisitor(_api);
        await visitor.SignInAsync(TestApi.AdminKey);
        _api.Grains.Failure = new TimeoutException();

        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        request.Headers.Accept.ParseAdd("text/html");
        request.Headers.AcceptLanguage.ParseAdd(language);
        request.Headers.Add("Cookie", visitor.Cookie);
        using var answer = await _api.Client.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal((HttpStatusCode.ServiceUnavailable, "text/html"), (answer.StatusCode, answer.Content.Headers.ContentType?.MediaType));
        Assert.NotNull(answer.Headers.RetryAfter);
        Assert.Contains(
            text,
            WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)),
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/accounts/selected")]
    [InlineData("/accounts/acme/disconnect")]
    [InlineData("/accounts/acme/pause")]
    [InlineData("/accounts/acme/preview")]
    [InlineData("/accounts/acme/synchronize")]
    [InlineData("/accounts/acme/responsible/7")]
    [InlineData("/accounts/acme/history/run-9/approve")]
    [InlineData("/accounts/acme/history/run-9/cancel")]
    [InlineData("/accounts/acme/history/run-9/keep")]
    [InlineData("/sign-out")]
    public async Task Form_WithoutItsToken_IsRefusedAndDoesNothing(string address)
    {
        var portal = _api.Grains.Connect("acme");
        var visitor = new PageVisitor(_api);
        await visitor.SignInAsync(TestApi.AdminKey);

        using var answer = await visitor.PostAsync(
            address, token: null, ("responsible", "true"), ("account", "acme"), ("action", "synchronize"), ("typed", "acme"));

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.False(portal.Account?.Connection.Settings.Paused);
        Assert.Empty(portal.Requested);
        Assert.Empty(portal.Approved);
        Assert.Empty(portal.Cancelled);
        Assert.Empty(portal.Kept);
        Assert.Empty(portal.SetResponsible);
        Assert.Equal(HttpStatusCode.OK, (await GetAsync("/accounts/acme", visitor.Cookie)).StatusCode);
    }

    private static async Task<HttpResponseMessage> PostAsync(PageVisitor visitor, string address, string accountId) =>
        await visitor.PostAsync(PathOf(address, accountId), await visitor.TokenAsync("/sign-in"), ("responsible", "true"));

    private static string PathOf(string address, string accountId) => address.Replace("{accountId}", accountId, StringComparison.Ordinal)
        .Replace("{runId}", "run-9", StringComparison.Ordinal).Replace("{bitrixUserId:long}", "7", StringComparison.Ordinal);

    private async Task<HttpResponseMessage> GetAsync(string address, string? cookie, string accountId = "acme")
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, PathOf(address, accountId));
        request.Headers.Accept.ParseAdd("text/html");
        if (cookie is not null)
        {
            request.Headers.Add("Cookie", cookie);
        }

        return await _api.Client.SendAsync(request, TestContext.Current.CancellationToken);
    }

    // All policies of an endpoint must hold: the narrowest says whom it serves.
    private static string? PolicyOf(Endpoint endpoint)
    {
        var policies = endpoint.Metadata.GetOrderedMetadata<IAuthorizeData>().Select(data => data.Policy).ToHashSet();
        return endpoint.Metadata.GetMetadata<IAllowAnonymous>() is not null ? null
            : new[] { PageAccess.Operator, PageAccess.Account, PageAccess.SignedIn }.First(policies.Contains);
    }
}
