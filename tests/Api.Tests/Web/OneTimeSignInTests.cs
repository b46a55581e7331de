using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OrleansSync.Api.Authorization;
using OrleansSync.Api.Tests.Hosting;
using OrleansSync.Api.Web.SignIn;

namespace OrleansSync.Api.Tests.Web;

/// <summary>The link of the terminal, from the page that it opens to being signed in.</summary>
public sealed class OneTimeSignInTests(SharedApi shared) : IClassFixture<SharedApi>
{
    private const string Page = "/sign-in/once";

    private readonly TestApi _api = shared.Api;
    private readonly PageVisitor _visitor = new(shared.Api);

    [Fact]
    public async Task Link_WhateverOpensIt_IsUsedUpByItsButtonAlone()
    {
        var link = OneTimeLink.Of(_api.Client.BaseAddress!, _api.Services.GetRequiredService<OneTimeKey>());

        // What stands behind the # is not sent.
        Assert.Equal(Page, link.PathAndQuery);
        await _visitor.GetTextAsync(link.PathAndQuery);
        await _visitor.GetTextAsync(link.PathAndQuery);
        using var first = await PressAsync(link.Fragment[1..]);

        Assert.Equal((HttpStatusCode.Redirect, "/"), (first.StatusCode, first.Headers.Location!.OriginalString));
        using var accounts = await _visitor.GetAsync("/accounts");
        Assert.Equal(HttpStatusCode.OK, accounts.StatusCode);

        await AssertRefusedAsync(link.Fragment[1..], "This one-time link does not work any more");
    }

    [Fact]
    public async Task Link_AfterTenMinutes_LeadsToTheKey()
    {
        var code = Issue(_api);
        _api.Time.Advance(OneTimeKey.Lifetime + TimeSpan.FromSeconds(1));
        _visitor.Language = "ru";

        await AssertRefusedAsync(code, "Одноразовая ссылка не действует");
    }

    [Theory]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData("wrong")]
    [InlineData(TestApi.AdminKey)]
    public async Task Code_ThatIsNone_IsRefusedAndTheRightOneStillWorks(string wrong)
    {
        var code = Issue(_api);

        await AssertRefusedAsync(wrong, "This one-time link does not work any more");
        using var right = await PressAsync($" {code} ");
        Assert.Equal("/", right.Headers.Location!.OriginalString);
    }

    [Fact]
    public async Task Form_WithoutItsToken_IsRefusedAndUsesNothingUp()
    {
        var code = Issue(_api);

        using var refused = await _visitor.PostAsync(Page, token: null, ("code", code));
        Assert.StartsWith("/sign-in?", refused.Headers.Location!.OriginalString, StringComparison.Ordinal);

        using var right = await PressAsync(code);
        Assert.Equal("/", right.Headers.Location!.OriginalString);
    }

    [Theory]
    [InlineData("en", "The link from the service&#x27;s terminal signs you in as the operator. It works once.")]
    [InlineData("ru", "По ссылке из терминала сервиса можно войти как оператор. Она действует один раз.")]
    public async Task Page_InTheViewersLanguage_IsKeptByNobodyAndTellsNobodyWhereItWas(string language, string text)
    {
        _visitor.Language = language;

        using var answer = await _visitor.GetAsync(Page);

        var page = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.Contains(WebUtility.HtmlDecode(text), WebUtility.HtmlDecode(page), StringComparison.Ordinal);
        Assert.Equal("no-referrer", Assert.Single(answer.Headers.GetValues("Referrer-Policy")));
        Assert.True(answer.Headers.CacheControl!.NoStore);
    }

    [Fact]
    public async Task WrongCodes_OfAnAddress_CountAsWrongKeys()
    {
        await using var api = await TestApi.StartAsync(
            TestApi.Unlimited with { RateLimits = TestApi.Unlimited.RateLimits with { WrongKeysPerAddress = 2 } });
        var (visitor, key, code) = (new PageVisitor(api), api.KeyOf("acme"), Issue(api));

        Assert.Equal(["once", "once", "limit"], [await FailAsync(), await FailAsync(), await FailAsync()]);
        Assert.Equal(429, (await api.GetAsync("/api/v1/accounts", key)).Status);

        // The operator is not locked out.
        using var right = await visitor.PostAsync(Page, await visitor.TokenAsync(Page), ("code", code));
        Assert.Equal("/", right.Headers.Location!.OriginalString);

        async Task<string> FailAsync()
        {
            using var answer = await visitor.PostAsync(Page, await visitor.TokenAsync(Page), ("code", "wrong"));
            return answer.Headers.Location!.OriginalString.Split('=', '&')[1];
        }
    }

    [Fact]
    public async Task Code_HoweverMuchIsLogged_IsInNoLog()
    {
        using var log = new EveryLine();
        await using var api = await TestApi.StartAsync(services: services =>
            services.AddLogging(logging => logging.SetMinimumLevel(LogLevel.Trace).AddProvider(log)));
        var (visitor, code) = (new PageVisitor(api), Issue(api));

        using var right = await visitor.PostAsync(Page, await visitor.TokenAsync(Page), ("code", code));
        using var used = await visitor.PostAsync(Page, await visitor.TokenAsync(Page), ("code", code));

        Assert.Equal("/", right.Headers.Location!.OriginalString);
        Assert.Contains(Page, log.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(code, log.Text, StringComparison.Ordinal);
    }

    private static string Issue(TestApi api) => api.Services.GetRequiredService<OneTimeKey>().Issue().Reveal();

    private async Task<HttpResponseMessage> PressAsync(string code) =>
        await _visitor.PostAsync(Page, await _visitor.TokenAsync(Page), ("code", code));

    private async Task AssertRefusedAsync(string code, string told)
    {
        using var answer = await PressAsync(code);

        var location = answer.Headers.Location!.OriginalString;
        Assert.StartsWith("/sign-in?failed=once", location, StringComparison.Ordinal);
        Assert.DoesNotContain("Set-Cookie: orleanssync=", answer.Headers.ToString(), StringComparison.Ordinal);
        Assert.Contains(told, WebUtility.HtmlDecode(await _visitor.GetTextAsync(location)), StringComparison.Ordinal);
    }
}
