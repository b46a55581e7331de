using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using OrleansSync.Api.Hosting;
using OrleansSync.Api.Problems;

namespace OrleansSync.Api.Tests.Hosting;

public sealed class RequestPlacesTests : IDisposable
{
    private readonly RequestPlaces _places = new(requests: 1, waiting: 1, lasting: 1);
    private readonly TaskCompletionSource _end = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly ServiceProvider _services = new ServiceCollection().AddLogging().AddApiProblems().BuildServiceProvider();
    private int _begun;

    public void Dispose()
    {
        _places.Dispose();
        _services.Dispose();
    }

    [Fact]
    public async Task Request_BeyondThoseThatWork_Waits_AndBeyondThoseThatWait_IsRefusedAtOnce()
    {
        var first = Serve("/api/v1/accounts");
        var second = Serve("/api/v1/accounts");
        var third = Serve("/api/v1/accounts");

        await third.Done;
        Assert.Equal(1, _begun);
        Assert.Equal((503, "5"), (third.Context.Response.StatusCode, third.Context.Response.Headers.RetryAfter.ToString()));

        _end.SetResult();
        await Task.WhenAll(first.Done, second.Done);
        Assert.Equal(2, _begun);
        Assert.Equal(200, second.Context.Response.StatusCode);
    }

    [Theory]
    [InlineData("/api/v1/accounts/a/synchronize", "?wait=60")]
    [InlineData("/api/v1/accounts/a/runs/1/events", "")]
    [InlineData("/api/v1/verify", "")]
    public async Task LastingRequests_HavePlacesOfTheirOwn_AndDoNotWait(string path, string query)
    {
        var lasting = Serve(path, query);
        var refused = Serve(path, query);
        var ordinary = Serve("/api/v1/accounts");

        await refused.Done;
        Assert.Equal(503, refused.Context.Response.StatusCode);
        Assert.Equal(2, _begun);

        _end.SetResult();
        await Task.WhenAll(lasting.Done, ordinary.Done);
    }

    private (HttpContext Context, Task Done) Serve(string path, string query = "")
    {
        var context = new DefaultHttpContext { RequestServices = _services, Response = { Body = new MemoryStream() } };
        (context.Request.Path, context.Request.QueryString) = (path, new QueryString(query));
        return (context, _places.ServeAsync(context, async _ =>
        {
            Interlocked.Increment(ref _begun);
            await _end.Task;
        }));
    }
}
