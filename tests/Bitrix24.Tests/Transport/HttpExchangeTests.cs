using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Time.Testing;
using OrleansSync.Loopback;

namespace OrleansSync.Bitrix24.Tests.Transport;

public sealed class HttpExchangeTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task SendAsync_NobodyListens_Unavailable()
    {
        using var port = Faults.ClosedPort(out var url);
        using var http = Clients.Http();

        var error = (await Clients.Rest(http).CountUsersAsync(Clients.Webhook(url), Cancellation)).Error!;

        Assert.Equal(Bitrix24ErrorKind.Unavailable, error.Kind);
        Assert.IsType<HttpRequestException>(error.Cause);
        Assert.True(error.IsTransient);
        Assert.DoesNotContain(Clients.Secret, error.Cause.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task SendAsync_HostsCallbackRefusesTheAddress_CauseHoldsItsException()
    {
        using var http = new HttpClient(new SocketsHttpHandler { ConnectCallback = static (_, _) => throw new AddressException() });

        var error = (await Clients.Rest(http).CountUsersAsync(Clients.Webhook(new Uri("http://10.0.0.1/")), Cancellation)).Error!;

        Assert.Equal(Bitrix24ErrorKind.Unavailable, error.Kind);
        Assert.IsType<AddressException>(error.Cause!.InnerException);
    }

    [Fact]
    public async Task SendAsync_DroppedBeforeTheAnswer_UnavailableAndSentOnce()
    {
        await using var server = await LoopbackServer.StartAsync(static (context, _) => Faults.DropAsync(context));

        var error = await ErrorAsync(server);

        Assert.Equal(Bitrix24ErrorKind.Unavailable, error.Kind);
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task SendAsync_CutShort_InvalidAnswerThatMayPass()
    {
        await using var server = await LoopbackServer.StartAsync(static (context, _) => Faults.CutShortAsync(context));

        var error = await ErrorAsync(server);

        Assert.Equal(Bitrix24ErrorKind.InvalidAnswer, error.Kind);
        Assert.Equal("The answer of Bitrix24 was cut short.", error.Message);
        Assert.True(error.IsTransient);
    }

    [Fact]
    public async Task SendAsync_FailureCutShort_Unavailable()
    {
        await using var server = await LoopbackServer.StartAsync(static (context, _) =>
        {
            context.Response.StatusCode = 502;
            return Faults.CutShortAsync(context);
        });

        Assert.Equal(Bitrix24ErrorKind.Unavailable, (await ErrorAsync(server)).Kind);
    }

    [Fact]
    public async Task SendAsync_EndlessBody_InvalidAnswer()
    {
        await using var server = await LoopbackServer.StartAsync(static (context, _) => Faults.EndlessAsync(context));

        var error = await ErrorAsync(server, new Bitrix24ClientOptions { MaxResponseBytes = 1_000_000 });

        Assert.Equal(Bitrix24ErrorKind.InvalidAnswer, error.Kind);
        Assert.Equal("The answer of Bitrix24 is larger than 1000000 bytes.", error.Message);
        Assert.False(error.IsTransient);
    }

    [Theory]
    [InlineData(0, true)]
    [InlineData(1, false)]
    public async Task SendAsync_BodyAtTheBound_FitsExactly(int beyond, bool fits)
    {
        const string Body = """{"result":[],"total":0}""";
        foreach (var size in new[] { Body.Length, 16 * 1024, 100_000 })
        {
            await using var server = await LoopbackServer.StartAsync(async (context, _) =>
            {
                await context.Response.StartAsync(context.RequestAborted);
                await context.Response.WriteAsync(Body.PadRight(size + beyond), context.RequestAborted);
            });
            using var http = Clients.Http();

            var result = await Clients.Rest(http, new Bitrix24ClientOptions { MaxResponseBytes = size })
                .CountUsersAsync(Clients.Webhook(server), Cancellation);

            Assert.Equal(fits, result.IsSuccess);
        }
    }

    [Fact]
    public async Task SendAsync_LengthPromisedTooLarge_InvalidAnswerAtOnce()
    {
        await using var server = await LoopbackServer.AnsweringAsync(200, new string(' ', 2000));

        var error = await ErrorAsync(server, new Bitrix24ClientOptions { MaxResponseBytes = 1999 });

        Assert.Equal("The answer of Bitrix24 is larger than 1999 bytes.", error.Message);
    }

    [Fact]
    public async Task SendAsync_BodyThatStalls_UnavailableAfterTheTimeout()
    {
        var begun = new TaskCompletionSource();
        await using var server = await LoopbackServer.StartAsync((context, _) => Faults.StallAsync(context, begun));
        using var http = Clients.Http();
        var time = new FakeTimeProvider();

        var call = Clients.Rest(http, time: time).CountUsersAsync(Clients.Webhook(server), Cancellation);
        await begun.Task;
        time.Advance(TimeSpan.FromSeconds(64));
        Assert.False(call.IsCompleted);
        time.Advance(TimeSpan.FromSeconds(1));
        var error = (await call).Error!;

        Assert.Equal(Bitrix24ErrorKind.Unavailable, error.Kind);
        Assert.Equal("Bitrix24 did not answer within 65 seconds.", error.Message);
    }

    [Fact]
    public async Task SendAsync_CallerCancels_Throws()
    {
        var begun = new TaskCompletionSource();
        await using var server = await LoopbackServer.StartAsync((context, _) => Faults.StallAsync(context, begun));
        using var http = Clients.Http();
        using var caller = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);

        var call = Clients.Rest(http).CountUsersAsync(Clients.Webhook(server), caller.Token);
        await begun.Task;
        await caller.CancelAsync();

        var thrown = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
        Assert.Equal(caller.Token, thrown.CancellationToken);
    }

    [Theory]
    [InlineData(301)]
    [InlineData(302)]
    [InlineData(304)]
    [InlineData(308)]
    public async Task SendAsync_Redirect_InvalidAnswer(int status)
    {
        await using var server = await LoopbackServer.StartAsync((context, _) =>
        {
            context.Response.StatusCode = status;
            context.Response.Headers.Location = "http://127.0.0.1:1/";
            return Task.CompletedTask;
        });

        Assert.Equal(Bitrix24ErrorKind.InvalidAnswer, (await ErrorAsync(server)).Kind);
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

        var error = (await Clients.Rest(http).CountUsersAsync(Clients.Webhook(server), Cancellation)).Error!;

        Assert.Equal(Bitrix24ErrorKind.InvalidAnswer, error.Kind);
        Assert.Equal("The answer of Bitrix24 could not be decompressed.", error.Message);
    }

    private static async Task<Bitrix24Error> ErrorAsync(LoopbackServer server, Bitrix24ClientOptions? options = null)
    {
        using var http = Clients.Http();
        return (await Clients.Rest(http, options).CountUsersAsync(Clients.Webhook(server), Cancellation)).Error!;
    }

    private sealed class AddressException : Exception;
}
