using System.Collections.Concurrent;
using System.Net;
using System.Text;
using Microsoft.AspNetCore.WebUtilities;

namespace OrleansSync.Sandbox.Bitrix24;

/// <summary>
/// Serves a portal's <c>/oauth/authorize/</c>: the page on which a person allows an application to act for them, or does not.
/// </summary>
internal sealed class ConsentEndpoint(ConcurrentDictionary<string, BitrixPortal> portals, SandboxOptions options)
{
    /// <summary>Serves the page, and the choice that was made on it.</summary>
    public async Task ServeAsync(HttpContext context, string portalId)
    {
        var query = context.Request.Query;
        if (!portals.TryGetValue(portalId, out var portal))
        {
            await ShowAsync(context, 404, "There is no such portal.");
        }
        else if (query["client_id"] != options.OAuthClientId
            || query["response_type"] != "code"
            || RedirectAddress(query["redirect_uri"]) is not { } address)
        {
            // Never sent back: whoever made such a request is not the application.
            await ShowAsync(context, 400, "The application is not known, or its redirect address is another.");
        }
        else if (HttpMethods.IsPost(context.Request.Method))
        {
            var isAllowed = (await context.Request.ReadFormAsync(context.RequestAborted))["choice"] == "allow";
            context.Response.Redirect(QueryHelpers.AddQueryString(
                address.AbsoluteUri, isAllowed ? Granted(portal, query["state"]) : Denied(query["state"])));
        }
        else
        {
            await ShowAsync(
                context,
                200,
                $"Allow {WebUtility.HtmlEncode(options.OAuthClientId)} to act for you in {WebUtility.HtmlEncode(portalId)}?</p>"
                + """<form method="post"><button name="choice" value="allow">Allow</button> """
                + """<button name="choice" value="deny">Do not allow</button></form><p>""");
        }
    }

    private Uri? RedirectAddress(string? text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var address)
        && (options.OAuthRedirectAddress is { } registered ? address == registered : address.IsLoopback)
            ? address
            : null;

    private static Dictionary<string, string?> Granted(BitrixPortal portal, string? state) => new()
    {
        ["code"] = portal.Tokens.Consent(),
        ["state"] = state,
        ["domain"] = portal.ClientEndpoint.Authority,
        ["member_id"] = portal.MemberId,
        ["scope"] = string.Join(',', portal.Settings.Scopes),
        ["server_domain"] = "oauth.bitrix.info",
    };

    private static Dictionary<string, string?> Denied(string? state) => new() { ["error"] = "access_denied", ["state"] = state };

    private static Task ShowAsync(HttpContext context, int status, string text)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "text/html; charset=utf-8";
        return context.Response.WriteAsync(
            """<!DOCTYPE html><html lang="en"><head><title>Bitrix24 (sandbox)</title><link rel="icon" href="data:," /></head>"""
            + $"<body><h1>Bitrix24 (sandbox)</h1><p>{text}</p></body></html>",
            Encoding.UTF8,
            context.RequestAborted);
    }
}
