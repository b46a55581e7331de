using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OrleansSync.Grains.Outbound;
using OrleansSync.Hosting.Outbound;

namespace OrleansSync.Hosting.Tests.Outbound;

public sealed class OutboundHandlerTests : IAsyncLifetime
{
    private readonly WebApplication _server;
    private int _requests;

    public OutboundHandlerTests()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        _server = builder.Build();
        _server.Run(async context =>
        {
            Interlocked.Increment(ref _requests);
            if (context.Request.Path == "/redirect")
            {
                context.Response.Redirect("/elsewhere");
                return;
            }

            context.Response.Cookies.Append("name", "value");
            await context.Response.WriteAsync($"cookie: {context.Request.Headers.Cookie}; trace: {context.Request.Headers.TraceParent}");
        });
    }

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private int Port => new Uri(_server.Urls.Single()).Port;

    public async ValueTask InitializeAsync() => await _server.StartAsync(Stop);

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task Call_WhenNameLeadsIntoAnAllowedNetwork_IsMade()
    {
        using var client = Client("127.0.0.0/8", IPAddress.Loopback);

        Assert.Equal("cookie: ; trace: ", await client.GetStringAsync($"http://portal.example:{Port}/", Stop));
        Assert.Equal("cookie: ; trace: ", await client.GetStringAsync($"http://portal.example:{Port}/", Stop));
    }

    [Theory]
    [InlineData("portal.example")]
    [InlineData("127.0.0.1")]
    [InlineData("2130706433")]
    [InlineData("[::ffff:127.0.0.1]")]
    public async Task Call_WhenHostLeadsToLoopback_IsRefusedBeforeAnythingIsSent(string host)
    {
        using var client = Client(null, IPAddress.Loopback);

        var failure = await Assert.ThrowsAsync<HttpRequestException>(() => client.GetStringAsync($"https://{host}:{Port}/", Stop));

        Assert.IsType<AddressRefusedException>(failure.InnerException);
        Assert.Equal(0, _requests);
    }

    [Fact]
    public async Task Call_WhenPlainHttpGoesToAPublicAddress_IsRefused()
    {
        using var client = Client("10.0.0.0/8", IPAddress.Parse("93.184.215.14"));

        var failure = await Assert.ThrowsAsync<HttpRequestException>(() => client.GetStringAsync("http://portal.example/", Stop));

        Assert.Contains("use https", Assert.IsType<AddressRefusedException>(failure.InnerException).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Call_WhenNameHasRefusedAndAllowedAddresses_ConnectsToAnAllowedOne()
    {
        using var client = Client("127.0.0.0/8", IPAddress.Parse("169.254.169.254"), IPAddress.Parse("10.0.0.1"), IPAddress.Loopback);

        await client.GetStringAsync($"http://portal.example:{Port}/", Stop);

        Assert.Equal(1, _requests);
    }

    [Fact]
    public async Task Call_WhenFirstAddressDoesNotAnswer_TriesTheNext()
    {
        using var client = Client("127.0.0.0/8", IPAddress.Parse("127.0.0.2"), IPAddress.Loopback);

        await client.GetStringAsync($"http://portal.example:{Port}/", Stop);

        Assert.Equal(1, _requests);
    }

    [Fact]
    public async Task Call_WhenNameAnswersAnotherAddressTheSecondTime_IsNotLedAstray()
    {
        var answers = new Queue<IPAddress>([IPAddress.Loopback, IPAddress.Parse("169.254.169.254")]);
        using var handler = OutboundHandler.Create(
            new([IPNetwork.Parse("127.0.0.1/32")]), TimeProvider.System, (_, _) => Task.FromResult<IPAddress[]>([answers.Dequeue()]));
        using var client = new HttpClient(handler);

        await client.GetStringAsync($"http://portal.example:{Port}/", Stop);

        Assert.Single(answers);
    }

    [Fact]
    public async Task Call_WhenNameHasNoAddress_IsANameResolutionError()
    {
        using var client = Client("127.0.0.0/8");

        var failure = await Assert.ThrowsAsync<HttpRequestException>(() => client.GetStringAsync("http://portal.example/", Stop));

        Assert.Equal(HttpRequestError.NameResolutionError, failure.HttpRequestError);
    }

    [Fact]
    public async Task Call_WhenAnsweredByARedirect_DoesNotFollowIt()
    {
        using var client = Client("127.0.0.0/8", IPAddress.Loopback);

        using var answer = await client.GetAsync($"http://portal.example:{Port}/redirect", Stop);

        Assert.Equal((HttpStatusCode.Redirect, 1), (answer.StatusCode, _requests));
    }

    private static HttpClient Client(string? allowed, params IPAddress[] addresses) => new(
        OutboundHandler.Create(new(allowed is null ? [] : [IPNetwork.Parse(allowed)]), TimeProvider.System, (_, _) =>
            Task.FromResult(addresses)), disposeHandler: true);
}
