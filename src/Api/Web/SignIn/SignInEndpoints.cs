using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using OrleansSync.Api.Authorization;

namespace OrleansSync.Api.Web.SignIn;

/// <summary>Signing in with a key or by the one-time link, and out again.</summary>
internal static class SignInEndpoints
{
    public const string Path = "/sign-in";

    /// <summary>The page that the one-time link leads to, and the target of its form.</summary>
    public const string OncePath = Path + "/once";

    /// <summary>The parameter that says where to go afterwards.</summary>
    public const string ReturnParameter = "returnUrl";

    /// <summary>The parameter that says that a form came after the sign-in had ended.</summary>
    public const string ExpiredParameter = "expired";

    private const int MaxKeyLength = 1024;

    public static void MapSignIn(this RouteGroupBuilder pages)
    {
        pages.MapPost(Path, SignInAsync).AllowAnonymous();
        pages.MapPost(OncePath, SignInOnceAsync).AllowAnonymous();
        pages.MapGet(Path + "/start", OidcSignIn.StartAsync).AllowAnonymous();
        pages.MapPost("/sign-out", SignOutAsync).AllowAnonymous();
    }

    private static async Task<IResult> SignInAsync(
        [FromForm] string? key, [FromForm] string? returnUrl, HttpContext context, KeyVerification keys, BrowserSession session)
    {
        var presented = key?.Trim() ?? "";
        if (presented.Length is 0 or > MaxKeyLength || await keys.FindBearerAsync(context, presented) is not { } bearer)
        {
            return Refuse(context, "key", returnUrl);
        }

        await session.SignInAsync(context, bearer);
        return LocalPath.RedirectTo(returnUrl);
    }

    private static async Task<IResult> SignInOnceAsync(
        [FromForm] string? code, HttpContext context, KeyVerification keys, BrowserSession session)
    {
        var presented = code?.Trim() ?? "";
        if (presented.Length is 0 or > MaxKeyLength || await keys.RedeemAsync(context, presented) is not { } bearer)
        {
            return Refuse(context, "once", returnUrl: null);
        }

        await session.SignInAsync(context, bearer);
        return LocalPath.RedirectTo(address: null);
    }

    private static RedirectHttpResult Refuse(HttpContext context, string reason, string? returnUrl)
    {
        var told = WrongKeyLimit.RetryAfter(context) is null ? reason : "limit";
        return TypedResults.LocalRedirect($"~{Path}?failed={told}&{ReturnParameter}={Uri.EscapeDataString(LocalPath.Of(returnUrl))}");
    }

    private static async Task<RedirectHttpResult> SignOutAsync(HttpContext context, [FromForm] string? returnUrl)
    {
        await context.SignOutAsync(BrowserSession.Scheme);
        return TypedResults.LocalRedirect(
            returnUrl is null ? "~" + Path : $"~{Path}?{ReturnParameter}={Uri.EscapeDataString(LocalPath.Of(returnUrl))}");
    }
}
