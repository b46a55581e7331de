using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using OrleansSync.Api.Settings;
using OrleansSync.Api.Web.SignIn;

namespace OrleansSync.Api.Authorization;

/// <summary>Who may do what. An endpoint that names no policy is closed to everybody without a key.</summary>
internal static class AccessPolicies
{
    /// <summary>The operator only.</summary>
    public const string Operator = "operator";

    /// <summary>The operator, and the keys of the account in the address.</summary>
    public const string Account = "account";

    /// <summary>Every caller with a key; the endpoint itself answers only what the key reaches.</summary>
    public const string AnyKey = "anyKey";

    /// <summary>
    /// The scheme that chooses between the others by what a request carries. A further way in is added beside them, and to
    /// <see cref="SchemeFor"/>.
    /// </summary>
    private const string ChoosingScheme = "Bearer";

    /// <summary>Adds authentication by key and token, and the policies.</summary>
    /// <param name="services">The services.</param>
    /// <param name="oidc">The issuer of access tokens; null when only keys are accepted.</param>
    public static IServiceCollection AddAccessPolicies(this IServiceCollection services, OidcIssuer? oidc)
    {
        var authentication = services.AddAuthentication(ChoosingScheme)
            .AddPolicyScheme(ChoosingScheme, displayName: null, options =>
            {
                options.ForwardDefaultSelector = context => SchemeFor(context, oidc is not null);

                // Refusals look alike, whatever was refused.
                options.ForwardChallenge = KeyAuthentication.SchemeName;
                options.ForwardForbid = KeyAuthentication.SchemeName;
            })
            .AddScheme<AuthenticationSchemeOptions, KeyAuthentication>(KeyAuthentication.SchemeName, configureOptions: null);
        if (oidc is not null)
        {
            authentication.AddOidc(oidc);
        }

        services.AddAuthorizationBuilder()
            .SetFallbackPolicy(new AuthorizationPolicyBuilder().RequireAuthenticatedUser().Build())
            .AddPolicy(AnyKey, policy => policy.RequireAuthenticatedUser())
            .AddPolicy(Account, policy => policy.RequireAuthenticatedUser().AddRequirements(new AccountAccessRequirement()))
            .AddPolicy(Operator, policy => policy
                .RequireAuthenticatedUser()
                .AddRequirements(new AccountAccessRequirement())
                .RequireClaim(Caller.RoleClaim, Caller.OperatorRole));
        return services
            .AddSingleton<WrongKeyLimit>()
            .AddSingleton<RefusalPace>()
            .AddSingleton<OneTimeKey>()
            .AddSingleton<KeyVerification>()
            .AddSingleton<IAuthorizationHandler, AccountAccessHandler>()
            .AddSingleton<IAuthorizationMiddlewareResultHandler, AccountHidingResult>();
    }

    private static string SchemeFor(HttpContext context, bool hasOidc)
    {
        if (context.Request.Headers.Authorization.Count == 0
            && !context.Request.Path.StartsWithSegments("/api", StringComparison.OrdinalIgnoreCase))
        {
            // A browser's cookie says who looks at pages. The interface for programs never takes it, so that no other site can use it.
            return BrowserSession.Scheme;
        }

        return hasOidc
            && BearerToken.Of(context.Request) is { } token
            && BearerToken.IsJsonWebToken(token)
            && !context.RequestServices.GetRequiredService<OperatorKey>().Matches(token)
                ? OidcAuthentication.SchemeName
                : KeyAuthentication.SchemeName;
    }
}
