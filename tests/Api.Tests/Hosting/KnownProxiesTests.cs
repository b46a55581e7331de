using System.Net;

namespace OrleansSync.Api.Tests.Hosting;

public sealed class KnownProxiesTests
{
    [Theory]
    [InlineData(null, "198.51.100.7", "127.0.0.1")]
    [InlineData("10.0.0.0/8", "198.51.100.7", "127.0.0.1")]
    [InlineData("127.0.0.0/8", "198.51.100.7", "198.51.100.7")]
    [InlineData("127.0.0.0/8", "203.0.113.9, 198.51.100.7", "198.51.100.7")]
    [InlineData("127.0.0.0/8", "198.51.100.7, 127.0.0.3", "198.51.100.7")]
    public async Task ForwardedFor_OfAnyone_IsBelievedOfNamedProxiesOnly(string? proxy, string forwarded, string expected)
    {
        await using var api =
            await TestApi.StartAsync(TestApi.Unlimited with { KnownProxies = proxy is null ? [] : [IPNetwork.Parse(proxy)] });
        api.Grains.Connect("acme");
        api.Client.DefaultRequestHeaders.Add("X-Forwarded-For", forwarded);

        await api.PostAsync("/api/v1/accounts/acme/synchronize");

        Assert.Equal(expected, Assert.Single(api.Grains.AuditOf("acme").Entries).From);
    }

    [Fact]
    public async Task ForwardedProto_OfANamedProxy_AsksBrowsersToStayWithHttps()
    {
        await using var api = await TestApi.StartAsync(TestApi.Unlimited with { KnownProxies = [IPNetwork.Parse("127.0.0.0/8")] });
        api.Client.DefaultRequestHeaders.Add("X-Forwarded-For", "198.51.100.7");
        api.Client.DefaultRequestHeaders.Add("X-Forwarded-Proto", "https");

        Assert.Equal(
            "max-age=63072000", Assert.Single((await api.GetAsync("/health/live")).Headers.GetValues("Strict-Transport-Security")));
    }
}
