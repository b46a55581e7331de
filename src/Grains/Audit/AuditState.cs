using System.Collections.Immutable;
using OrleansSync.Grains.Interfaces;

namespace OrleansSync.Grains.Audit;

/// <summary>Which chunks an audit trail has.</summary>
internal sealed record AuditHeadState
{
    /// <summary>The chunks, oldest first; their numbers rise by one.</summary>
    public ImmutableArray<AuditChunkStart> Chunks { get; init; } = [];
}

/// <summary>One chunk of an audit trail.</summary>
/// <param name="Number">Its number.</param>
/// <param name="StartedAt">When it was started: every entry of the chunk before is older.</param>
internal sealed record AuditChunkStart(long Number, DateTimeOffset StartedAt);

/// <summary>The entries of one chunk.</summary>
internal sealed record AuditChunkState
{
    /// <summary>The entries, oldest first.</summary>
    public ImmutableArray<AuditEntry> Entries { get; init; } = [];
}
