using Microsoft.AspNetCore.Http.HttpResults;
using OrleansSync.Api.Authorization;
using OrleansSync.Api.Parameters;
using OrleansSync.Api.Problems;
using OrleansSync.Grains.Interfaces;

namespace OrleansSync.Api.Accounts;

/// <summary>The list of accounts.</summary>
internal static class AccountListEndpoint
{
    private static readonly ChoiceParameter<AccountStatus> _status = new("status", "Only accounts with this status.");

    /// <summary>Maps the endpoint.</summary>
    /// <param name="api">The group of all addresses.</param>
    public static void MapAccountList(this RouteGroupBuilder api) => api
        .MapGet("/accounts", ListAsync)
        .WithName("ListAccounts")
        .WithSummary("The accounts, by id; with an account's key that account alone")
        .WithTags("Accounts")
        .WithQuery(PageParameters.AccountsCursor, PageParameters.Limit, _status, PageParameters.Query)
        .RequireAuthorization(AccessPolicies.AnyKey);

    private static async Task<Results<Ok<PageAnswer<AccountAnswer>>, ProblemHttpResult>> ListAsync(HttpContext context, AccountSearch search)
    {
        var query = new QueryReader(context.Request);
        var after = query.Read(PageParameters.AccountsCursor);
        var limit = query.ReadLimit();
        var status = query.Read(_status);
        var text = query.Read(PageParameters.Query);
        if (!query.Errors.IsEmpty)
        {
            return ApiProblem.Invalid(query.Errors);
        }

        // One more than is wanted: whether another page follows.
        var found = await search.PageAsync(Caller.Of(context.User), new AccountQuery(status, Query: text), after, limit + 1);
        var page = found.Take(limit).ToList();
        var views = await search.ViewsAsync(page);
        var next = found.Length > limit ? PageCursor.Encode(PageParameters.AccountsCursor.Kind, page[^1].AccountId) : null;
        return TypedResults.Ok(new PageAnswer<AccountAnswer>([.. views.Select(AccountAnswer.From)], next));
    }
}
