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
        {
            var request = call.HttpContext.Request;
            if (Array.Exists(_closed, path => request.Path.StartsWithSegments(path, StringComparison.OrdinalIgnoreCase)))
            {
                return TypedResults.NotFound();
            }

            if (!Path.Equals(request.Path.Value?.TrimEnd('/'), StringComparison.OrdinalIgnoreCase))
            {
                return await next(call);
            }

            // It has the page compressed beforehand, and sends it as it is to whoever asks for that.
            request.Headers.AcceptEncoding = default;
            var answer = await next(call);
            return answer is IResult page
                ? new PageWithWayBack(page, $"<p class=\"m-2\"><a href=\"{request.PathBase}/operation\">OrleansSync</a></p>")
                : answer;
        });
    }
}
