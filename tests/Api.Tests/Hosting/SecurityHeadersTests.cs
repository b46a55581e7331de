using System.Net;
using System.Text.RegularExpressions;

namespace OrleansSync.Api.Tests.Hosting;

public sealed partial class SecurityHeadersTests
{
    [Theory]
    [InlineData("/api/v1/accounts", 200)]
    [InlineData("/api/v1/accounts/nobody", 404)]
    [InlineData("/openapi/v1.json", 200)]
    [InlineData("/health/live", 200)]
    [InlineData("/", 302)]
    public async Task Get_WhatIsNoPage_MayDoNothingInABrowser(string address, int status)
    {
        await using var api = await TestApi.StartAsync();

        var answer = await api.GetAsync(address);

        Assert.Equal(status, answer.Status);
        AssertCommon(answer);
        Assert.Equal("default-src 'none'; frame-ancestors 'none'", Header(answer, "Content-Security-Policy"));
    }

    [Fact]
    public async Task Get_WhenItFails_HasTheHeadersToo()
    {
        await using var api = await TestApi.StartAsync();
        api.Grains.Failure = new InvalidOperationException("Something inside");

        var answer = (await api.GetAsync("/api/v1/accounts/acme")).AssertProblem(500, "internalError");

        AssertCommon(answer);
        Assert.DoesNotContain("inside", answer.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Docs_EveryInlineScript_CarriesTheNonceOfItsAnswer()
    {
        await using var api = await TestApi.StartAsync();

        var first = await api.GetAsync("/docs/", key: null);
        var second = await api.GetAsync("/docs/", key: null);

        var policy = Header(first, "Content-Security-Policy");
        var nonce = Nonce().Match(policy).Groups[1].Value;
        Assert.NotEmpty(nonce);
        Assert.NotEqual(policy, Header(second, "Content-Security-Policy"));
        Assert.DoesNotContain("unsafe-eval", policy, StringComparison.Ordinal);
        Assert.Contains($"script-src 'nonce-{nonce}' 'self';", policy, StringComparison.Ordinal);
        var inline = Script().Matches(first.Text).Where(script => !script.Value.Contains("src=", StringComparison.Ordinal)).ToList();
        Assert.NotEmpty(inline);
        Assert.All(inline, script => Assert.Contains($"nonce=\"{nonce}\"", WebUtility.HtmlDecode(script.Value), StringComparison.Ordinal));
        AssertCommon(first);
    }

    private static void AssertCommon(ApiResponse answer)
    {
        Assert.Equal("nosniff", Header(answer, "X-Content-Type-Options"));
        Assert.Equal("DENY", Header(answer, "X-Frame-Options"));
        Assert.Equal("no-referrer", Header(answer, "Referrer-Policy"));
        Assert.False(answer.Headers.Contains("Strict-Transport-Security"));
        Assert.False(answer.Headers.Contains("Server"));
    }

    private static string Header(ApiResponse answer, string name) => Assert.Single(answer.Headers.GetValues(name));

    [GeneratedRegex("'nonce-([^']+)'")]
    private static partial Regex Nonce();

    [GeneratedRegex("<script[^>]*>")]
    private static partial Regex Script();
}
