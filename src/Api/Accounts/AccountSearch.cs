using System.Collections.Immutable;
using OrleansSync.Api.Authorization;
using OrleansSync.Api.Hosting;
using OrleansSync.Grains.Interfaces;
using OrleansSync.Grains.Interfaces.Accounts;
using OrleansSync.Grains.Interfaces.Directory;
using OrleansSync.Grains.Interfaces.Portals;
using OrleansSync.Grains.Interfaces.Rows;

namespace OrleansSync.Api.Accounts;

/// <summary>Finds accounts among those that a caller reaches.</summary>
internal sealed class AccountSearch(IGrainFactory grains)
{
    private IAccountDirectoryGrain Directory => grains.GetGrain<IAccountDirectoryGrain>(GrainKeys.Directory);

    /// <summary>A page of the accounts that match, by rising id.</summary>
    /// <param name="caller">Who asks: accounts it does not reach are not there.</param>
    /// <param name="query">Which accounts.</param>
    /// <param name="after">The last id of the page before; null for the start.</param>
    /// <param name="limit">The most to answer.</param>
    public async Task<ImmutableArray<DirectoryEntry>> PageAsync(Caller caller, AccountQuery query, string? after, int limit)
    {
        if (caller.IsOperator)
        {
            return await Directory.PageAsync(query, after, limit);
        }

        var own = caller.AccountId is { } id && grains.FindPortal(id) is { } portal ? await portal.GetAccountAsync() : null;
        return own is not null && Matches(own, query) && (after is null || string.CompareOrdinal(own.AccountId, after) > 0)
            ? [new DirectoryEntry(own.AccountId, own.Connection.DisplayName, own.Status, own.Connection.Bitrix24.PortalKey)]
            : [];
    }

    /// <summary>A stretch of all accounts that match: what needs a person first, then by name. For the operator.</summary>
    public Task<ImmutableArray<DirectoryEntry>> BrowseAsync(AccountQuery query, int skip, int take) =>
        Directory.BrowseAsync(query, skip, take);

    /// <summary>How many of all accounts that match have each status, most urgent first. For the operator.</summary>
    /// <param name="query">Which accounts; its status is left aside.</param>
    public async Task<IReadOnlyList<(AccountStatus Status, int Count)>> CountAsync(AccountQuery query)
    {
        var counts = await Directory.CountAsync(query);
        return [.. Enum.GetValues<AccountStatus>().OrderDescending().Select(status => (status, counts.GetValueOrDefault(status)))];
    }

    /// <summary>The accounts behind entries. One that was disconnected meanwhile has no view, so that there may be fewer.</summary>
    public async Task<IReadOnlyList<AccountView>> ViewsAsync(IEnumerable<DirectoryEntry> entries)
    {
        var portals = entries.Select(entry => grains.GetGrain<IPortalGrain>(GrainKeys.Account(entry.AccountId)));
        var views = await Task.WhenAll(portals.Select(portal => portal.GetAccountAsync()));
        return [.. views.OfType<AccountView>()];
    }

    private static bool Matches(AccountView account, AccountQuery query) =>
        (query.Status is null || account.Status == query.Status)
        && (query.Problem is null || account.Problem?.Code == query.Problem)
        && (query.Query is not { } text || Contains(account.AccountId, text) || Contains(account.Connection.DisplayName, text));

    private static bool Contains(string value, string part) => value.Contains(part, StringComparison.OrdinalIgnoreCase);
}
