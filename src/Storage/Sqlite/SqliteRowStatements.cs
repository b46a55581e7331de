using Microsoft.Data.Sqlite;
using OrleansSync.Storage.Rows;

namespace OrleansSync.Storage.Sqlite;

/// <summary>The statements of one transaction that writes rows; each is prepared once.</summary>
internal sealed class SqliteRowStatements(SqliteConnection connection, SqliteTransaction transaction) : IDisposable
{
    private const string UserColumns =
        "version, name, email, folded, outcome, reason_code, reason, employee_id, link_email, link_origin, linked_at, intent, is_listed, "
        + "entries, run";

    private const string AccountColumns =
        "version, state, connection, is_being_erased, status, status_rank, problem, display_name, folded, folded_name, portal_key, "
        + "connected_at, last_run_at, last_success_at, next_run_at, failures_in_a_row, decided_run, has_work";

    private static readonly string _addUser =
        $"INSERT INTO employee (account_id, user_id, {UserColumns}) VALUES (@account, @user, {Values(UserColumns)}) ON CONFLICT DO NOTHING";

    private static readonly string _changeUser =
        $"UPDATE employee SET ({UserColumns}) = ({Values(UserColumns)}) WHERE account_id = @account AND user_id = @user "
        + "AND version = @expected";

    private static readonly string _addAccount =
        $"INSERT INTO account (account_id, {AccountColumns}) VALUES (@account, {Values(AccountColumns)}) ON CONFLICT DO NOTHING";

    private static readonly string _changeAccount =
        $"UPDATE account SET ({AccountColumns}) = "
        + $"({Values(AccountColumns).Replace("@connection,", "coalesce(@connection, connection),", StringComparison.Ordinal)}) "
        + "WHERE account_id = @account AND version = @expected";

    private readonly Dictionary<string, SqliteCommand> _commands = [];

    /// <summary>Writes a user's row with what belongs to it; false when it has another version.</summary>
    public bool Write(UserValues user)
    {
        var (account, id) = (user.Write.AccountId, user.Row.UserId);
        if (user.Write.IsErased)
        {
            return Run("DELETE FROM employee WHERE account_id = @account AND user_id = @user "
                + "AND version = @expected", ("@account", account), ("@user", id),
                    ("@expected", user.Write.Expected)) > 0
                && Run("DELETE FROM history WHERE account_id = @account AND user_id = @user", ("@account", account), ("@user", id)) >= 0;
        }

        if (Run(user.Write.Expected is null ? _addUser : _changeUser, ValuesOf(user)) == 0)
        {
            return false;
        }

        foreach (var entry in user.History)
        {
            Run("INSERT OR REPLACE INTO history (account_id, user_id, entry, at, run_id, outcome, detail) "
                + "VALUES (@account, @user, @entry, @at, @run, @outcome, @detail)",
                ("@account", account), ("@user", id), ("@entry", entry.Entry), ("@at", entry.At), ("@run", entry.RunId),
                ("@outcome", entry.Outcome),
                ("@detail", entry.Detail));
        }

        if (user.Row.Entries > 100)
        {
            Run("DELETE FROM history WHERE account_id = @account AND user_id = @user AND entry <= @old", ("@account", account),
                ("@user", id),
                ("@old", user.Row.Entries - 100));
        }

        Report(account, user.Changes);
        return true;
    }

    /// <summary>Writes an account's row with the run that ends with it; false when it has another version.</summary>
    public bool Write(AccountValues account)
    {
        if (Run(account.Write.Expected is null ? _addAccount : _changeAccount, ValuesOf(account)) == 0)
        {
            return false;
        }

        if (account.Run is { } run)
        {
            Close(account.Row.AccountId, run);
        }

        return true;
    }

    /// <inheritdoc />
    public void Dispose()
    {
        foreach (var command in _commands.Values)
        {
            command.Dispose();
        }
    }

    private void Close(string account, RunValues run)
    {
        var (number, summary) = (run.Run.Number, run.Summary);
        Run("INSERT INTO run (account_id, number, run_id, status, finished_at, scope, only_user, error_code, calls_bitrix24, "
            + "calls_call_gear, summary) VALUES (@account, @number, @run, @status, @at, @scope, @user, @code, @bitrix24, @callGear, "
            + "@summary)",
            ("@account", account), ("@number", number), ("@run", summary.RunId), ("@status", summary.Status.ToString()),
            ("@at", summary.FinishedAt!.Value.ToUniversalTime()),
            ("@scope", run.Run.Scope.ToString()), ("@user", summary.OnlyUser), ("@code", summary.Error?.Code.ToString()),
            ("@bitrix24", summary.Calls.Bitrix24),
            ("@callGear", summary.Calls.CallGear), ("@summary", run.Text));
        foreach (var user in run.Run.Ended)
        {
            Run("UPDATE run_change SET until_run = @number WHERE account_id = @account AND user_id = @user "
                + "AND until_run = 9223372036854775807",
                ("@number", number), ("@account", account), ("@user", user));
        }

        Report(account, run.Changes);
        Run("DELETE FROM run WHERE account_id = @account AND number <= @old", ("@account", account), ("@old", run.Run.ForgottenUpTo));
        Run(
            "DELETE FROM run_change WHERE account_id = @account AND until_run <= @old",
            ("@account", account),
            ("@old", run.Run.ForgottenUpTo + 1));
    }

    private void Report(string account, IEnumerable<ChangeValues> changes)
    {
        foreach (var change in changes)
        {
            Run("INSERT INTO run_change (account_id, user_id, first_run, until_run, outcome, outcome_rank, reason_code, detail) "
                + "VALUES (@account, @user, @first, @until, @outcome, @rank, @code, @detail) "
                + "ON CONFLICT (account_id, user_id, first_run, outcome) DO UPDATE "
                + "SET until_run = excluded.until_run, reason_code = excluded.reason_code, detail = excluded.detail",
                ("@account", account), ("@user", change.UserId), ("@first", change.First), ("@until", change.Until),
                ("@outcome", change.Outcome), ("@rank", change.Rank),
                ("@code", change.ReasonCode), ("@detail", change.Detail));
        }
    }

    private int Run(string sql, params ReadOnlySpan<(string Name, object? Value)> values)
    {
        if (!_commands.TryGetValue(sql, out var command))
        {
            command = connection.CreateCommand();
            command.Transaction = transaction;
#pragma warning disable CA2100 // The text comes from constants of this assembly.
            command.CommandText = sql;
#pragma warning restore CA2100
            foreach (var (name, _) in values)
            {
                command.Parameters.Add(new SqliteParameter { ParameterName = name });
            }

            _commands.Add(sql, command);
        }

        for (var index = 0; index < values.Length; index++)
        {
            command.Parameters[index].Value = values[index].Value ?? DBNull.Value;
        }

        return command.ExecuteNonQuery();
    }

    private static (string, object?)[] ValuesOf(UserValues user) =>
    [
        ("@account", user.Write.AccountId), ("@user", user.Row.UserId), ("@expected", user.Write.Expected), ("@version", user.Row.Version),
        ("@name", user.Name),
        ("@email", user.Email), ("@folded", user.Folded), ("@outcome", user.Outcome), ("@reason_code", user.ReasonCode),
        ("@reason", user.Reason),
        ("@employee_id", user.Row.Link?.EmployeeId), ("@link_email", user.LinkEmail), ("@link_origin", user.LinkOrigin),
        ("@linked_at", user.LinkedAt),
        ("@intent", user.Intent), ("@is_listed", user.Row.IsListed), ("@entries", user.Row.Entries), ("@run", user.Row.Run),
    ];

    private static (string, object?)[] ValuesOf(AccountValues account) =>
    [
        ("@account", account.Row.AccountId), ("@expected", account.Write.Expected), ("@version", account.Row.Version),
        ("@state", account.State),
        ("@connection", account.Connection), ("@is_being_erased", account.Columns.IsBeingErased),
        ("@status", account.Columns.Status.ToString()),
        ("@status_rank", (int)account.Columns.Status), ("@problem", account.Columns.Problem?.ToString()),
        ("@display_name", account.DisplayName),
        ("@folded", account.Folded), ("@folded_name", account.FoldedName), ("@portal_key", account.Columns.PortalKey),
        ("@connected_at", account.Columns.ConnectedAt.ToUniversalTime()), ("@last_run_at", account.Columns.LastRunAt?.ToUniversalTime()),
        ("@last_success_at", account.Columns.LastSuccessAt?.ToUniversalTime()),
        ("@next_run_at", account.Columns.NextRunAt?.ToUniversalTime()),
        ("@failures_in_a_row", account.Columns.FailuresInARow), ("@decided_run", account.Columns.DecidedRun),
        ("@has_work", account.Columns.HasWork),
    ];

    private static string Values(string columns) => string.Join(", ", columns.Split(", ").Select(column => "@" + column));
}
