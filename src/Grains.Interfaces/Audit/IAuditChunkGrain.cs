using System.Collections.Immutable;
using Orleans.Concurrency;

namespace OrleansSync.Grains.Interfaces;

/// <summary>A stretch of an account's audit trail, so that adding an entry never rewrites the whole trail. Key: <see cref="GrainKeys.AuditChunk"/>.</summary>
[Alias("IAuditChunkGrain")]
public interface IAuditChunkGrain : IGrainWithStringKey
{
    /// <summary>Adds an entry unless the chunk is full; answers whether it was added.</summary>
    /// <param name="entry">The entry.</param>
    /// <param name="capacity">The most entries the chunk may hold.</param>
    [Alias("TryAppend")]
    Task<bool> TryAppendAsync(AuditEntry entry, int capacity);

    /// <summary>All entries, oldest first.</summary>
    [Alias("Read"), AlwaysInterleave]
    Task<ImmutableArray<AuditEntry>> ReadAsync();

    /// <summary>Erases the chunk.</summary>
    [Alias("Clear")]
    Task ClearAsync();
}
