using Microsoft.AspNetCore.Routing.Patterns;

namespace OrleansSync.Api.Hosting;

/// <summary>
/// The prefix under which a known proxy shows this service (<c>X-Forwarded-Prefix</c>). It gets into links, redirects and the paths of
/// cookies, so that it has to be a plain path: anything else counts as none.
/// </summary>
internal static class SubPath
{
    /// <summary>
    /// Checks the prefix, and takes it off the path where the proxy has left it there. Comes right behind the forwarded headers.
    /// </summary>
    public static IApplicationBuilder UseSubPath(this IApplicationBuilder app)
    {
        var own = new Lazy<HashSet<string>>(() => FirstSegments(app.ApplicationServices.GetRequiredService<EndpointDataSource>()));
        return app.Use((context, next) =>
        {
            var request = context.Request;
            if (request.PathBase.HasValue)
            {
                request.PathBase = Checked(request.PathBase.Value);

                // Where an address of this service begins as the prefix does, nobody can tell whether it is still there.
                if (request.PathBase.HasValue
                    && !own.Value.Contains(request.PathBase.Value.Split('/')[1])
                    && request.Path.StartsWithSegments(request.PathBase, StringComparison.Ordinal, out var path))
                {
                    request.Path = path.HasValue ? path : "/";
                }
            }

            return next(context);
        });
    }

    /// <summary>The prefix without a slash at its end; empty when it is no plain path.</summary>
    internal static string Checked(string prefix)
    {
        var path = prefix.TrimEnd('/');
        return path.Split('/') is ["", .. { Length: > 0 } segments] && Array.TrueForAll(segments, IsPlain) ? path : "";
    }

    private static bool IsPlain(string segment) =>
        segment is not ("" or "." or "..")
        && segment.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '.' or '_' or '~');

    private static HashSet<string> FirstSegments(EndpointDataSource endpoints) => endpoints.Endpoints.OfType<RouteEndpoint>()
        .Select(endpoint => endpoint.RoutePattern.PathSegments is [var first, ..] ? first.Parts[0] : null)
        .OfType<RoutePatternLiteralPart>()
        .Select(literal => literal.Content)
        .ToHashSet(StringComparer.OrdinalIgnoreCase);
}
