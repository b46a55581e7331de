using System.Security.Claims;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using OrleansSync.Api.Authorization;
using OrleansSync.Grains.Interfaces;
using OrleansSync.Grains.Interfaces.Audit;
using OrleansSync.Grains.Interfaces.Keys;

namespace OrleansSync.Api.Web.SignIn;

/// <summary>
/// Who is signed in with a browser. The cookie carries the caller, never the key; it ends when the key does, whether that was revoked or,
/// for the operator, changed.
/// </summary>
internal sealed class BrowserSession(OperatorKey operatorKey, IGrainFactory grains)
{
    /// <summary>
    /// The cookie's authentication scheme. Pages name it; the interface for programs does not, so that no other site can use it.
    /// </summary>
    public const string Scheme = "Browser";

    public const string CookieName = "orleanssync";

    private const string MarkClaim = "mark";
    private const string SessionClaim = "session";

    public Task SignInAsync(HttpContext context, ClaimsPrincipal bearer)
    {
        if (Caller.Of(bearer).Actor.Kind == AuditActorKind.Operator)
        {
            bearer.Identities.First().AddClaim(new Claim(MarkClaim, operatorKey.Mark));
        }

        bearer.Identities.First().AddClaim(NewSession());
        return context.SignInAsync(Scheme, bearer);
    }

    /// <summary>A claim that tells a new sign-in from every other.</summary>
    public static Claim NewSession() => new(SessionClaim, RandomNumberGenerator.GetHexString(32, lowercase: true));

    /// <summary>What tells this sign-in from every other, of the same key too. A secret of the cookie.</summary>
    public static string IdOf(ClaimsPrincipal user) =>
        user.FindFirstValue(SessionClaim) ?? throw new InvalidOperationException("Nobody is signed in with a browser.");

    /// <summary>Whether what the caller signed in with is still valid.</summary>
    public async Task<bool> IsValidAsync(ClaimsPrincipal user)
    {
        var caller = Caller.Of(user);
        return caller.Actor switch
        {
            { Kind: AuditActorKind.Operator } => user.HasClaim(MarkClaim, operatorKey.Mark),
            { Kind: AuditActorKind.Account, Id: { } keyId } => caller.AccountId is { } accountId
                && await grains.GetGrain<IAccountKeysGrain>(GrainKeys.Account(accountId)).IsValidAsync(keyId),
            { Kind: AuditActorKind.Oidc } => true,
            _ => false,
        };
    }

    public static void Configure(CookieAuthenticationOptions options)
    {
        options.Cookie.Name = CookieName;

        // Lax, because a person comes back from Bitrix24's and an identity provider's pages by a link; what changes anything has an
        // antiforgery token besides.
        options.Cookie.SameSite = SameSiteMode.Lax;
        options.ExpireTimeSpan = TimeSpan.FromHours(8);
        options.LoginPath = SignInEndpoints.Path;
        options.ReturnUrlParameter = SignInEndpoints.ReturnParameter;
        options.Events.OnValidatePrincipal = async validation =>
        {
            // The page that says that nothing answers must not ask anybody.
            if (!validation.Request.Path.StartsWithSegments(WebPages.StatusPath)
                && !await validation.HttpContext.RequestServices.GetRequiredService<BrowserSession>().IsValidAsync(validation.Principal!))
            {
                validation.RejectPrincipal();
                await validation.HttpContext.SignOutAsync(Scheme);
            }
        };

        // A form is not sent again after signing in: whoever sent it comes back to its page.
        var lead = options.Events.OnRedirectToLogin;
        options.Events.OnRedirectToLogin = ended =>
        {
            ended.RedirectUri = HttpMethods.IsPost(ended.Request.Method)
                ? ReturnPage.SignInAgain(ended.Request)
                : ReturnPage.SignIn(ended.Request);
            return lead(ended);
        };

        // The page of the status says it, at the address that was asked for.
        options.Events.OnRedirectToAccessDenied = denied =>
        {
            denied.Response.StatusCode = StatusCodes.Status403Forbidden;
            return Task.CompletedTask;
        };
    }
}
