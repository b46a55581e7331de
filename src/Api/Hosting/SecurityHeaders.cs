using OrleansSync.Api.Web.Operation;
using Scalar.AspNetCore;

namespace OrleansSync.Api.Hosting;

/// <summary>Headers by which a browser keeps answers to itself.</summary>
internal static class SecurityHeaders
{
    /// <summary>What an answer that is no page may do in a browser.</summary>
    private const string NoPage = "default-src 'none'; frame-ancestors 'none'";

    /// <summary>
    /// What a page of the web interface may do: scripts and styles that this service serves. Bars have their widths in attributes.
    /// </summary>
    private const string Page = "default-src 'none'; script-src 'self'; style-src 'self'; style-src-attr 'unsafe-inline'; "
        + "img-src 'self'; font-src 'self'; connect-src 'self'; base-uri 'self'; form-action 'self'; frame-ancestors 'none'";

    /// <summary>What the Orleans dashboard may do: its charts set styles in elements of their own.</summary>
    private const string Dashboard = "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; "
        + "font-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    // Two years, as the browsers' preload lists ask for.
    private const string HttpsOnly = "max-age=63072000";

    public static IApplicationBuilder UseSecurityHeaders(this IApplicationBuilder app) => app.Use(next => context =>
    {
        // When the answer starts: the handler of exceptions takes all headers back that were set before.
        context.Response.OnStarting(static state => AddAsync((HttpContext)state), context);
        return next(context);
    });

    private static Task AddAsync(HttpContext context)
    {
        var headers = context.Response.Headers;
        headers.XContentTypeOptions = "nosniff";
        headers.XFrameOptions = "DENY";
        headers["Referrer-Policy"] = "no-referrer";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        headers.ContentSecurityPolicy = PolicyOf(context);
        if (context.Request.IsHttps)
        {
            headers.StrictTransportSecurity = HttpsOnly;
        }

        if (headers.CacheControl.Count == 0 && context.Request.Path.StartsWithSegments("/api", StringComparison.OrdinalIgnoreCase))
        {
            headers.CacheControl = "no-store";
        }

        return Task.CompletedTask;
    }

    /// <summary>The page that shows the API has a nonce for its one inline script, made anew for each answer.</summary>
    private static string PolicyOf(HttpContext context) =>
        context.Items.TryGetValue(ScalarOptions.NonceHttpContextItemKey, out var nonce)
            ? $"default-src 'none'; script-src 'nonce-{nonce}' 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; "
                + "font-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
            : !IsPage(context.Response) ? NoPage
            : context.Request.Path.StartsWithSegments(DashboardEndpoints.Path, StringComparison.OrdinalIgnoreCase) ? Dashboard
            : Page;

    private static bool IsPage(HttpResponse response) =>
        response.ContentType?.StartsWith("text/html", StringComparison.OrdinalIgnoreCase) == true;
}
