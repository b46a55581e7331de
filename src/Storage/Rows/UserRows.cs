using System.Collections.Immutable;
using System.Globalization;
using OrleansSync.Grains.Interfaces;
using OrleansSync.Grains.Interfaces.Employees;
using OrleansSync.Grains.Interfaces.Responsible;
using OrleansSync.Grains.Interfaces.Rows;
using OrleansSync.Grains.Interfaces.Runs;

namespace OrleansSync.Storage.Rows;

/// <inheritdoc cref="IUserRows"/>
internal sealed class UserRows(RowAccess access, RowWriter writer, IRowEngine engine) : IUserRows
{
    /// <inheritdoc />
    public async Task<UserRow?> ReadAsync(string accountId, long userId)
    {
        var rows = await access.ListAsync(
            $"SELECT {UserRowReader.Columns} FROM employee WHERE account_id = @account AND user_id = @user",
            command => command.With("account", accountId).With("user", userId),
            reader => UserRowReader.Read(reader, accountId));
        return rows.SingleOrDefault();
    }

    /// <inheritdoc />
    public Task<bool> WriteAsync(UserWrite write) => writer.WriteAsync(write);

    /// <inheritdoc />
    public async Task<ImmutableArray<bool>> WriteAsync(IReadOnlyList<UserWrite> writes) =>
        [.. await Task.WhenAll(writes.Select(WriteOfManyAsync))];

    /// <inheritdoc />
    public async Task<bool> AnnounceAsync(string accountId, IReadOnlyList<UserRow> rows)
    {
        try
        {
            return await writer.AnnounceAsync(accountId, rows);
        }
        catch (RowRefusedException)
        {
            return false;
        }
    }

    /// <inheritdoc />
    public async Task<ImmutableArray<HistoryEntry>> HistoryAsync(string accountId, long userId) => [.. await access.ListAsync(
        "SELECT at, run_id, outcome, detail FROM history WHERE account_id = @account AND user_id = @user ORDER BY entry DESC LIMIT 100",
        command => command.With("account", accountId).With("user", userId),
        reader =>
        {
            var detail = RowJson.Read<HistoryDetail>(reader.GetString(3));
            return new HistoryEntry
            {
                At = reader.MomentAt(0),
                RunId = reader.GetString(1),
                Outcome = Enum.Parse<ChangeOutcome>(reader.GetString(2)),
                Reason = detail.Reason,
                CallGearEmployeeId = detail.EmployeeId,
                Fields = detail.Fields.IsDefault ? [] : detail.Fields,
                Note = detail.Note,
            };
        })];

    /// <inheritdoc />
    public async Task<EmployeeRow?> FindAsync(string accountId, long userId)
    {
        var rows = await access.ListAsync(
            $"SELECT {UserRowReader.ShownColumns} FROM {UserRowReader.ShownTables} "
            + "WHERE e.account_id = @account AND e.user_id = @user AND e.outcome IS NOT NULL",
            command => command.With("account", accountId).With("user", userId),
            UserRowReader.ReadShown);
        return rows.SingleOrDefault();
    }

    /// <inheritdoc />
    public async Task<ImmutableArray<AccountUser>> FindEverywhereAsync(string text)
    {
        var filter = RowFilter.OfUsersEverywhere(text.Trim());
        return [.. await access.ListAsync(
            $"SELECT {UserRowReader.ShownColumns}, a.account_id, a.display_name FROM {UserRowReader.ShownTables} "
            + $"WHERE {filter.Condition} ORDER BY a.folded_name {engine.Ordinal}, e.account_id, e.user_id LIMIT {AccountUser.Most}",
            filter.Bind,
            reader => new AccountUser(reader.GetString(9), reader.GetString(10), UserRowReader.ReadShown(reader)))];
    }

    /// <inheritdoc />
    public async Task<Page<EmployeeRow>> PageAsync(string accountId, EmployeeQuery query)
    {
        var after = long.TryParse(query.Cursor, NumberStyles.None, CultureInfo.InvariantCulture, out var cursor) ? cursor : long.MinValue;
        var filter = RowFilter.OfUsers(query.Outcome, reason: null, query.Query, takenOut: false);
        var rows = await access.ListAsync(
            $"SELECT {UserRowReader.ShownColumns} FROM {UserRowReader.ShownTables} "
            + $"WHERE e.account_id = @account AND e.user_id > @after AND {filter.Condition} ORDER BY e.user_id LIMIT @limit",
            command => filter.Bind(command.With("account", accountId).With("after", after).With("limit", query.Limit + 1L)),
            UserRowReader.ReadShown);
        var shown = rows.Take(query.Limit).ToImmutableArray();
        return new Page<EmployeeRow>(
            shown, rows.Count > query.Limit ? shown[^1].BitrixUserId.ToString(CultureInfo.InvariantCulture) : null);
    }

    /// <inheritdoc />
    public Task<EmployeeWindow> BrowseAsync(string accountId, EmployeeStretch stretch)
    {
        var filter = RowFilter.OfUsers(stretch.Outcome, stretch.Reason, stretch.Query, stretch.TakenOut);

        // In this order, so that the tallies, which are of all, say how many match where nothing is filtered.
        const string Tallies =
            $"SELECT {UserRowReader.ShownOutcome}, {UserRowReader.ShownReason}, count(*) FROM employee e JOIN account a "
            + "ON a.account_id = e.account_id WHERE e.account_id = @account AND e.outcome IS NOT NULL GROUP BY 1, 2";
        var rows = $"SELECT {UserRowReader.ShownColumns} FROM {UserRowReader.ShownTables} "
            + $"WHERE e.account_id = @account AND {filter.Condition} ORDER BY {UserSorting.Of(stretch, engine)} LIMIT @take OFFSET @skip";
        var count = $"SELECT count(*) FROM {UserRowReader.ShownTables} WHERE e.account_id = @account AND {filter.Condition}";
        return access.ReadAsync(
            filter.IsEmpty ? $"{Tallies}; {rows}" : $"{Tallies}; {rows}; {count}",
            command => filter.Bind(command.With("account", accountId).With("take", stretch.Take).With("skip", stretch.Skip)),
            async reader =>
            {
                var tallies = TalliesOf(await reader.AllAsync(
                    row => (row.NameOrNull<EmployeeOutcome>(0), row.NameOrNull<ProblemCode>(1), Count: row.GetInt32(2))));
                var shown = await reader.NextAsync(UserRowReader.ReadShown);
                var matching = await reader.NextAsync(row => row.GetInt32(0));
                return new EmployeeWindow([.. shown], filter.IsEmpty ? tallies.Sum(tally => tally.Count) : matching[0], tallies);
            });
    }

    /// <inheritdoc />
    public async Task<ImmutableArray<ResponsibleEmployee>> ResponsibleAsync(string accountId) => [.. await access.ListAsync(
        $"SELECT e.user_id, e.employee_id, e.name FROM {UserRowReader.ShownTables} "
        + $"WHERE e.account_id = @account AND {UserRowReader.Responsible} ORDER BY e.user_id",
        command => command.With("account", accountId),
        reader => new ResponsibleEmployee(reader.GetInt64(0), reader.GetInt64(1), reader.GetString(2)))];

    /// <inheritdoc />
    public async Task ExcludeAsync(string accountId, ImmutableArray<long> exclude, ImmutableArray<long> include)
    {
        const string Include = "DELETE FROM responsible_exclusion WHERE account_id = @account AND user_id = ";
        const string Exclude =
            "INSERT INTO responsible_exclusion (account_id, user_id) SELECT account_id, ";
        string[] commands =
        [
            engine.HoldAccount,
            .. include.Select(user => string.Create(CultureInfo.InvariantCulture, $"{Include}{user}")),
            .. exclude.Select(user => string.Create(
                CultureInfo.InvariantCulture,
                $"{Exclude}{user} FROM account WHERE account_id = @account AND NOT is_being_erased ON CONFLICT DO NOTHING")),
        ];
        await access.ExecuteAsync(commands, command => command.With("account", accountId));
    }

    // A row that is refused for what it says concerns its user alone.
    private async Task<bool> WriteOfManyAsync(UserWrite write)
    {
        try
        {
            return await writer.WriteAsync(write);
        }
        catch (RowRefusedException)
        {
            return false;
        }
    }

    private static ImmutableArray<EmployeeTally> TalliesOf(List<(EmployeeOutcome? Outcome, ProblemCode? Reason, int Count)> counted) =>
    [
        .. counted.Where(tally => tally.Outcome is not null)
            .Select(tally => new EmployeeTally(tally.Outcome!.Value, tally.Reason, tally.Count))
            .OrderBy(tally => tally.Outcome).ThenBy(tally => tally.Reason is { } reason ? (int)reason : -1),
    ];
}
