using System.Collections.Immutable;
using System.Data.Common;
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
    private const string Imported = "e.employee_id IS NOT NULL AND e.outcome <> 'Deleted'";

    /// <inheritdoc />
    public async Task<UserRow?> ReadAsync(string accountId, long userId)
    {
        var rows = await access.ListAsync(
            $"SELECT {UserRowReader.Columns} FROM employee WHERE account_id = @account AND user_id = @user",
            command => command.Text("account", accountId).Number("user", userId),
            reader => UserRowReader.Read(reader, accountId));
        return rows.SingleOrDefault();
    }

    /// <inheritdoc />
    public Task<bool> WriteAsync(UserWrite write) => writer.WriteAsync(write);

    /// <inheritdoc />
    public async Task<ImmutableArray<bool>> WriteAsync(IReadOnlyList<UserWrite> writes) =>
        [.. await Task.WhenAll(writes.Select(WriteOfManyAsync))];

    /// <inheritdoc />
    public async Task<ImmutableArray<HistoryEntry>> HistoryAsync(string accountId, long userId) => [.. await access.ListAsync(
        "SELECT at, run_id, outcome, detail FROM history WHERE account_id = @account AND user_id = @user ORDER BY entry DESC LIMIT 100",
        command => command.Text("account", accountId).Number("user", userId),
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
            command => command.Text("account", accountId).Number("user", userId),
            UserRowReader.ReadShown);
        return rows.SingleOrDefault();
    }

    /// <inheritdoc />
    public async Task<Page<EmployeeRow>> PageAsync(string accountId, EmployeeQuery query)
    {
        var after = long.TryParse(query.Cursor, NumberStyles.None, CultureInfo.InvariantCulture, out var cursor) ? cursor : long.MinValue;
        var filter = new UserFilter(query.Outcome, Reason: null, query.Query, TakenOut: false);
        var rows = await access.ListAsync(
            $"SELECT {UserRowReader.ShownColumns} FROM {UserRowReader.ShownTables} "
            + $"WHERE e.account_id = @account AND e.user_id > @after AND {filter.Condition} ORDER BY e.user_id LIMIT @limit",
            command => filter.Bind(command.Text("account", accountId).Number("after", after).Number("limit", query.Limit + 1L)),
            UserRowReader.ReadShown);
        var shown = rows.Take(query.Limit).ToImmutableArray();
        return new Page<EmployeeRow>(
            shown, rows.Count > query.Limit ? shown[^1].BitrixUserId.ToString(CultureInfo.InvariantCulture) : null);
    }

    /// <inheritdoc />
    public Task<EmployeeWindow> BrowseAsync(string accountId, EmployeeStretch stretch)
    {
        var filter = new UserFilter(stretch.Outcome, stretch.Reason, stretch.Query, stretch.TakenOut);

        // In this order, so that the tallies, which are of all, say how many match where nothing is filtered.
        const string Tallies =
            $"SELECT {UserRowReader.ShownOutcome}, {UserRowReader.ShownReason}, count(*) FROM employee e JOIN account a "
            + "ON a.account_id = e.account_id WHERE e.account_id = @account AND e.outcome IS NOT NULL GROUP BY 1, 2";
        var rows = $"SELECT {UserRowReader.ShownColumns} FROM {UserRowReader.ShownTables} "
            + $"WHERE e.account_id = @account AND {filter.Condition} ORDER BY e.user_id LIMIT @take OFFSET @skip";
        var count = $"SELECT count(*) FROM {UserRowReader.ShownTables} WHERE e.account_id = @account AND {filter.Condition}";
        return access.ReadAsync(
            filter.IsEmpty ? $"{Tallies}; {rows}" : $"{Tallies}; {rows}; {count}",
            command => filter.Bind(command.Text("account", accountId).Number("take", stretch.Take).Number("skip", stretch.Skip)),
            async reader =>
            {
                var tallies = await TalliesAsync(reader);
                await reader.NextResultAsync();
                var shown = ImmutableArray.CreateBuilder<EmployeeRow>();
                while (await reader.ReadAsync())
                {
                    shown.Add(UserRowReader.ReadShown(reader));
                }

                var matching = await reader.NextResultAsync() && await reader.ReadAsync()
                    ? reader.GetInt32(0)
                    : tallies.Sum(tally => tally.Count);
                return new EmployeeWindow(shown.ToImmutable(), matching, tallies);
            });
    }

    /// <inheritdoc />
    public async Task<ImmutableArray<ResponsibleEmployee>> ResponsibleAsync(string accountId) => [.. await access.ListAsync(
        $"SELECT e.user_id, e.employee_id, e.name FROM {UserRowReader.ShownTables} "
        + $"WHERE e.account_id = @account AND e.is_listed AND {Imported} AND x.user_id IS NULL ORDER BY e.user_id",
        command => command.Text("account", accountId),
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
        await access.ExecuteAsync(commands, command => command.Text("account", accountId));
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

    private static async Task<ImmutableArray<EmployeeTally>> TalliesAsync(DbDataReader reader)
    {
        var tallies = new List<EmployeeTally>();
        while (await reader.ReadAsync())
        {
            if (Enum.TryParse<EmployeeOutcome>(reader.GetString(0), out var outcome))
            {
                var reason = reader.TextOrNull(1) is { } code && Enum.TryParse<ProblemCode>(code, out var known)
                    ? known
                    : (ProblemCode?)null;
                tallies.Add(new EmployeeTally(outcome, reason, reader.GetInt32(2)));
            }
        }

        return [.. tallies.OrderBy(tally => tally.Outcome).ThenBy(tally => tally.Reason is { } reason ? (int)reason : -1)];
    }
}
