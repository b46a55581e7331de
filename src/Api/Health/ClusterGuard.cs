using OrleansSync.Api.Problems;
using OrleansSync.Hosting.Clustering;

namespace OrleansSync.Api.Health;

/// <summary>
/// Refuses requests at once while no silo can be reached: each would wait for a time-out, and by then the process would hold as many as
/// came meanwhile. Health, the API reference and other files need no silo.
/// </summary>
internal static class ClusterGuard
{
    private static readonly PathString[] _needSilos = ["/api", "/webhooks"];

    /// <summary>Adds the guard; without effect in a process with a silo of its own.</summary>
    public static IApplicationBuilder UseClusterGuard(this IApplicationBuilder app)
    {
        if (app.ApplicationServices.GetService<ClusterConnection>() is not { } connection)
        {
            return app;
        }

        return app.Use((context, next) => connection.LostAt is not null
            && Array.Exists(_needSilos, path => context.Request.Path.StartsWithSegments(path))
            ? NoSilo().ExecuteAsync(context)
            : next(context));
    }

    private static Microsoft.AspNetCore.Http.HttpResults.ProblemHttpResult NoSilo() => ApiProblem.Of(
        StatusCodes.Status503ServiceUnavailable,
        "unavailable",
        "No silo of the cluster can be reached, so nothing was done. It goes on by itself when one can; "
            + "the operator should see that the silos run.");
}
