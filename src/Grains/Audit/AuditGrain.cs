using System.Collections.Immutable;
using OrleansSync.Grains.Interfaces;
using OrleansSync.Grains.Storage;

namespace OrleansSync.Grains.Audit;

/// <inheritdoc cref="IAuditGrain"/>
/// <param name="storage">Where the list of chunks rests.</param>
/// <param name="time">The clock.</param>
[GrainType("audit")]
internal sealed class AuditGrain([PersistentState("auditHead")] IPersistentState<AuditHeadState> storage, TimeProvider time) : Grain, IAuditGrain
{
    /// <summary>Entries of one chunk: each of them costs one write of at most so many.</summary>
    internal const int ChunkCapacity = 200;

    /// <summary>How long entries are kept: a year and a month, so that a yearly review always sees a whole year.</summary>
    internal static readonly TimeSpan Retention = TimeSpan.FromDays(400);

    private readonly StoredState<AuditHeadState> _head = new(storage);

    private string AccountId => GrainKeys.AccountOf(this.GetPrimaryKeyString());

    /// <inheritdoc />
    public async Task AppendAsync(AuditEntry entry)
    {
        if (_head.Current.Chunks is [.., var last] && await ChunkOf(last.Number).TryAppendAsync(entry, ChunkCapacity))
        {
            return;
        }

        // The head is stored first: after a crash in between there is an empty chunk, which is harmless, and never one that nobody knows.
        var next = await StartChunkAsync();
        if (!await ChunkOf(next).TryAppendAsync(entry, ChunkCapacity))
        {
            throw new InvalidOperationException($"Chunk {next} of the audit trail of account {AccountId} is full although it was only just started.");
        }
    }

    /// <inheritdoc />
    public async Task<Page<AuditEntry>> ListAsync(string? cursor, int limit)
    {
        await DropOldChunksAsync();
        var before = AuditPosition.Parse(cursor);
        var oldest = time.GetUtcNow() - Retention;
        var items = ImmutableArray.CreateBuilder<AuditEntry>(limit);
        AuditPosition? lastTaken = null;
        foreach (var chunk in _head.Current.Chunks.Reverse().SkipWhile(chunk => chunk.Number > before.Chunk))
        {
            var entries = await ChunkOf(chunk.Number).ReadAsync();
            var newest = chunk.Number == before.Chunk ? Math.Min(before.Index, entries.Length) : entries.Length;
            for (var index = newest - 1; index >= 0 && entries[index].At >= oldest; index--)
            {
                if (items.Count == limit)
                {
                    return new Page<AuditEntry>(items.ToImmutable(), lastTaken?.ToString());
                }

                items.Add(entries[index]);
                lastTaken = new AuditPosition(chunk.Number, index);
            }
        }

        return new Page<AuditEntry>(items.ToImmutable(), Next: null);
    }

    /// <inheritdoc />
    public async Task ClearAsync()
    {
        // Chunks go first: as long as the head names them, clearing can be done again after a crash.
        foreach (var chunk in _head.Current.Chunks)
        {
            await ChunkOf(chunk.Number).ClearAsync();
        }

        if (_head.Exists)
        {
            await _head.ClearAsync();
        }
    }

    private IAuditChunkGrain ChunkOf(long number) => GrainFactory.GetGrain<IAuditChunkGrain>(GrainKeys.AuditChunk(AccountId, number));

    private async Task<long> StartChunkAsync()
    {
        await DropOldChunksAsync();
        var number = _head.Current.Chunks is [.., var last] ? last.Number + 1 : 0;
        await _head.UpdateAsync(state => state with { Chunks = state.Chunks.Add(new AuditChunkStart(number, time.GetUtcNow())) });
        return number;
    }

    private async Task DropOldChunksAsync()
    {
        var oldest = time.GetUtcNow() - Retention;
        while (_head.Current.Chunks is [var first, var second, ..] && second.StartedAt < oldest)
        {
            await ChunkOf(first.Number).ClearAsync();
            await _head.UpdateAsync(state => state with { Chunks = state.Chunks.Remove(first) });
        }
    }
}
