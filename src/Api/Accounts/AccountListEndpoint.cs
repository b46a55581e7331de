using Microsoft.AspNetCore.Http.HttpResults;
using OrleansSync.Api.Authorization;
using OrleansSync.Api.Hosting;
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

    private static async Task<Results<Ok<PageAnswer<AccountAnswer>>, ProblemHttpResult>> ListAsync(HttpContext context, IGrainFactory grains)
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

        var wanted = (await EntriesAsync(grains, Caller.Of(context.User)))
            .Where(entry => after is null || string.CompareOrdinal(entry.AccountId, after) > 0)
            .Where(entry => status is null || entry.Status == status)
            .Where(entry => text is null || Contains(entry.AccountId, text) || Contains(entry.DisplayName, text))
            .OrderBy(entry => entry.AccountId, StringComparer.Ordinal)
            .Take(limit + 1)
            .ToList();
        var page = wanted.Take(limit).ToList();

        // An account that was disconnected since the directory was read has no view; the page is shorter by it.
        var views = await Task.WhenAll(page.Select(entry => grains.GetGrain<IPortalGrain>(GrainKeys.Account(entry.AccountId)).GetAccountAsync()));
        var next = wanted.Count > limit ? PageCursor.Encode(PageParameters.AccountsCursor.Kind, page[^1].AccountId) : null;
        return TypedResults.Ok(new PageAnswer<AccountAnswer>([.. views.OfType<AccountView>().Select(AccountAnswer.From)], next));
    }

    private static async Task<IEnumerable<DirectoryEntry>> EntriesAsync(IGrainFactory grains, Caller caller)
    {
        if (caller.IsOperator)
        {
            var shards = Enumerable.Range(0, GrainKeys.DirectoryShards).Select(shard => grains.GetGrain<IAccountDirectoryGrain>(GrainKeys.Directory(shard)));
            return (await Task.WhenAll(shards.Select(shard => shard.ListAsync()))).SelectMany(entries => entries);
        }

        var own = caller.AccountId is { } id && grains.FindPortal(id) is { } portal ? await portal.GetAccountAsync() : null;
        return own is null ? [] : [new DirectoryEntry(own.AccountId, own.Connection.DisplayName, own.Status)];
    }

    private static bool Contains(string value, string part) => value.Contains(part, StringComparison.OrdinalIgnoreCase);
}
