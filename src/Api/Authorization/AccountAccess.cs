using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Authorization.Policy;
using OrleansSync.Api.Web;

namespace OrleansSync.Api.Authorization;

/// <summary>The caller must reach the account in the address, when there is one.</summary>
internal sealed class AccountAccessRequirement : IAuthorizationRequirement
{
    /// <summary>The name of the account's id in the address.</summary>
    public const string RouteParameter = "accountId";
}

/// <summary>An account that is reached otherwise than by a request's address.</summary>
internal sealed record AccountResource(string AccountId);

/// <summary>Checks <see cref="AccountAccessRequirement"/>.</summary>
internal sealed class AccountAccessHandler : AuthorizationHandler<AccountAccessRequirement>
{
    /// <inheritdoc />
    protected override Task HandleRequirementAsync(AuthorizationHandlerContext context, AccountAccessRequirement requirement)
    {
        var accountId = context.Resource switch
        {
            AccountResource account => account.AccountId,
            HttpContext http => http.GetRouteValue(AccountAccessRequirement.RouteParameter) as string,
            _ => null,
        };
        if (accountId is null || Caller.Of(context.User).Reaches(accountId))
        {
            context.Succeed(requirement);
        }

        return Task.CompletedTask;
    }
}

/// <summary>
/// Answers a key that does not reach the account exactly as if there were no such account, also where the same key could not do the thing
/// to its own account.
/// </summary>
internal sealed class AccountHidingResult : IAuthorizationMiddlewareResultHandler
{
    private readonly AuthorizationMiddlewareResultHandler _usual = new();

    /// <inheritdoc />
    public Task HandleAsync(
        RequestDelegate next, HttpContext context, AuthorizationPolicy policy, PolicyAuthorizationResult authorizeResult)
    {
        var isHidden = authorizeResult is { Forbidden: true, AuthorizationFailure: { } failure }
            && failure.FailedRequirements.OfType<AccountAccessRequirement>().Any();
        if (context.Request.WantsPage() && (isHidden || (context.GetEndpoint() is null && !authorizeResult.Succeeded)))
        {
            // The status alone: what a person reads is made where all pages of statuses are.
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return Task.CompletedTask;
        }

        return isHidden
            ? Problems.ApiProblem.AccountNotFound().ExecuteAsync(context)
            : _usual.HandleAsync(next, context, policy, authorizeResult);
    }
}
