using System.Collections.Immutable;
using System.Data.Common;
using OrleansSync.Grains.Interfaces;
using OrleansSync.Grains.Interfaces.Activity;
using OrleansSync.Grains.Interfaces.Rows;
using OrleansSync.Grains.Interfaces.Runs;

namespace OrleansSync.Storage.Rows;

/// <inheritdoc cref="IRunRows"/>
internal sealed class RunRows(RowAccess access) : IRunRows
{
    /// <summary>The columns that <see cref="ReadChange"/> expects, in their order.</summary>
    public const string ChangeColumns = "user_id, outcome, detail";

    /// <summary>The end of a change that no run has ended.</summary>
    public const long Standing = long.MaxValue;

    private const string Reported =
        "FROM run r JOIN run_change c ON c.account_id = r.account_id AND c.until_run > r.number AND c.first_run <= r.number "
        + "AND (c.first_run = r.number OR r.scope = 'All' OR (r.scope = 'OnlyUser' AND c.user_id = r.only_user)) "
        + "WHERE r.account_id = @account AND r.run_id = @run";

    private const string Held = " AND c.reason_code IN ('DeletionGuard', 'RecreationGuard', 'PortalChanged')";

    /// <inheritdoc />
    public async Task<RunSummary?> FindAsync(string accountId, string runId) => (await access.ListAsync(
        "SELECT summary FROM run WHERE account_id = @account AND run_id = @run",
        command => command.With("account", accountId).With("run", runId),
        reader => RowJson.TryRead<RunSummary>(reader.GetString(0)))).SingleOrDefault();

    /// <inheritdoc />
    public async Task<ImmutableArray<RunSummary>> PageAsync(string accountId, RunQuery query)
    {
        // An account keeps some hundred runs: which of them match is looked up in their summaries, and needs no columns.
        var runs = await access.ListAsync(
            "SELECT summary FROM run WHERE account_id = @account "
            + (query.Cursor is null ? "" : "AND number < (SELECT number FROM run WHERE account_id = @account AND run_id = @before) ")
            + "ORDER BY number DESC LIMIT @limit",
            command =>
            {
                command.With("account", accountId).With("limit", query.IsOfAll ? query.Limit : int.MaxValue);
                if (query.Cursor is { } before)
                {
                    command.With("before", before);
                }
            },
            reader => RowJson.TryRead<RunSummary>(reader.GetString(0)));
        return [.. runs.OfType<RunSummary>().Where(query.Wants).Take(query.Limit)];
    }

    /// <inheritdoc />
    public Task<ChangePage> ChangesAsync(string accountId, string runId, ChangeStretch stretch)
    {
        var wanted = stretch.HeldOnly ? Reported + Held : Reported;
        return access.ReadAsync(
            $"SELECT count(*) {wanted}; SELECT c.user_id, c.outcome, c.detail {wanted} ORDER BY c.user_id, c.outcome_rank "
            + "LIMIT @take OFFSET @skip",
            command => command.With("account", accountId).With("run", runId)
                .With("take", Math.Min(stretch.Take, ChangeStretch.Most)).With("skip", stretch.Skip),
            async reader =>
            {
                var total = await reader.AllAsync(row => row.GetInt32(0));
                var changes = await reader.NextAsync(ReadChange);
                return new ChangePage([.. changes], total[0]);
            });
    }

    /// <inheritdoc />
    public async Task<ImmutableArray<RunChange>> HeldAsync(string accountId, string runId) => [.. await access.ListAsync(
        $"SELECT c.user_id, c.outcome, c.detail {Reported}{Held} ORDER BY c.user_id",
        command => command.With("account", accountId).With("run", runId),
        ReadChange)];

    /// <inheritdoc />
    public async Task<ImmutableArray<ActivityMinute>> ActivityAsync(DateTimeOffset since)
    {
        var runs = await access.ListAsync(
            "SELECT finished_at, status, error_code, calls_bitrix24, calls_call_gear FROM run WHERE finished_at >= @since "
            + "ORDER BY finished_at",
            command => command.With("since", since),
            reader => new EndedRun(
                reader.MomentAt(0),
                Enum.Parse<RunStatus>(reader.GetString(1)),
                reader.NameOrNull<ProblemCode>(2),
                new RunCalls(reader.GetInt32(3), reader.GetInt32(4))));
        return ActivityMinutes.Of(runs);
    }

    /// <summary>
    /// Reads a change. One that holds what no release has written has no name and no reason: the next run finds another and ends it.
    /// </summary>
    public static RunChange ReadChange(DbDataReader reader)
    {
        var detail = RowJson.TryRead<ChangeDetail>(reader.GetString(2)) ?? new ChangeDetail(string.Empty, null, null, []);
        return new RunChange
        {
            BitrixUserId = reader.GetInt64(0),
            Name = detail.Name,
            Outcome = reader.NameOrNull<ChangeOutcome>(1) ?? ChangeOutcome.Failed,
            Reason = detail.Reason,
            CallGearEmployeeId = detail.EmployeeId,
            Fields = detail.Fields.IsDefault ? [] : detail.Fields,
        };
    }
}
