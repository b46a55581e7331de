using System.Collections.Immutable;
using OrleansSync.Grains.Interfaces;
using OrleansSync.Grains.Storage;

namespace OrleansSync.Grains.Directory;

/// <summary>One shard's accounts, by id.</summary>
internal sealed record DirectoryState
{
    /// <summary>The entries.</summary>
    public ImmutableSortedDictionary<string, DirectoryEntry> Entries { get; init; } =
        ImmutableSortedDictionary.Create<string, DirectoryEntry>(StringComparer.Ordinal);
}

/// <inheritdoc cref="IAccountDirectoryGrain"/>
internal sealed class AccountDirectoryGrain([PersistentState("directory")] IPersistentState<DirectoryState> storage) : Grain, IAccountDirectoryGrain
{
    private readonly StoredState<DirectoryState> _state = new(storage);

    public Task SetAsync(DirectoryEntry entry) => _state.UpdateAsync(state =>
        state.Entries.TryGetValue(entry.AccountId, out var known) && known == entry
            ? state
            : new DirectoryState { Entries = state.Entries.SetItem(entry.AccountId, entry) });

    public Task RemoveAsync(string accountId) => _state.UpdateAsync(state =>
        state.Entries.ContainsKey(accountId) ? new DirectoryState { Entries = state.Entries.Remove(accountId) } : state);

    public Task<ImmutableArray<DirectoryEntry>> ListAsync() => Task.FromResult<ImmutableArray<DirectoryEntry>>([.. _state.Current.Entries.Values]);
}
