using Microsoft.AspNetCore.Http.HttpResults;
using OrleansSync.Api.Problems;

namespace OrleansSync.Api.Health;

/// <summary>That the process is well.</summary>
/// <param name="Status">A word on it.</param>
internal sealed record HealthResponse(string Status);

/// <summary>What an orchestrator asks.</summary>
internal static class HealthEndpoints
{
    public static void MapHealth(this IEndpointRouteBuilder app)
    {
        var health = app.MapGroup("/health").WithTags("Health").AllowAnonymous().DisableRateLimiting();
        health.MapGet("/live", () => TypedResults.Ok(new HealthResponse("live"))).WithName("GetLiveness")
            .WithSummary("Whether the process runs; touches nothing else")
            .WithDescription("For whoever restarts processes: it says nothing about the database or other processes.");
        health.MapGet("/ready", GetReadyAsync).WithName("GetReadiness")
            .WithSummary("Whether requests can be served: the cluster and its storage answer, and the process is not stopping")
            .WithDescription("For whoever spreads requests over processes. When it is not 200, the answer says what is in the way.")
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable);
    }

    private static async Task<Results<Ok<HealthResponse>, ProblemHttpResult>> GetReadyAsync(
        Readiness readiness, CancellationToken cancellationToken) =>
        await readiness.FindObstacleAsync(cancellationToken) is { } obstacle
            ? ApiProblem.Of(StatusCodes.Status503ServiceUnavailable, "notReady", obstacle)
            : TypedResults.Ok(new HealthResponse("ready"));
}
