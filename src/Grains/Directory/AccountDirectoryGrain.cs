using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using OrleansSync.Grains.Concurrency;
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
internal sealed partial class AccountDirectoryGrain(
    [PersistentState("directory")] IPersistentState<DirectoryState> storage,
    IGrainFactory grains,
    ILogger<AccountDirectoryGrain> logger) : Grain, IAccountDirectoryGrain
{
    // Few at a time: the accounts that are due start runs of their own.
    private const int AccountsAtATime = 4;

    private readonly StoredState<DirectoryState> _state = new(storage);

    public Task SetAsync(DirectoryEntry entry) => _state.UpdateAsync(state =>
        state.Entries.TryGetValue(entry.AccountId, out var known) && known == entry
            ? state
            : new DirectoryState { Entries = state.Entries.SetItem(entry.AccountId, entry) });

    public Task RemoveAsync(string accountId) => _state.UpdateAsync(state =>
        state.Entries.ContainsKey(accountId) ? new DirectoryState { Entries = state.Entries.Remove(accountId) } : state);

    public Task SweepAsync(CancellationToken cancellationToken) =>
        SlidingWindow.ForEachAsync([.. _state.Current.Entries.Keys], AccountsAtATime, async accountId =>
        {
            cancellationToken.ThrowIfCancellationRequested();
            try
            {
                await grains.GetGrain<IPortalGrain>(GrainKeys.Account(accountId)).WatchAsync();
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                // One account that cannot look now must not keep the others from it; its own reminder comes again.
                LogAccountNotWatched(accountId, exception);
            }
        });

    public Task<ImmutableArray<DirectoryEntry>> ListAsync() => Task.FromResult<ImmutableArray<DirectoryEntry>>([.. _state.Current.Entries.Values]);

    [LoggerMessage(1501, LogLevel.Warning, "Account {AccountId} could not look whether it is overdue.")]
    private partial void LogAccountNotWatched(string accountId, Exception exception);
}
