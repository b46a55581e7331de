using Microsoft.Extensions.Options;
using Orleans.Dashboard;

namespace OrleansSync.Api.Web.Operation;

/// <summary>The Orleans dashboard, for the operator alone.</summary>
internal static class DashboardEndpoints
{
    public const string Path = "/dashboard";

    // They show states of grains, which hold personal data and sealed secrets, and the log.
    private static readonly string[] _closed = [Path + "/GrainState", Path + "/Trace"];

    public static void MapDashboard(this WebApplication app)
    {
        if (!app.Services.GetServices<IConfigureOptions<DashboardOptions>>().Any())
        {
            return;
        }

        var dashboard = app.MapOrleansDashboard(Path);
        dashboard.ExcludeFromDescription().RequireAuthorization(PageAccess.Operator).WithMetadata(new PartOfPages());
        dashboard.AddEndpointFilter(async (call, next) =>
            Array.Exists(_closed, path => call.HttpContext.Request.Path.StartsWithSegments(path, StringComparison.OrdinalIgnoreCase))
                ? TypedResults.NotFound()
                : await next(call));
    }
}
