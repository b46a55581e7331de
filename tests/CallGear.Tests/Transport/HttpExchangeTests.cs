using System.Net.Sockets;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Time.Testing;
using OrleansSync.Loopback;

namespace OrleansSync.CallGear.Tests.Transport;

/// <summary>What a lost or broken answer says of a write, and that nothing is ever sent twice (R3.8).</summary>
public sealed class HttpExchangeTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task SendAsync_NobodyListens_UnavailableWithoutEffect()
    {
        using var port = Faults.ClosedPort(out var url);

        var error = await CreateAsync(url);

        Assert.Equal((CallGearErrorKind.Unavailable, false), (error.Kind, error.IsOutcomeUnknown));
        Assert.IsType<HttpRequestException>(error.Cause);
        Assert.True(error.IsTransient);
    }

    [Fact]
    public async Task SendAsync_NameNotResolved_UnavailableWithoutEffect()
    {
        using var http = new HttpClient(new SocketsHttpHandler
        {
            ConnectCallback = static (_, _) => throw new SocketException((int)SocketError.HostNotFound),
        });

        var error = await CreateAsync(http, new Uri("http://callgear.example/"));

        Assert.Equal((CallGearErrorKind.Unavailable, false), (error.Kind, error.IsOutcomeUnknown));
    }

    [Fact]
    public async Task SendAsync_HostsCallbackRefusesTheAddress_CauseHoldsItsException()
    {
        using var http = new HttpClient(new SocketsHttpHandler { ConnectCallback = static (_, _) => throw new AddressException() });

        var error = await CreateAsync(http, new Uri("http://10.0.0.1/"));

        Assert.Equal((CallGearErrorKind.Unavailable, false), (error.Kind, error.IsOutcomeUnknown));
        Assert.IsType<AddressException>(error.Cause!.InnerException);
    }

    [Fact]
    public async Task SendAsync_ServerSpeaksNoTls_UnavailableWithoutEffect()
    {
        await using var server = await Clients.ServeAsync("\"result\":{\"id\":7}");

        var error = await CreateAsync(new UriBuilder(server.Url) { Scheme = "https" }.Uri);

        Assert.Equal((CallGearErrorKind.Unavailable, false), (error.Kind, error.IsOutcomeUnknown));
        Assert.Empty(server.Requests);
    }

    [Fact]
    public async Task SendAsync_DroppedBeforeTheAnswer_OutcomeUnknownAndSentOnce()
    {
        await using var server = await LoopbackServer.StartAsync(static (context, _) => Faults.DropAsync(context));

        var error = await CreateAsync(server.Url);

        Assert.Equal((CallGearErrorKind.Unavailable, true), (error.Kind, error.IsOutcomeUnknown));
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task SendAsync_DroppedOnAKeptConnection_IsNotSentAgain()
    {
        // .NET sends some requests again by itself when a pooled connection turns out to be closed; a create must not be among them.
        var creates = 0;
        await using var server = await LoopbackServer.StartAsync(async (context, request) =>
        {
            var body = JsonNode.Parse(request.Body)!;
            if ((string?)body["method"] == "create.employees")
            {
                creates++;
                await Faults.DropAsync(context);
                return;
            }

            await context.Response.WriteAsync($$$"""{"id":"{{{body["id"]}}}","result":{"data":[]}}""", context.RequestAborted);
        });
        using var http = Clients.Http();

        var read = await Clients.Rpc(http).GetEmployeeAsync(Clients.Credentials(server.Url), 7, Cancellation);
        var error = await CreateAsync(http, server.Url);

        Assert.True(read.IsSuccess);
        Assert.True(error.IsOutcomeUnknown);
        Assert.Equal(1, creates);
    }

    [Fact]
    public async Task SendAsync_CutShort_OutcomeUnknown()
    {
        await using var server = await LoopbackServer.StartAsync(static (context, _) => Faults.CutShortAsync(context));

        var error = await CreateAsync(server.Url);

        Assert.Equal((CallGearErrorKind.InvalidAnswer, true), (error.Kind, error.IsOutcomeUnknown));
        Assert.Equal("The answer of CallGear was cut short.", error.Message);
        Assert.True(error.IsTransient);
    }

    [Fact]
    public async Task SendAsync_FailureCutShort_UnavailableWithOutcomeUnknown()
    {
        await using var server = await LoopbackServer.StartAsync(static (context, _) =>
        {
            context.Response.StatusCode = 502;
            return Faults.CutShortAsync(context);
        });

        var error = await CreateAsync(server.Url);

        Assert.Equal((CallGearErrorKind.Unavailable, true), (error.Kind, error.IsOutcomeUnknown));
    }

    [Theory]
    [InlineData(502, CallGearErrorKind.Unavailable)]
    [InlineData(200, CallGearErrorKind.InvalidAnswer)]
    public async Task SendAsync_HtmlPage_OutcomeUnknown(int status, CallGearErrorKind expected)
    {
        await using var server = await LoopbackServer.AnsweringAsync(status, "<html><body>Bad gateway</body></html>");

        var error = await CreateAsync(server.Url);

        Assert.Equal((expected, true), (error.Kind, error.IsOutcomeUnknown));
    }

    [Fact]
    public async Task SendAsync_ErrorBodyWithAnotherStatus_UsesTheBody()
    {
        await using var server = await Clients.ServeAsync("\"error\":{\"code\":-32602,\"data\":{\"mnemonic\":\"duplicate_entity\"}}", 500);

        var error = await CreateAsync(server.Url);

        Assert.Equal((CallGearErrorKind.Duplicate, false), (error.Kind, error.IsOutcomeUnknown));
    }

    [Fact]
    public async Task SendAsync_EndlessBody_InvalidAnswerWithOutcomeUnknown()
    {
        await using var server = await LoopbackServer.StartAsync(static (context, _) => Faults.EndlessAsync(context));
        using var http = Clients.Http();

        var error = await CreateAsync(http, server.Url, new CallGearClientOptions { MaxResponseBytes = 1_000_000 });

        Assert.Equal((CallGearErrorKind.InvalidAnswer, true), (error.Kind, error.IsOutcomeUnknown));
        Assert.Equal("The answer of CallGear is larger than 1000000 bytes.", error.Message);
    }

    [Theory]
    [InlineData(0, true)]
    [InlineData(1, false)]
    public async Task SendAsync_BodyAtTheBound_FitsExactly(int beyond, bool fits)
    {
        foreach (var size in new[] { 200, 16 * 1024, 100_000 })
        {
            await using var server = await LoopbackServer.StartAsync(async (context, request) =>
            {
                var body = $$$"""{"id":"{{{JsonNode.Parse(request.Body)!["id"]}}}","result":{"data":[]}}""";
                await context.Response.StartAsync(context.RequestAborted);
                await context.Response.WriteAsync(body.PadRight(size + beyond), context.RequestAborted);
            });
            using var http = Clients.Http();

            var result = await Clients.Rpc(http, new CallGearClientOptions { MaxResponseBytes = size })
                .GetEmployeeAsync(Clients.Credentials(server.Url), 7, Cancellation);

            Assert.Equal(fits, result.IsSuccess);
        }
    }

    [Fact]
    public async Task SendAsync_BodyThatStalls_OutcomeUnknownAfterTheTimeout()
    {
        var begun = new TaskCompletionSource();
        await using var server = await LoopbackServer.StartAsync((context, _) => Faults.StallAsync(context, begun));
        using var http = Clients.Http();
        var time = new FakeTimeProvider();

        var call = CreateAsync(http, server.Url, time: time);
        await begun.Task;
        time.Advance(TimeSpan.FromSeconds(29));
        Assert.False(call.IsCompleted);
        time.Advance(TimeSpan.FromSeconds(1));
        var error = await call;

        Assert.Equal((CallGearErrorKind.Unavailable, true, true), (error.Kind, error.IsOutcomeUnknown, error.IsGivenUp));
        Assert.Equal("CallGear did not answer within 30 seconds.", error.Message);
    }

    [Fact]
    public async Task SendAsync_CallerCancels_Throws()
    {
        var begun = new TaskCompletionSource();
        await using var server = await LoopbackServer.StartAsync((context, _) => Faults.StallAsync(context, begun));
        using var http = Clients.Http();
        using var caller = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);

        var call = Clients.Rpc(http).GetEmployeeAsync(Clients.Credentials(server.Url), 7, caller.Token);
        await begun.Task;
        await caller.CancelAsync();

        var thrown = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
        Assert.Equal(caller.Token, thrown.CancellationToken);
    }

    [Theory]
    [InlineData(301)]
    [InlineData(302)]
    [InlineData(307)]
    public async Task SendAsync_Redirect_InvalidAnswerWithoutEffect(int status)
    {
        await using var server = await LoopbackServer.StartAsync((context, _) =>
        {
            context.Response.StatusCode = status;
            context.Response.Headers.Location = "/elsewhere";
            return Task.CompletedTask;
        });

        var error = await CreateAsync(server.Url);

        Assert.Equal((CallGearErrorKind.InvalidAnswer, false), (error.Kind, error.IsOutcomeUnknown));
        Assert.Single(server.Requests);
    }

    private static async Task<CallGearError> CreateAsync(Uri server)
    {
        using var http = Clients.Http();
        return await CreateAsync(http, server);
    }

    private static async Task<CallGearError> CreateAsync(
        HttpClient http, Uri server, CallGearClientOptions? options = null, TimeProvider? time = null) =>
        (await Clients.Rpc(http, options, time)
            .CreateEmployeeAsync(Clients.Credentials(server), new NewEmployee { LastName = "Lee" }, Cancellation)).Error!;

    private sealed class AddressException : Exception;
}
