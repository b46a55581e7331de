namespace OrleansSync.Api.Web;

/// <summary>Tells the requests of people with a browser from those of programs: their errors are pages.</summary>
internal static class PageRequest
{
    private static readonly string[] _others = ["/api", "/webhooks", "/health", "/openapi", "/docs", "/metrics", "/dashboard"];

    /// <summary>Whether the answer should be a page.</summary>
    public static bool WantsPage(this HttpRequest request) =>
        !_others.Any(other => request.Path.StartsWithSegments(other, StringComparison.OrdinalIgnoreCase))
        && request.Headers.Accept.Any(accept => accept?.Contains("text/html", StringComparison.OrdinalIgnoreCase) == true);
}
