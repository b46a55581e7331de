using System.Collections.Immutable;
using System.Data.Common;
using OrleansSync.Grains.Interfaces;
using OrleansSync.Grains.Interfaces.Accounts;
using OrleansSync.Grains.Interfaces.Directory;
using OrleansSync.Grains.Interfaces.Rows;
using OrleansSync.Grains.Interfaces.Runs;

namespace OrleansSync.Storage.Rows;

/// <inheritdoc cref="IAccountRows"/>
internal sealed class AccountRows(RowAccess access, RowWriter writer, IRowEngine engine, TimeProvider time) : IAccountRows
{
    /// <summary>The status of an account at the moment <c>@now</c>: time alone makes one failing (R8.13).</summary>
    public const string ShownStatus = $"CASE WHEN {IsOverdue} THEN 'Failing' ELSE status END";

    /// <summary>The problem of an account at the moment <c>@now</c>.</summary>
    public const string ShownProblem = $"CASE WHEN {IsOverdue} AND failures_in_a_row = 0 THEN 'Overdue' ELSE problem END";

    /// <summary>Whether time alone has made an account failing at the moment <c>@now</c> (R8.13).</summary>
    public const string IsOverdue = "status = 'Active' AND overdue_at <= @now";

    private const string EntryColumns =
        $"account_id, display_name, {ShownStatus}, portal_key, imported, not_imported, last_success_at";

    private const string RowColumns =
        "account_id, version, state, connection, is_being_erased, status, problem, display_name, portal_key, last_run_at, last_success_at, "
        + "next_run_at, failures_in_a_row, has_work, connected_at, decided_run, overdue_at, imported, not_imported";

    private static readonly string[] _erasure =
    [
        // First, because what is written with a user's row waits for it: what came before is deleted with the rest, and nothing comes
        // after.
        "DELETE FROM employee WHERE account_id = @account",
        "DELETE FROM history WHERE account_id = @account",
        "DELETE FROM run_change WHERE account_id = @account",
        "DELETE FROM run WHERE account_id = @account",
        "DELETE FROM responsible_exclusion WHERE account_id = @account",
        "DELETE FROM account_key WHERE account_id = @account",
        "DELETE FROM audit WHERE account_id = @account",
    ];

    /// <inheritdoc />
    public async Task<AccountRow?> ReadAsync(string accountId) => (await access.ListAsync(
        $"SELECT {RowColumns} FROM account WHERE account_id = @account", command => command.With("account", accountId),
        ReadRow)).SingleOrDefault();

    /// <inheritdoc />
    public Task<AccountSnapshot?> WakeAsync(string accountId) => access.ReadAsync(
        $"SELECT {RowColumns} FROM account WHERE account_id = @account; "
        + $"SELECT {UserRowReader.Columns} FROM employee WHERE account_id = @account ORDER BY user_id; "
        + "SELECT user_id FROM responsible_exclusion WHERE account_id = @account; "
        + $"SELECT {RunRows.ChangeColumns} FROM run_change WHERE account_id = @account AND until_run = {RunRows.Standing}; "
        + "SELECT summary FROM run WHERE account_id = @account ORDER BY number DESC LIMIT 1",
        command => command.With("account", accountId),
        async reader =>
        {
            if (!await reader.ReadAsync())
            {
                return null;
            }

            var row = ReadRow(reader);
            var unreadable = ImmutableArray.CreateBuilder<long>();
            var users = await reader.NextAsync(row => ReadUser(row, accountId, unreadable));
            var excluded = await reader.NextAsync(row => row.GetInt64(0));
            var standing = await reader.NextAsync(RunRows.ReadChange);
            var last = await reader.NextAsync(row => RowJson.TryRead<RunSummary>(row.GetString(0)));
            return new AccountSnapshot(
                row, [.. users.OfType<UserRow>()], unreadable.DrainToImmutable(), [.. excluded], [.. standing], last.FirstOrDefault());
        });

    /// <inheritdoc />
    public Task<bool> WriteAsync(AccountWrite write) => writer.WriteAsync(write);

    /// <inheritdoc />
    public Task EraseAsync(string accountId) => access.ExecuteAsync(_erasure, command => command.With("account", accountId));

    /// <inheritdoc />
    public Task EraseRowAsync(string accountId) => access.ExecuteAsync(
        [engine.LockAccount, .. _erasure, "DELETE FROM account WHERE account_id = @account"],
        command => command.With("account", accountId));

    /// <inheritdoc />
    public async Task<bool> ExistsAsync(string accountId) => (await access.ListAsync(
        "SELECT 1 FROM account WHERE account_id = @account AND NOT is_being_erased", command => command.With("account", accountId),
        reader => reader.GetInt32(0))).Count > 0;

    /// <inheritdoc />
    public async Task<ImmutableArray<DirectoryEntry>> PageAsync(AccountQuery query, string? after, int limit)
    {
        var filter = RowFilter.Of(query);
        return [.. await access.ListAsync(
            $"SELECT {EntryColumns} FROM account WHERE account_id > @after AND {filter.Condition} "
            + "ORDER BY account_id LIMIT @limit",
            command => filter.Bind(command.With("after", after ?? string.Empty).With("limit", limit).With("now", time.GetUtcNow())),
            ReadEntry)];
    }

    /// <inheritdoc />
    public async Task<ImmutableArray<DirectoryEntry>> BrowseAsync(AccountQuery query, int skip, int take)
    {
        var filter = RowFilter.Of(query);
        return [.. await access.ListAsync(
            $"SELECT {EntryColumns} FROM account WHERE {filter.Condition} ORDER BY {AccountSorting.Of(query, engine)} "
            + "LIMIT @take OFFSET @skip",
            command => filter.Bind(command.With("take", take).With("skip", skip).With("now", time.GetUtcNow())),
            ReadEntry)];
    }

    /// <inheritdoc />
    public async Task<ImmutableDictionary<AccountStatus, int>> CountAsync(AccountQuery query)
    {
        var filter = RowFilter.Of(query with { Status = null });
        var counts = await access.ListAsync(
            $"SELECT {ShownStatus} AS shown, count(*) FROM account WHERE {filter.Condition} GROUP BY shown",
            command => filter.Bind(command.With("now", time.GetUtcNow())),
            reader => (Status: StatusAt(reader, 0), Count: reader.GetInt32(1)));
        return counts.GroupBy(count => count.Status).ToImmutableDictionary(same => same.Key, same => same.Sum(count => count.Count));
    }

    /// <inheritdoc />
    public async Task<ImmutableArray<string>> OfPortalAsync(string portalKey) => [.. await access.ListAsync(
        "SELECT account_id FROM account WHERE portal_key = @portal AND NOT is_being_erased ORDER BY account_id",
        command => command.With("portal", portalKey),
        reader => reader.GetString(0))];

    /// <inheritdoc />
    public async Task<ImmutableArray<string>> DueAsync(DateTimeOffset now, string? after, int limit) => [.. await access.ListAsync(
        "SELECT account_id FROM account WHERE account_id > @after AND (has_work OR is_being_erased OR next_run_at <= @now) "
        + "ORDER BY account_id LIMIT @limit",
        command => command.With("after", after ?? string.Empty).With("now", now).With("limit", limit),
        reader => reader.GetString(0))];

    /// <inheritdoc />
    public async Task<ImmutableArray<string>> UnfinishedAsync(string? after, int limit) => [.. await access.ListAsync(
        "SELECT account_id FROM account WHERE account_id > @after AND (has_work OR is_being_erased) ORDER BY account_id LIMIT @limit",
        command => command.With("after", after ?? string.Empty).With("limit", limit),
        reader => reader.GetString(0))];

    /// <inheritdoc />
    public async Task<OverdueAccount?> LongestWaitingAsync(DateTimeOffset before) => (await access.ListAsync(
        "SELECT account_id, display_name, coalesce(last_run_at, connected_at) FROM account "
        + "WHERE NOT is_being_erased AND status IN ('Active', 'Held', 'Failing') AND coalesce(last_run_at, connected_at) < @before "
        + "ORDER BY coalesce(last_run_at, connected_at), account_id LIMIT 1",
        command => command.With("before", before),
        reader => new OverdueAccount(reader.GetString(0), reader.GetString(1), reader.MomentAt(2)))).SingleOrDefault();

    private static AccountRow ReadRow(DbDataReader reader) => new()
    {
        AccountId = reader.GetString(0),
        Version = reader.GetInt64(1),
        State = reader.GetString(2),
        Connection = reader.GetString(3),
        Columns = new AccountColumns
        {
            IsBeingErased = reader.GetBoolean(4),
            Status = StatusAt(reader, 5),
            Problem = reader.NameOrNull<ProblemCode>(6),
            DisplayName = reader.GetString(7),
            PortalKey = reader.GetString(8),
            ConnectedAt = reader.MomentAt(14),
            DecidedRun = reader.GetInt64(15),
            LastRunAt = reader.MomentOrNull(9),
            LastSuccessAt = reader.MomentOrNull(10),
            OverdueAt = reader.MomentOrNull(16),
            NextRunAt = reader.MomentOrNull(11),
            FailuresInARow = reader.GetInt32(12),
            HasWork = reader.GetBoolean(13),
            Imported = reader.GetInt32(17),
            NotImported = reader.GetInt32(18),
        },
    };

    private static DirectoryEntry ReadEntry(DbDataReader reader) =>
        new(reader.GetString(0), reader.GetString(1), StatusAt(reader, 2), reader.GetString(3))
        {
            Imported = reader.GetInt32(4),
            NotImported = reader.GetInt32(5),
            LastSuccessAt = reader.MomentOrNull(6),
        };

    // The portal writes it anew with its next write; until then a person should look.
    private static AccountStatus StatusAt(DbDataReader reader, int column) =>
        reader.NameOrNull<AccountStatus>(column) ?? AccountStatus.ActionRequired;

    private static UserRow? ReadUser(DbDataReader reader, string accountId, ImmutableArray<long>.Builder unreadable)
    {
        try
        {
            return UserRowReader.Read(reader, accountId);
        }
        catch (UnreadableRowException)
        {
            unreadable.Add(reader.GetInt64(0));
            return null;
        }
    }
}
