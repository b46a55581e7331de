using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Authorization.Policy;

namespace OrleansSync.Api.Authorization;

/// <summary>The caller must reach the account in the address, when there is one.</summary>
internal sealed class AccountAccessRequirement : IAuthorizationRequirement
{
    /// <summary>The name of the account's id in the address.</summary>
    public const string RouteParameter = "accountId";
}

/// <summary>Checks <see cref="AccountAccessRequirement"/>.</summary>
internal sealed class AccountAccessHandler : AuthorizationHandler<AccountAccessRequirement>
{
    /// <inheritdoc />
    protected override Task HandleRequirementAsync(AuthorizationHandlerContext context, AccountAccessRequirement requirement)
    {
        var accountId = (context.Resource as HttpContext)?.GetRouteValue(AccountAccessRequirement.RouteParameter) as string;
        if (accountId is null || Caller.Of(context.User).Reaches(accountId))
        {
            context.Succeed(requirement);
        }

        return Task.CompletedTask;
    }
}

/// <summary>
/// Answers a key that does not reach the account exactly as if there were no such account, also where the same key could not do the thing to its own account.
/// </summary>
internal sealed class AccountHidingResult : IAuthorizationMiddlewareResultHandler
{
    private readonly AuthorizationMiddlewareResultHandler _usual = new();

    /// <inheritdoc />
    public Task HandleAsync(RequestDelegate next, HttpContext context, AuthorizationPolicy policy, PolicyAuthorizationResult authorizeResult) =>
        authorizeResult is { Forbidden: true, AuthorizationFailure: { } failure }
        && failure.FailedRequirements.OfType<AccountAccessRequirement>().Any()
            ? Problems.ApiProblem.AccountNotFound().ExecuteAsync(context)
            : _usual.HandleAsync(next, context, policy, authorizeResult);
}
