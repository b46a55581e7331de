using System.Collections.Immutable;
using OrleansSync.Api.Authorization;
using OrleansSync.Api.Hosting;
using OrleansSync.Grains.Interfaces;
using OrleansSync.Grains.Interfaces.Accounts;
using OrleansSync.Grains.Interfaces.Directory;
using OrleansSync.Grains.Interfaces.Portals;
using OrleansSync.Grains.Interfaces.Rows;
using OrleansSync.Grains.Interfaces.Runs;

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
            ? [EntryOf(own)]
            : [];
    }

    /// <summary>A stretch of all accounts that match, in the order that the query asks for. For the operator.</summary>
    public Task<ImmutableArray<DirectoryEntry>> BrowseAsync(AccountQuery query, int skip, int take) =>
        Directory.BrowseAsync(query, skip, take);

    /// <summary>
    /// The last runs of accounts that have ended and were no previews, newest first, by account; who has none is left out.
    /// </summary>
    /// <param name="entries">The accounts, all of one page.</param>
    /// <param name="most">The most runs of each to answer.</param>
    public Task<ImmutableDictionary<string, ImmutableArray<RunMark>>> RecentRunsAsync(IEnumerable<DirectoryEntry> entries, int most) =>
        Directory.RecentRunsAsync([.. entries.Select(entry => entry.AccountId)], most);

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

    private static DirectoryEntry EntryOf(AccountView account) =>
        new(account.AccountId, account.Connection.DisplayName, account.Status, account.Connection.Bitrix24.PortalKey)
        {
            Imported = account.Counts.Employees,
            NotImported = account.Counts.NotImported,
            LastSuccessAt = account.LastSuccessAt,
        };

    private static bool Matches(AccountView account, AccountQuery query) =>
        (query.Status is null || account.Status == query.Status)
        && (query.Problem is null || account.Problem?.Code == query.Problem)
        && (query.Query is not { } text || Contains(account.AccountId, text) || Contains(account.Connection.DisplayName, text));

    private static bool Contains(string value, string part) => value.Contains(part, StringComparison.OrdinalIgnoreCase);
}
