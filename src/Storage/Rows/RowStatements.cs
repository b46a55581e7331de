using OrleansSync.Grains.Interfaces.Audit;
using OrleansSync.Grains.Interfaces.Rows;
using OrleansSync.Grains.Interfaces.Runs;

namespace OrleansSync.Storage.Rows;

/// <summary>
/// The statements that write rows of users, of accounts and of audit trails, the same for both engines and always the same text, so that
/// they stay prepared.
/// The first values of each say which row it belongs to: account, user and new version, or account and new version. No version ever comes
/// again, so a row that has the new one was written by the statement before.
/// </summary>
internal sealed class RowStatements(IRowEngine engine)
{
    private const string UserColumns =
        "version, name, email, folded, outcome, reason_code, reason, employee_id, link_email, link_origin, linked_at, intent, is_listed, "
        + "entries, run";

    private const string AccountColumns =
        "version, state, connection, is_being_erased, status, status_rank, problem, display_name, folded, folded_name, portal_key, "
        + "connected_at, last_run_at, last_success_at, next_run_at, failures_in_a_row, decided_run, has_work, overdue_at, imported, "
        + "not_imported";

    private const string OfUser = "account_id = $1 AND user_id = $2";

    private const string UserIsWritten = $"EXISTS (SELECT 1 FROM employee WHERE {OfUser} AND version = $3)";

    private const string AccountIsWritten = "EXISTS (SELECT 1 FROM account WHERE account_id = $1 AND version = $2)";

    private const string EraseUser = $"DELETE FROM employee WHERE {OfUser} AND version = $3";

    private const string EraseHistory = $"DELETE FROM history WHERE {OfUser} AND NOT EXISTS (SELECT 1 FROM employee WHERE {OfUser})";

    private const string Note =
        $"INSERT INTO history (account_id, user_id, entry, at, run_id, outcome, detail) SELECT $1, $2, $4, $5, $6, $7, $8 "
        + $"WHERE {UserIsWritten} ON CONFLICT (account_id, user_id, entry) DO UPDATE "
        + "SET at = excluded.at, run_id = excluded.run_id, outcome = excluded.outcome, detail = excluded.detail";

    private const string Shorten = $"DELETE FROM history WHERE {OfUser} AND entry <= $4 AND {UserIsWritten}";

    private const string Close =
        "INSERT INTO run (account_id, number, run_id, status, finished_at, scope, only_user, error_code, calls_bitrix24, calls_call_gear, "
        + "summary, is_preview, changes, waited) SELECT $1, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15 "
        + $"WHERE {AccountIsWritten}";

    private const string ForgetRuns = $"DELETE FROM run WHERE account_id = $1 AND number <= $3 AND {AccountIsWritten}";

    private const string ForgetChanges = $"DELETE FROM run_change WHERE account_id = $1 AND until_run <= $3 AND {AccountIsWritten}";

    private const string Append =
        "INSERT INTO audit (account_id, at, detail) SELECT account_id, $2, $3 FROM account WHERE account_id = $1 AND NOT is_being_erased";

    private const string ForgetAudit = "DELETE FROM audit WHERE account_id = $1 AND at < $2";

    private const string Change =
        "CAST(value->>'userId' AS bigint), value->>'outcome', CAST(value->>'rank' AS smallint), value->>'reasonCode', value->>'detail'";

    private static readonly string _addUser =
        $"INSERT INTO employee (account_id, user_id, {UserColumns}) VALUES ($1, $2, {Places(UserColumns, 3)}) ON CONFLICT DO NOTHING";

    private static readonly string _changeUser =
        $"UPDATE employee SET ({UserColumns}) = ({Places(UserColumns, 3)}) WHERE {OfUser} AND version = $18";

    private static readonly string _addAccount =
        $"INSERT INTO account (account_id, {AccountColumns}) VALUES ($1, {Places(AccountColumns, 2)}) ON CONFLICT DO NOTHING";

    private static readonly string _changeAccount =
        $"UPDATE account SET ({AccountColumns}) = "
        + $"({Places(AccountColumns, 2).Replace("$4", "coalesce($4, connection)", StringComparison.Ordinal)}) "
        + "WHERE account_id = $1 AND version = $23";

    private static readonly string _reportOfUser = Report($"$4, $5, $2, $6, $7, $8, $9 WHERE {UserIsWritten}");

    private readonly string _end =
        $"UPDATE run_change SET until_run = $3 WHERE account_id = $1 AND until_run = {RunRows.Standing} "
        + $"AND user_id IN (SELECT CAST(value AS bigint) FROM {engine.Elements("$4")}) AND {AccountIsWritten}";

    private readonly string _announce =
        "INSERT INTO employee (account_id, user_id, version, name, email, folded, intent, is_listed, entries, run) SELECT $1, "
        + "CAST(value->>'userId' AS bigint), CAST(value->>'version' AS bigint), value->>'name', value->>'email', value->>'folded', "
        + $"value->>'intent', $3, $4, $5 FROM {engine.Elements("$2")}";

    private readonly string _reportOfRun = Report($"$3, $4, {Change} FROM {engine.Elements("$5")} WHERE {AccountIsWritten}");

    /// <summary>A write of a user's row, with its history and the run's changes.</summary>
    public static RowWrite Of(UserWrite write)
    {
        var row = write.Row;
        if (write.IsErased)
        {
            return new(write.AccountId, row.UserId,
            [
                new(EraseUser, write.AccountId, row.UserId, write.Expected),
                new(EraseHistory, write.AccountId, row.UserId),
            ]);
        }

        RowValue[] written = [write.AccountId, row.UserId, row.Version];
        RowValue[] values =
        [
            .. written, row.Name, row.Email, FoldedText.Of(row.Name, row.Email), row.Outcome?.ToString(), row.Reason?.Code.ToString(),
            RowJson.WriteOrNull(row.Reason), row.Link?.EmployeeId, row.Link?.Email, row.Link?.Origin.ToString(), row.Link?.LinkedAt,
            RowJson.WriteOrNull(row.Intent), row.IsListed, row.Entries, row.Run,
        ];
        var steps = new List<RowStep> { write.Expected is { } expected ? new(_changeUser, [.. values, expected]) : new(_addUser, values) };
        steps.AddRange(write.History.Select((entry, index) => new RowStep(Note,
        [
            .. written, row.Entries - write.History.Length + index + 1, entry.At, entry.RunId, entry.Outcome.ToString(),
            RowJson.Write(new HistoryDetail(entry.Reason, entry.CallGearEmployeeId, entry.Fields, entry.Note)),
        ])));
        if (row.Entries > UserWrite.HistoryLimit)
        {
            steps.Add(new(Shorten, [.. written, row.Entries - UserWrite.HistoryLimit]));
        }

        foreach (var change in write.Changes)
        {
            steps.Add(new(_reportOfUser,
            [
                .. written, write.Run, write.Run + 1, change.Outcome.ToString(), (int)change.Outcome, change.Reason?.Code.ToString(),
                DetailOf(change),
            ]));
        }

        return new(write.AccountId, row.UserId, steps);
    }

    /// <summary>
    /// New rows of users whose creates are about to be sent, as one value. One that is there already is an error, which undoes all of them.
    /// </summary>
    public RowWrite OfAnnounced(string accountId, IReadOnlyList<UserRow> rows) => new(accountId, rows[0].UserId,
    [
        new(_announce, accountId, RowJson.Write<AnnouncedUser[]>([.. rows.Select(row => new AnnouncedUser(
            row.UserId, row.Version, row.Name, row.Email, FoldedText.Of(row.Name, row.Email), RowJson.WriteOrNull(row.Intent)))]),
            false, 0, rows[0].Run),
    ])
    {
        IsAppended = true,
    };

    /// <summary>A write of an account's row, with the run that ends with it.</summary>
    public RowWrite Of(AccountWrite write)
    {
        var (row, columns) = (write.Row, write.Row.Columns);
        RowValue[] written = [row.AccountId, row.Version];
        RowValue[] values =
        [
            .. written, row.State, row.Connection, columns.IsBeingErased, columns.Status.ToString(), (int)columns.Status,
            columns.Problem?.ToString(), columns.DisplayName, FoldedText.Of(row.AccountId, columns.DisplayName),
            FoldedText.Of(columns.DisplayName, null), columns.PortalKey, columns.ConnectedAt, columns.LastRunAt, columns.LastSuccessAt,
            columns.NextRunAt, columns.FailuresInARow, columns.DecidedRun, columns.HasWork, columns.OverdueAt, columns.Imported,
            columns.NotImported,
        ];
        var steps = new List<RowStep>
        {
            write.Expected is { } expected ? new(_changeAccount, [.. values, expected]) : new(_addAccount, values),
        };
        if (write.Run is { } run)
        {
            var summary = run.Summary;
            steps.Add(new(Close,
            [
                .. written, run.Number, summary.RunId, summary.Status.ToString(), summary.FinishedAt, run.Scope.ToString(),
                summary.OnlyUser, summary.Error?.Code.ToString(), summary.Calls.Bitrix24, summary.Calls.CallGear, RowJson.Write(summary),
                summary.DryRun, summary.Changes, WaitedFor(summary),
            ]));
            if (!run.Ended.IsEmpty)
            {
                steps.Add(new(_end, [.. written, run.Number, RowJson.Write(run.Ended)]));
            }

            AddReport(steps, _reportOfRun, [.. written, run.Number, RunRows.Standing], run.Begun);
            AddReport(steps, _reportOfRun, [.. written, run.Number, run.Number + 1],
                run.Own.DistinctBy(change => (change.BitrixUserId, change.Outcome)));
            if (run.ForgottenUpTo is { } forgotten)
            {
                steps.Add(new(ForgetRuns, [.. written, forgotten]));
                steps.Add(new(ForgetChanges, [.. written, forgotten + 1]));
            }
        }

        return new(row.AccountId, UserId: null, steps);
    }

    /// <summary>An entry of an account's audit trail; nothing is written for an account that is not there or is being erased.</summary>
    public static RowWrite Of(string accountId, AuditEntry entry, DateTimeOffset? dropBefore)
    {
        var steps = new List<RowStep> { new(Append, accountId, entry.At, RowJson.Write(entry)) };
        if (dropBefore is { } before)
        {
            steps.Add(new(ForgetAudit, accountId, before));
        }

        return new(accountId, UserId: null, steps) { IsAppended = true };
    }

    private static void AddReport(List<RowStep> steps, string sql, RowValue[] values, IEnumerable<RunChange> changes)
    {
        ReportedChange[] reported = [.. changes.Select(change => new ReportedChange(
            change.BitrixUserId, change.Outcome.ToString(), (int)change.Outcome, change.Reason?.Code.ToString(),
            DetailOf(change)))];
        if (reported.Length > 0)
        {
            steps.Add(new(sql, [.. values, RowJson.Write(reported)]));
        }
    }

    // Two silos may have run: their clocks differ, and the column takes some 24 days.
    private static long? WaitedFor(RunSummary run) => run.StartedAt is { } startedAt
        ? (long)Math.Clamp((startedAt - run.RequestedAt).TotalMilliseconds, 0, int.MaxValue)
        : null;

    private static string DetailOf(RunChange change) =>
        RowJson.Write(new ChangeDetail(change.Name, change.Reason, change.CallGearEmployeeId, change.Fields));

    // Many changes are one value: a run may have begun as many as its portal has users.
    private static string Report(string values) =>
        "INSERT INTO run_change (account_id, first_run, until_run, user_id, outcome, outcome_rank, reason_code, detail) "
        + $"SELECT $1, {values} ON CONFLICT (account_id, user_id, first_run, outcome) DO UPDATE "
        + "SET until_run = excluded.until_run, reason_code = excluded.reason_code, detail = excluded.detail";

    private static string Places(string columns, int first) =>
        string.Join(", ", Enumerable.Range(first, columns.Split(',').Length).Select(place => FormattableString.Invariant($"${place}")));
}
