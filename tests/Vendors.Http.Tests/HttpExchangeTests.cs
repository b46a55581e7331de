using System.Net.Sockets;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Time.Testing;
using OrleansSync.Testing.Loopback;

namespace OrleansSync.Vendors.Http.Tests;

/// <summary>What a lost or broken answer says of a write, and that nothing is ever sent twice (R3.8).</summary>
public sealed class HttpExchangeTests
{
    private static readonly Vendor _vendor = new("Acme", "Check the address.", "No connection to Acme.", TimeSpan.FromSeconds(30));

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task SendAsync_NobodyListens_UnavailableWithoutEffect()
    {
        using var port = Faults.ClosedPort(out var url);

        var error = await ErrorAsync(new Uri(url, "s3cret"));

        Assert.Equal((VendorErrorKind.Unavailable, false, true), (error.Kind, error.IsOutcomeUnknown, error.IsNeverConnected));
        Assert.Equal("No connection to Acme.", error.Message);
        Assert.IsType<HttpRequestException>(error.Cause);
        Assert.True(error.IsTransient);
        Assert.DoesNotContain("s3cret", error.Cause.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task SendAsync_NameNotResolved_UnavailableWithoutEffect()
    {
        using var http = new HttpClient(new SocketsHttpHandler
        {
            ConnectCallback = static (_, _) => throw new SocketException((int)SocketError.HostNotFound),
        });

        var error = await ErrorAsync(new Uri("http://acme.example/"), http: http);

        Assert.Equal((VendorErrorKind.Unavailable, false), (error.Kind, error.IsOutcomeUnknown));
    }

    [Fact]
    public async Task SendAsync_HostsCallbackRefusesTheAddress_CauseHoldsItsException()
    {
        using var http = new HttpClient(new SocketsHttpHandler { ConnectCallback = static (_, _) => throw new AddressException() });

        var error = await ErrorAsync(new Uri("http://10.0.0.1/"), http: http);

        Assert.Equal((VendorErrorKind.Unavailable, false), (error.Kind, error.IsOutcomeUnknown));
        Assert.IsType<AddressException>(error.Cause!.InnerException);
    }

    [Fact]
    public async Task SendAsync_ServerSpeaksNoTls_UnavailableWithoutEffect()
    {
        await using var server = await LoopbackServer.AnsweringAsync(200, "{}");

        var error = await ErrorAsync(new UriBuilder(server.Url) { Scheme = "https" }.Uri);

        Assert.Equal((VendorErrorKind.Unavailable, false), (error.Kind, error.IsOutcomeUnknown));
        Assert.Empty(server.Requests);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task SendAsync_DroppedBeforeTheAnswer_OutcomeOfAWriteUnknownAndSentOnce(bool isWrite)
    {
        await using var server = await LoopbackServer.StartAsync(static (context, _) => Faults.DropAsync(context));

        var error = await ErrorAsync(server.Url, isWrite: isWrite);

        Assert.Equal((VendorErrorKind.Unavailable, isWrite, false), (error.Kind, error.IsOutcomeUnknown, error.IsNeverConnected));
        Assert.Equal("The connection to Acme failed.", error.Message);
        Assert.Single(server.Requests);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task SendAsync_CutShort_OutcomeOfAWriteUnknownAndMayPass(bool isWrite)
    {
        await using var server = await LoopbackServer.StartAsync(static (context, _) => Faults.CutShortAsync(context));

        var error = await ErrorAsync(server.Url, isWrite: isWrite);

        Assert.Equal((VendorErrorKind.InvalidAnswer, isWrite), (error.Kind, error.IsOutcomeUnknown));
        Assert.Equal("The answer of Acme was cut short.", error.Message);
        Assert.True(error.IsTransient);
    }

    [Fact]
    public async Task SendAsync_FailureCutShort_StatusWithoutABody()
    {
        await using var server = await LoopbackServer.StartAsync(static (context, _) =>
        {
            context.Response.StatusCode = 502;
            return Faults.CutShortAsync(context);
        });

        var reply = await SendAsync(server.Url);

        Assert.Equal((502, 0, null), (reply.Status, reply.Body.Length, reply.Failure));
    }

    [Fact]
    public async Task SendAsync_EndlessBody_InvalidAnswerWithOutcomeUnknown()
    {
        await using var server = await LoopbackServer.StartAsync(static (context, _) => Faults.EndlessAsync(context));

        var error = await ErrorAsync(server.Url, _vendor with { MaxResponseBytes = 1_000_000 });

        Assert.Equal((VendorErrorKind.InvalidAnswer, true), (error.Kind, error.IsOutcomeUnknown));
        Assert.Equal("The answer of Acme is larger than 1000000 bytes.", error.Message);
        Assert.False(error.IsTransient);
    }

    [Theory]
    [InlineData(0, true)]
    [InlineData(1, false)]
    public async Task SendAsync_BodyAtTheBound_FitsExactly(int beyond, bool fits)
    {
        foreach (var size in new[] { 200, 16 * 1024, 100_000 })
        {
            var body = new string('x', size + beyond);
            await using var server = await LoopbackServer.StartAsync(async (context, _) =>
            {
                await context.Response.StartAsync(context.RequestAborted);
                await context.Response.WriteAsync(body, context.RequestAborted);
            });

            var reply = await SendAsync(server.Url, _vendor with { MaxResponseBytes = size });

            Assert.Equal(fits, reply.Failure is null);
            Assert.Equal(fits ? body : "", System.Text.Encoding.ASCII.GetString(reply.Body.Span));
        }
    }

    [Fact]
    public async Task SendAsync_LengthPromisedTooLarge_InvalidAnswerAtOnce()
    {
        await using var server = await LoopbackServer.AnsweringAsync(200, new string(' ', 2000));

        var error = await ErrorAsync(server.Url, _vendor with { MaxResponseBytes = 1999 });

        Assert.Equal("The answer of Acme is larger than 1999 bytes.", error.Message);
    }

    [Fact]
    public async Task SendAsync_BodyThatStalls_OutcomeUnknownAfterTheTimeout()
    {
        var begun = new TaskCompletionSource();
        await using var server = await LoopbackServer.StartAsync((context, _) => Faults.StallAsync(context, begun));
        var time = new FakeTimeProvider();

        var call = ErrorAsync(server.Url, time: time);
        await begun.Task;
        time.Advance(TimeSpan.FromSeconds(29));
        Assert.False(call.IsCompleted);
        time.Advance(TimeSpan.FromSeconds(1));
        var error = await call;

        Assert.Equal((VendorErrorKind.Unavailable, true, true), (error.Kind, error.IsOutcomeUnknown, error.IsGivenUp));
        Assert.Equal("Acme did not answer within 30 seconds.", error.Message);
    }

    [Fact]
    public async Task SendAsync_CallerCancels_Throws()
    {
        var begun = new TaskCompletionSource();
        await using var server = await LoopbackServer.StartAsync((context, _) => Faults.StallAsync(context, begun));
        using var caller = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);

        var call = SendAsync(server.Url, cancellation: caller.Token);
        await begun.Task;
        await caller.CancelAsync();

        var thrown = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
        Assert.Equal(caller.Token, thrown.CancellationToken);
    }

    [Theory]
    [InlineData(301)]
    [InlineData(302)]
    [InlineData(304)]
    [InlineData(307)]
    [InlineData(308)]
    public async Task SendAsync_Redirect_InvalidAnswerWithoutEffect(int status)
    {
        await using var server = await LoopbackServer.StartAsync((context, _) =>
        {
            context.Response.StatusCode = status;
            context.Response.Headers.Location = "/elsewhere";
            return Task.CompletedTask;
        });

        var error = await ErrorAsync(server.Url);

        Assert.Equal((VendorErrorKind.InvalidAnswer, false), (error.Kind, error.IsOutcomeUnknown));
        Assert.Equal($"Acme answered with a redirect (HTTP {status}), and none is followed. Check the address.", error.Message);
        Assert.Single(server.Requests);
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("br")]
    [InlineData("deflate")]
    public async Task SendAsync_NotCompressedAsItSays_InvalidAnswer(string encoding)
    {
        await using var server = await LoopbackServer.StartAsync(async (context, _) =>
        {
            context.Response.Headers.ContentEncoding = encoding;
            await context.Response.WriteAsync("{\"result\":[]} and more that is not compressed", context.RequestAborted);
        });
        using var http = new HttpClient(new SocketsHttpHandler { AutomaticDecompression = System.Net.DecompressionMethods.All });

        var error = await ErrorAsync(server.Url, http: http);

        Assert.Equal(VendorErrorKind.InvalidAnswer, error.Kind);
        Assert.Equal("The answer of Acme could not be decompressed.", error.Message);
    }

    private static async Task<VendorError> ErrorAsync(
        Uri server, Vendor? vendor = null, HttpClient? http = null, TimeProvider? time = null, bool isWrite = true) =>
        (await SendAsync(server, vendor, http, time, isWrite)).Failure!;

    private static async Task<RawResponse> SendAsync(
        Uri server,
        Vendor? vendor = null,
        HttpClient? http = null,
        TimeProvider? time = null,
        bool isWrite = true,
        CancellationToken? cancellation = null)
    {
        using var own = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false });
        using var request = new HttpRequestMessage(HttpMethod.Post, server) { Content = new StringContent("{}") };
        return await new HttpExchange(http ?? own, vendor ?? _vendor, time ?? TimeProvider.System)
            .SendAsync(request, isWrite, cancellation ?? Cancellation);
    }

    private sealed class AddressException : Exception;
}
