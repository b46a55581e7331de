using System.Collections.Immutable;
using System.Globalization;
using OrleansSync.Grains.Interfaces;
using OrleansSync.Grains.Interfaces.Audit;
using OrleansSync.Grains.Interfaces.Rows;

namespace OrleansSync.Storage.Rows;

/// <inheritdoc cref="IAuditRows"/>
internal sealed class AuditRows(RowAccess access, IRowEngine engine) : IAuditRows
{
    // The account's row is locked first: an account that is erased at the moment takes nothing with it that comes late.
    private readonly string[] _append =
    [
        engine.HoldAccount,
        "INSERT INTO audit (account_id, at, detail) SELECT account_id, @at, @detail FROM account WHERE account_id = @account "
        + "AND NOT is_being_erased",
    ];

    private static readonly string[] _drop = ["DELETE FROM audit WHERE account_id = @account AND at < @before"];

    /// <inheritdoc />
    public Task AppendAsync(string accountId, AuditEntry entry) => access.ExecuteAsync(
        _append,
        command => command.With("account", accountId).With("at", entry.At).With("detail", StoredText.Clean(RowJson.Write(entry))));

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

    /// <inheritdoc />
    public Task DropAsync(string accountId, DateTimeOffset before) =>
        access.ExecuteAsync(_drop, command => command.With("account", accountId).With("before", before));
}
