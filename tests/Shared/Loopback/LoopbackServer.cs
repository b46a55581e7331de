using System.Collections.Concurrent;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace OrleansSync.Testing.Loopback;

/// <summary>A real HTTP server on a free loopback port that answers as the test says, and remembers what it was asked.</summary>
internal sealed class LoopbackServer : IAsyncDisposable
{
    private readonly WebApplication _application;
    private readonly ConcurrentQueue<RecordedRequest> _requests = new();

    private LoopbackServer(WebApplication application) => _application = application;

    public Uri Url => new(_application.Urls.Single());

    public IReadOnlyList<RecordedRequest> Requests => [.. _requests];

    public RecordedRequest Request => Assert.Single(_requests);

    public static async Task<LoopbackServer> StartAsync(Func<HttpContext, RecordedRequest, Task> answer)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(static kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        var server = new LoopbackServer(builder.Build());
        server._application.Run(async context =>
        {
            using var reader = new StreamReader(context.Request.Body);
            var request = new RecordedRequest(
                context.Request.Method,
                context.Request.Path + context.Request.QueryString,
                context.Request.ContentType,
                await reader.ReadToEndAsync(context.RequestAborted));
            server._requests.Enqueue(request);
            await answer(context, request);
        });
        await server._application.StartAsync();
        return server;
    }

    public static Task<LoopbackServer> AnsweringAsync(int status, string body) => StartAsync(async (context, _) =>
    {
        context.Response.StatusCode = status;
        await context.Response.WriteAsync(body, context.RequestAborted);
    });

    public async ValueTask DisposeAsync() => await _application.DisposeAsync();
}

/// <summary>What the server was asked.</summary>
internal sealed record RecordedRequest(string Method, string Target, string? ContentType, string Body);
