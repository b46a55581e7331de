using OrleansSync.Api.Authorization;
using OrleansSync.Api.Hosting;
using OrleansSync.Grains.Interfaces;

namespace OrleansSync.Api.Accounts;

/// <summary>Finds accounts among those that a caller reaches.</summary>
/// <param name="grains">Where the directory is.</param>
internal sealed class AccountSearch(IGrainFactory grains)
{
    /// <summary>The accounts that match, in no particular order.</summary>
    /// <param name="caller">Who asks: accounts it does not reach are not there.</param>
    /// <param name="status">Only accounts with this status; null for all.</param>
    /// <param name="text">Part of the id or the display name, whatever the case; null for all.</param>
    public async Task<IEnumerable<DirectoryEntry>> FindAsync(Caller caller, AccountStatus? status, string? text) =>
        (await EntriesAsync(caller))
            .Where(entry => status is null || entry.Status == status)
            .Where(entry => text is null || Contains(entry.AccountId, text) || Contains(entry.DisplayName, text));

    /// <summary>The accounts behind entries. One that was disconnected since the directory was read has no view, so that there may be fewer.</summary>
    /// <param name="entries">The entries.</param>
    public async Task<IReadOnlyList<AccountView>> ViewsAsync(IEnumerable<DirectoryEntry> entries)
    {
        var views = await Task.WhenAll(entries.Select(entry => grains.GetGrain<IPortalGrain>(GrainKeys.Account(entry.AccountId)).GetAccountAsync()));
        return [.. views.OfType<AccountView>()];
    }

    private async Task<IEnumerable<DirectoryEntry>> EntriesAsync(Caller caller)
    {
        if (caller.IsOperator)
        {
            var shards = Enumerable.Range(0, GrainKeys.DirectoryShards).Select(shard => grains.GetGrain<IAccountDirectoryGrain>(GrainKeys.Directory(shard)));
            return (await Task.WhenAll(shards.Select(shard => shard.ListAsync()))).SelectMany(entries => entries);
        }

        var own = caller.AccountId is { } id && grains.FindPortal(id) is { } portal ? await portal.GetAccountAsync() : null;
        return own is null ? [] : [new DirectoryEntry(own.AccountId, own.Connection.DisplayName, own.Status, own.Connection.Bitrix24.PortalKey)];
    }

    private static bool Contains(string value, string part) => value.Contains(part, StringComparison.OrdinalIgnoreCase);
}
