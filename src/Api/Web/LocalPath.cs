using Microsoft.AspNetCore.Http.HttpResults;

namespace OrleansSync.Api.Web;

/// <summary>
/// Addresses of this service that a form or a link brings back, so that nobody is sent to another site. They begin behind the prefix under
/// which a proxy shows this service, so that they lead to nothing else at the proxy either.
/// </summary>
internal static class LocalPath
{
    /// <summary>The address, or that of the first page when it is missing or leads elsewhere.</summary>
    public static string Of(string? address) => address is ['/', ..] && RedirectHttpResult.IsLocalUrl(address) ? address : "/";

    /// <summary>Goes there.</summary>
    public static RedirectHttpResult RedirectTo(string? address) => TypedResults.LocalRedirect("~" + Of(address));
}
