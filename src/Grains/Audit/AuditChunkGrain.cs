using System.Collections.Immutable;
using OrleansSync.Grains.Interfaces;
using OrleansSync.Grains.Storage;

namespace OrleansSync.Grains.Audit;

/// <inheritdoc cref="IAuditChunkGrain"/>
/// <param name="storage">Where the entries rest.</param>
[GrainType("auditChunk")]
internal sealed class AuditChunkGrain([PersistentState("auditChunk")] IPersistentState<AuditChunkState> storage) : Grain, IAuditChunkGrain
{
    private readonly StoredState<AuditChunkState> _state = new(storage);

    /// <inheritdoc />
    public async Task<bool> TryAppendAsync(AuditEntry entry, int capacity)
    {
        if (_state.Current.Entries.Length >= capacity)
        {
            return false;
        }

        await _state.UpdateAsync(state => state with { Entries = state.Entries.Add(entry) });
        return true;
    }

    /// <inheritdoc />
    public Task<ImmutableArray<AuditEntry>> ReadAsync() => Task.FromResult(_state.Current.Entries);

    /// <inheritdoc />
    public async Task ClearAsync()
    {
        if (_state.Exists)
        {
            await _state.ClearAsync();
        }

        DeactivateOnIdle();
    }
}
