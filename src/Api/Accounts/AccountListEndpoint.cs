using System.ComponentModel.DataAnnotations;
using System.Security.Claims;
using Microsoft.AspNetCore.Http.HttpResults;
using OrleansSync.Api.Authorization;
using OrleansSync.Api.Bodies;
using OrleansSync.Api.Parameters;
using OrleansSync.Grains.Interfaces;
using OrleansSync.Grains.Interfaces.Accounts;
using OrleansSync.Grains.Interfaces.Rows;

namespace OrleansSync.Api.Accounts;

/// <summary>Which accounts are listed.</summary>
public sealed class AccountListParameters() : SearchParameters('a')
{
    /// <summary>Only accounts with this status.</summary>
    [Choice(typeof(AccountStatus))]
    public string? Status { get; init; }

    /// <summary>Only accounts with a problem of this code; of a code that there is not, none.</summary>
    [MaxLength(100, ErrorMessage = "must have at most {1} characters.")]
    public string? Problem { get; init; }

    /// <summary>Which accounts are wanted; null for none.</summary>
    internal AccountQuery? Wanted
    {
        get
        {
            var code = CamelCaseEnum<ProblemCode>.Find(Problem);
            return code is null && !string.IsNullOrEmpty(Problem)
                ? null
                : new AccountQuery(CamelCaseEnum<AccountStatus>.Find(Status), code, Text);
        }
    }
}

/// <summary>The list of accounts.</summary>
internal static class AccountListEndpoint
{
    public static void MapAccountList(this RouteGroupBuilder api) => api
        .MapGet("/accounts", ListAsync)
        .WithName("ListAccounts")
        .WithSummary("The accounts, by id; with an account's key that account alone")
        .WithDescription("A page of accounts with their status, last run and counts. Filters may be combined.")
        .WithTags("Accounts")
        .RequireAuthorization(AccessPolicies.AnyKey);

    private static async Task<Ok<PageResponse<AccountResponse>>> ListAsync(
        [AsParameters] AccountListParameters query, ClaimsPrincipal user, AccountSearch search)
    {
        // One more than is wanted: whether another page follows.
        var found = query.Wanted is { } wanted
            ? await search.PageAsync(Caller.Of(user), wanted, query.Position, query.Size + 1)
            : [];
        var page = found.Take(query.Size).ToList();
        var next = found.Length > query.Size ? page[^1].AccountId : null;
        return TypedResults.Ok(query.Answer(new Page<AccountView>([.. await search.ViewsAsync(page)], next), AccountResponse.From));
    }
}
