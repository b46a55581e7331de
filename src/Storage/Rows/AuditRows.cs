using System.Collections.Immutable;
using System.Globalization;
using OrleansSync.Grains.Interfaces;
using OrleansSync.Grains.Interfaces.Audit;
using OrleansSync.Grains.Interfaces.Rows;

namespace OrleansSync.Storage.Rows;

/// <inheritdoc cref="IAuditRows"/>
internal sealed class AuditRows(RowAccess access, RowWriter writer) : IAuditRows
{
    /// <inheritdoc />
    public Task AppendAsync(string accountId, AuditEntry entry, DateTimeOffset? dropBefore = null) =>
        writer.AppendAsync(accountId, entry, dropBefore);

    /// <inheritdoc />
    public async Task<Page<AuditEntry>> PageAsync(string accountId, string? cursor, int limit, DateTimeOffset oldest)
    {
        var before = long.TryParse(cursor, NumberStyles.None, CultureInfo.InvariantCulture, out var entry) ? entry : long.MaxValue;
        var rows = await access.ListAsync(
            "SELECT entry, detail FROM audit WHERE account_id = @account AND entry < @before AND at >= @oldest ORDER BY entry DESC "
            + "LIMIT @limit",
            command => command.With("account", accountId).With("before", before).With("oldest", oldest).With("limit", limit + 1L),
            reader => (Entry: reader.GetInt64(0), Detail: reader.GetString(1)));
        var shown = rows.Take(limit).Select(row => RowJson.Read<AuditEntry>(row.Detail)).ToImmutableArray();
        return new Page<AuditEntry>(shown, rows.Count > limit ? rows[limit - 1].Entry.ToString(CultureInfo.InvariantCulture) : null);
    }
}
