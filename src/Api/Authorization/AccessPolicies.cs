using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;

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

    /// <summary>Adds authentication by key and the policies.</summary>
    /// <param name="services">The services.</param>
    public static IServiceCollection AddAccessPolicies(this IServiceCollection services)
    {
        services.AddAuthentication(KeyAuthentication.SchemeName)
            .AddScheme<AuthenticationSchemeOptions, KeyAuthentication>(KeyAuthentication.SchemeName, configureOptions: null);
        services.AddAuthorizationBuilder()
            .SetFallbackPolicy(new AuthorizationPolicyBuilder().RequireAuthenticatedUser().Build())
            .AddPolicy(AnyKey, policy => policy.RequireAuthenticatedUser())
            .AddPolicy(Account, policy => policy.RequireAuthenticatedUser().AddRequirements(new AccountAccessRequirement()))
            .AddPolicy(Operator, policy => policy
                .RequireAuthenticatedUser()
                .AddRequirements(new AccountAccessRequirement())
                .RequireClaim(Caller.RoleClaim, Caller.OperatorRole));
        return services
            .AddSingleton<IAuthorizationHandler, AccountAccessHandler>()
            .AddSingleton<IAuthorizationMiddlewareResultHandler, AccountHidingResult>();
    }
}
