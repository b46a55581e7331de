using System.Threading.RateLimiting;
using OrleansSync.Api.Problems;

namespace OrleansSync.Api.Hosting;

/// <summary>
/// How many requests this process works on at a time, whoever sends them. One more is refused at once with 503 and the time to come back: a
/// request that waits without end is worth nothing to its sender, and costs those behind it.
/// </summary>
/// <param name="requests">
/// Ordinary requests at a time: each is a few grain calls of milliseconds, so that more of them only wait for the same silos.
/// </param>
/// <param name="waiting">Ordinary requests that wait for their place: a burst of a moment.</param>
/// <param name="lasting">
/// Requests at a time that wait for a run, stream its events, or try a connection: they cost a connection and little else, but last for
/// minutes.
/// </param>
internal sealed class RequestPlaces(int requests = 256, int waiting = 512, int lasting = 1_000) : IDisposable
{
    private readonly ConcurrencyLimiter _ordinary = new(new() { PermitLimit = requests, QueueLimit = waiting });
    private readonly ConcurrencyLimiter _lasting = new(new() { PermitLimit = lasting });

    /// <summary>Serves a request when there is a place for it, and refuses it otherwise.</summary>
    public async Task ServeAsync(HttpContext context, RequestDelegate next)
    {
        var limiter = Lasts(context.Request) ? _lasting : _ordinary;
        using var lease = await limiter.AcquireAsync(1, context.RequestAborted);
        if (lease.IsAcquired)
        {
            await next(context);
        }
        else
        {
            await Busy().ExecuteAsync(context);
        }
    }

    /// <inheritdoc />
    public void Dispose()
    {
        _ordinary.Dispose();
        _lasting.Dispose();
    }

    private static bool Lasts(HttpRequest request) =>
        request.Query.ContainsKey("wait")
        || request.Path.Value is { } path
            && (path.EndsWith("/events", StringComparison.Ordinal) || path.EndsWith("/verify", StringComparison.Ordinal));

    private static Microsoft.AspNetCore.Http.HttpResults.ProblemHttpResult Busy() => ApiProblem.Of(
        StatusCodes.Status503ServiceUnavailable,
        "overloaded",
        "This process works on as many requests as it can; this one was not begun. Try again after the time that the header Retry-After "
        + "names.");
}

/// <summary>Adds <see cref="RequestPlaces"/>.</summary>
internal static class RequestPlacesExtensions
{
    private static readonly PathString[] _bounded = ["/api", "/webhooks"];

    /// <summary>Bounds the requests that call grains. Health must answer under load too, and files cost nothing.</summary>
    public static IApplicationBuilder UseRequestPlaces(this IApplicationBuilder app)
    {
        var places = app.ApplicationServices.GetRequiredService<RequestPlaces>();
        return app.UseWhen(
            context => Array.Exists(_bounded, path => context.Request.Path.StartsWithSegments(path)),
            bounded => bounded.Use(next => context => places.ServeAsync(context, next)));
    }
}
