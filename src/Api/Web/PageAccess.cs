using OrleansSync.Api.Authorization;
using OrleansSync.Api.Web.SignIn;

namespace OrleansSync.Api.Web;

/// <summary>Who may see which page: the rules of the interface for programs, for callers who signed in with a browser.</summary>
internal static class PageAccess
{
    /// <summary>The operator only.</summary>
    public const string Operator = "page.operator";

    /// <summary>The operator, and whoever reaches the account in the address.</summary>
    public const string Account = "page.account";

    /// <summary>Everybody who is signed in.</summary>
    public const string SignedIn = "page.signedIn";

    public static IServiceCollection AddPageAccess(this IServiceCollection services)
    {
        services.AddAuthentication().AddCookie(BrowserSession.Scheme, BrowserSession.Configure);
        services.AddAuthorizationBuilder()
            .AddPolicy(SignedIn, policy => policy.AddAuthenticationSchemes(BrowserSession.Scheme).RequireAuthenticatedUser())
            .AddPolicy(Account, policy => policy
                .AddAuthenticationSchemes(BrowserSession.Scheme).RequireAuthenticatedUser().AddRequirements(new AccountAccessRequirement()))
            .AddPolicy(Operator, policy => policy
                .AddAuthenticationSchemes(BrowserSession.Scheme)
                .RequireAuthenticatedUser()
                .AddRequirements(new AccountAccessRequirement())
                .RequireClaim(Caller.RoleClaim, Caller.OperatorRole));
        return services.AddSingleton<BrowserSession>();
    }
}
