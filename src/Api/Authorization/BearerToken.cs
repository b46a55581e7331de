using System.Buffers.Text;

namespace OrleansSync.Api.Authorization;

/// <summary>What a request carries in <c>Authorization: Bearer …</c>.</summary>
internal static class BearerToken
{
    private const string Bearer = "Bearer ";

    /// <summary>The token; null when there is none, or when several headers leave open which one counts.</summary>
    public static string? Of(HttpRequest request) =>
        request.Headers.Authorization is [{ } header] && header.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase)
            ? header[Bearer.Length..].Trim()
            : null;

    /// <summary>
    /// Whether a token has the form of a signed or unsigned JSON Web Token: a JSON object and two more parts, in base64url.
    /// </summary>
    public static bool IsJsonWebToken(string token) =>
        token.StartsWith("eyJ", StringComparison.Ordinal)
        && token.Split('.') is [var header, var claims, var signature]
        && Base64Url.IsValid(header) && Base64Url.IsValid(claims) && Base64Url.IsValid(signature);
}
