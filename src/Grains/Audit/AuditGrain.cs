using Orleans.Concurrency;
using OrleansSync.Grains.Interfaces;
using OrleansSync.Grains.Interfaces.Audit;
using OrleansSync.Grains.Interfaces.Rows;

namespace OrleansSync.Grains.Audit;

/// <inheritdoc cref="IAuditGrain"/>
/// <param name="trails">The rows of trails.</param>
/// <param name="time">The clock.</param>
[StatelessWorker(1)]
[GrainType("audit")]
internal sealed class AuditGrain(IAuditRows trails, TimeProvider time) : Grain, IAuditGrain
{
    /// <summary>How long entries are kept: a year and a month, so that a yearly review always sees a whole year.</summary>
    internal static readonly TimeSpan Retention = TimeSpan.FromDays(400);

    // Often enough for a trail that is written to all day long; one that nobody writes to is dropped from by the next who does.
    private static readonly TimeSpan _betweenDrops = TimeSpan.FromDays(1);

    private DateTimeOffset? _droppedAt;

    private string AccountId => GrainKeys.AccountOf(this.GetPrimaryKeyString());

    /// <inheritdoc />
    public async Task AppendAsync(AuditEntry entry)
    {
        var now = time.GetUtcNow();
        var drops = _droppedAt is not { } dropped || now - dropped >= _betweenDrops;
        await trails.AppendAsync(AccountId, entry, drops ? now - Retention : null);
        _droppedAt = drops ? now : _droppedAt;
    }

    /// <inheritdoc />
    public Task<Page<AuditEntry>> ListAsync(string? cursor, int limit) =>
        trails.PageAsync(AccountId, cursor, limit, time.GetUtcNow() - Retention);
}
