using Scalar.AspNetCore;

namespace OrleansSync.Api.OpenApi;

/// <summary>The API's description, for programs and for people.</summary>
internal static class ApiDocs
{
    /// <summary>
    /// Maps the OpenAPI document and the pages that show it. The pages' script comes from this process and not from another host.
    /// </summary>
    public static void MapApiDocs(this IEndpointRouteBuilder app)
    {
        app.MapOpenApi().AllowAnonymous();
        app.MapScalarApiReference("/docs", options => options
                .WithTitle("OrleansSync API")
                .DisableDefaultFonts()
                .DisableTelemetry()

                // What advertises the vendor's own services, and would send this description to them.
                .DisableAgent()
                .DisableMcp()
                .HideClientButton()
                .HideDeveloperTools()
                .AddHeaderContent("<nav><a href=\"../\">OrleansSync</a></nav>")
                .WithNonce()
                .AddPreferredSecuritySchemes("bearer"))
            .AllowAnonymous();
    }
}
