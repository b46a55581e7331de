using Microsoft.Extensions.Logging;
using Orleans.Concurrency;
using OrleansSync.Grains.Interfaces;
using OrleansSync.Grains.Interfaces.Audit;
using OrleansSync.Grains.Interfaces.Rows;

namespace OrleansSync.Grains.Audit;

/// <inheritdoc cref="IAuditGrain"/>
/// <param name="trails">The rows of trails.</param>
/// <param name="time">The clock.</param>
/// <param name="logger">Is told when old entries stay.</param>
[StatelessWorker(1)]
[GrainType("audit")]
internal sealed partial class AuditGrain(IAuditRows trails, TimeProvider time, ILogger<AuditGrain> logger) : Grain, IAuditGrain
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
        await trails.AppendAsync(AccountId, entry);
        var now = time.GetUtcNow();
        if (_droppedAt is not { } dropped || now - dropped >= _betweenDrops)
        {
            await DropAsync(now);
        }
    }

    /// <inheritdoc />
    public Task<Page<AuditEntry>> ListAsync(string? cursor, int limit) =>
        trails.PageAsync(AccountId, cursor, limit, time.GetUtcNow() - Retention);

    private async Task DropAsync(DateTimeOffset now)
    {
        try
        {
            await trails.DropAsync(AccountId, now - Retention);
            _droppedAt = now;
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            // The entry is stored: whoever wrote it must not hear that it was lost.
            LogNotDropped(AccountId, exception);
        }
    }

    [LoggerMessage(
        1601, LogLevel.Warning, "Old entries of account {AccountId}'s audit trail could not be dropped; the next entry tries again.")]
    private partial void LogNotDropped(string accountId, Exception exception);
}
