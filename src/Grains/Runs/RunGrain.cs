using System.Collections.Immutable;
using OrleansSync.Grains.Interfaces;
using OrleansSync.Grains.Placement;
using OrleansSync.Grains.Storage;

namespace OrleansSync.Grains.Runs;

/// <summary>What is stored of one run beside its summary.</summary>
internal sealed record RunState
{
    /// <summary>The changes, by user id.</summary>
    public ImmutableArray<RunChange> Changes { get; init; } = [];
}

/// <inheritdoc cref="IRunGrain"/>
[AccountPlacement]
[CollectionAgeLimit(Minutes = 3)]
internal sealed class RunGrain([PersistentState("run")] IPersistentState<RunState> storage) : Grain, IRunGrain
{
    private readonly StoredState<RunState> _state = new(storage);

    public Task StoreAsync(ImmutableArray<RunChange> changes) => _state.UpdateAsync(_ => new RunState { Changes = changes });

    public Task<ImmutableArray<RunChange>> GetChangesAsync(int skip) =>
        Task.FromResult<ImmutableArray<RunChange>>(skip <= 0 ? _state.Current.Changes : [.. _state.Current.Changes.Skip(skip)]);

    public async Task ClearAsync()
    {
        await _state.ClearAsync();
        DeactivateOnIdle();
    }
}
