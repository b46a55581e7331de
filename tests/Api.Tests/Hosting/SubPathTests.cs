using System.Net;
using OrleansSync.Api.Hosting;
using OrleansSync.Api.Tests.Web;

namespace OrleansSync.Api.Tests.Hosting;

/// <summary>The service under a path of a proxy.</summary>
public sealed class SubPathTests
{
    private const string Run = "/api/v1/accounts/acme/runs/run-1";

    [Theory]
    [InlineData("/orleanssync", "/orleanssync")]
    [InlineData("/orleanssync/", "/orleanssync")]
    [InlineData("/tools/OrleansSync_2.0~x-y", "/tools/OrleansSync_2.0~x-y")]
    [InlineData("/", "")]
    [InlineData("//evil.example", "")]
    [InlineData("/x//evil.example", "")]
    [InlineData("/\\evil.example", "")]
    [InlineData("/x/../y", "")]
    [InlineData("/./x", "")]
    [InlineData("/x?y", "")]
    [InlineData("/x#y", "")]
    [InlineData("/x;path=/", "")]
    [InlineData("/x\"><script>", "")]
    [InlineData("/x y", "")]
    [InlineData("/служба", "")]
    [InlineData("https://evil.example", "")]
    [InlineData("orleanssync", "")]
    public void Prefix_ThatIsNoPlainPath_CountsAsNone(string prefix, string expected) => Assert.Equal(expected, SubPath.Checked(prefix));

    [Theory]
    [InlineData("127.0.0.0/8", "/orleanssync", "/orleanssync")]
    [InlineData("127.0.0.0/8", "/tools/orleanssync/", "/tools/orleanssync")]
    [InlineData("127.0.0.0/8", null, "")]
    [InlineData("127.0.0.0/8", "//evil.example", "")]
    [InlineData("127.0.0.0/8", "/%2Fevil.example", "")]
    [InlineData("127.0.0.0/8", "/%5Cevil.example", "")]
    [InlineData("127.0.0.0/8", "/a/%2e%2e", "")]
    [InlineData("127.0.0.0/8", "https://evil.example", "")]
    [InlineData("127.0.0.0/8", "evil.example", "")]
    [InlineData("10.0.0.0/8", "/orleanssync", "")]
    [InlineData(null, "/orleanssync", "")]
    public async Task Addresses_BeginWithThePrefix_OfANamedProxyOnly(string? proxy, string? prefix, string expected)
    {
        await using var api = await StartAsync(prefix, proxy);

        Assert.Equal(expected + Run, (await api.PostAsync("/api/v1/accounts/acme/synchronize")).Headers.Location?.OriginalString);
        Assert.StartsWith(
            $"{expected}/api/v1/accounts/acme/keys/",
            (await api.PostAsync("/api/v1/accounts/acme/keys")).Headers.Location!.OriginalString,
            StringComparison.Ordinal);
        Assert.Equal(
            expected + "/api/v1/accounts/globex",
            (await api.PutAsync("/api/v1/accounts/globex", Samples.Body)).Headers.Location?.OriginalString);
        Assert.Equal(
            api.Client.BaseAddress!.GetLeftPart(UriPartial.Authority) + expected,
            (string?)(await api.GetAsync("/openapi/v1.json")).Json["servers"]![0]!["url"]);
        Assert.Contains($"<base href=\"{expected}/\"", await new PageVisitor(api).GetTextAsync("/sign-in"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/orleanssync", "/orleanssync/health/live", 200)]
    [InlineData("/orleanssync", "/health/live", 200)]
    [InlineData("/orleanssync", "/orleanssyncs/health/live", 404)]
    [InlineData("/a/b", "/a/b/health/live", 200)]
    [InlineData("/a/b", "/a/health/live", 404)]
    [InlineData("/health", "/health/live", 200)]
    [InlineData("/health", "/health/health/live", 404)]
    [InlineData("/api", "/api/v1/accounts", 200)]
    [InlineData(null, "/orleanssync/health/live", 404)]
    public async Task Path_WhoseProxyLeavesThePrefixThere_IsFoundBehindIt(string? prefix, string path, int status)
    {
        await using var api = await StartAsync(prefix);

        Assert.Equal(status, (await api.GetAsync(path)).Status);
    }

    [Fact]
    public async Task SignInAndOut_StayUnderThePrefix_WithTheirCookies()
    {
        await using var api = await StartAsync("/orleanssync");
        var visitor = new PageVisitor(api);

        using var sent = await visitor.GetAsync("/accounts/acme/history?x=1");
        Assert.Equal(
            "/orleanssync/sign-in?returnUrl=%2Faccounts%2Facme%2Fhistory%3Fx%3D1", sent.Headers.Location!.PathAndQuery);

        var token = await visitor.TokenAsync("/sign-in");
        using var refused = await visitor.PostAsync("/sign-in", token, ("key", "wrong"), ("returnUrl", "/accounts"));
        Assert.Equal("/orleanssync/sign-in?failed=key&returnUrl=%2Faccounts", refused.Headers.Location!.OriginalString);

        using var signedIn = await visitor.PostAsync("/sign-in", token, ("key", TestApi.AdminKey), ("returnUrl", "/accounts?page=2"));
        Assert.Equal("/orleanssync/accounts?page=2", signedIn.Headers.Location!.OriginalString);
        AssertCookiesUnderThePrefix(signedIn);

        using var chosen = await visitor.PostAsync(
            "/preferences?page=%2Faccounts%2Facme", await visitor.TokenAsync("/accounts/acme"), ("theme", "dark"), ("language", "ru"));
        Assert.Equal("/orleanssync/accounts/acme", chosen.Headers.Location!.OriginalString);
        AssertCookiesUnderThePrefix(chosen);

        using var signedOut = await visitor.PostAsync("/sign-out", await visitor.TokenAsync("/accounts/acme"));
        Assert.Equal("/orleanssync/sign-in", signedOut.Headers.Location!.OriginalString);
        AssertCookiesUnderThePrefix(signedOut);

        using var late = await visitor.PostAsync("/accounts/acme/synchronize?page=%2Faccounts", token: null);
        Assert.Equal(
            "/orleanssync/sign-in?returnUrl=%2Faccounts%3Fnotice%3DnothingStarted&expired=true", late.Headers.Location!.OriginalString);
    }

    [Theory]
    [InlineData("//evil.example")]
    [InlineData("/\\evil.example")]
    [InlineData("https://evil.example/")]
    public async Task SignIn_WithAnAddressElsewhere_LeadsToTheFirstPage(string address)
    {
        await using var api = await StartAsync("/orleanssync");
        var visitor = new PageVisitor(api);

        using var answer = await visitor.PostAsync(
            "/sign-in", await visitor.TokenAsync("/sign-in"), ("key", TestApi.AdminKey), ("returnUrl", address));

        Assert.Equal("/orleanssync/", answer.Headers.Location!.OriginalString);
    }

    [Theory]
    [InlineData("/javascript:alert(1)")]
    [InlineData("//evil.example/x")]
    public async Task Page_OfAnAddressThatIsNone_LinksToNothingElse(string address)
    {
        await using var api = await StartAsync("/orleanssync");

        var page = await new PageVisitor(api).GetTextAsync(api.Client.BaseAddress!.GetLeftPart(UriPartial.Authority) + address);

        Assert.Contains($"href=\".{address}#main\"", page, StringComparison.Ordinal);
    }

    private static void AssertCookiesUnderThePrefix(HttpResponseMessage answer) => Assert.All(
        answer.Headers.GetValues("Set-Cookie"),
        cookie => Assert.Contains("; path=/orleanssync;", cookie, StringComparison.OrdinalIgnoreCase));

    private static async Task<TestApi> StartAsync(string? prefix, string? proxy = "127.0.0.0/8")
    {
        var api = await TestApi.StartAsync(TestApi.Unlimited with { KnownProxies = proxy is null ? [] : [IPNetwork.Parse(proxy)] });
        api.Grains.Connect("acme");
        if (prefix is not null)
        {
            api.Client.DefaultRequestHeaders.Add("X-Forwarded-Prefix", prefix);
        }

        return api;
    }
}
