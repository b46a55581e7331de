using Microsoft.AspNetCore.StaticAssets;
using Microsoft.Extensions.Configuration.Memory;

namespace OrleansSync.Api.Web;

/// <summary>The files that the pages are made of: styles, scripts, icons and fonts.</summary>
internal static class PageFiles
{
    private const string Fonts = "fonts/";

    // As the files have whose names hold a fingerprint.
    private const string Long = "max-age=31536000, immutable";

    /// <summary>
    /// Has a program that was built, but not published, serve them as a published one: compressed, and kept by browsers. Without that it
    /// reads them anew for each request, as whoever works on them needs it.
    /// </summary>
    public static void AddPageFileDefaults(this WebApplicationBuilder builder) =>
        builder.Configuration.Sources.Insert(0, new MemoryConfigurationSource
        {
            InitialData = [new("ReloadStaticAssetsAtRuntime", builder.Environment.IsDevelopment().ToString())],
        });

    /// <summary>
    /// Maps them. A browser keeps a font as long as what has a fingerprint in its name, although the style sheet names it without: a font
    /// that changes gets a new name.
    /// </summary>
    public static StaticAssetsEndpointConventionBuilder MapPageFiles(this WebApplication app)
    {
        var files = app.MapStaticAssets(Path.Combine(AppContext.BaseDirectory, "OrleansSync.Api.staticwebassets.endpoints.json"));
        files.Finally(endpoint =>
        {
            if (endpoint.RequestDelegate is { } send && endpoint.Metadata.OfType<StaticAssetDescriptor>().Any(IsFont))
            {
                endpoint.RequestDelegate = context =>
                {
                    // When the answer starts: what sends the file sets the headers that the file has.
                    context.Response.OnStarting(KeepLongAsync, context.Response);
                    return send(context);
                };
            }
        });
        return files;

        static bool IsFont(StaticAssetDescriptor file) => file.Route.StartsWith(Fonts, StringComparison.Ordinal);

        static Task KeepLongAsync(object state)
        {
            ((HttpResponse)state).Headers.CacheControl = Long;
            return Task.CompletedTask;
        }
    }
}
