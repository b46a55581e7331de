using System.Collections.Immutable;
using System.Data.Common;
using OrleansSync.Grains.Interfaces.Activity;
using OrleansSync.Grains.Interfaces.Rows;
using OrleansSync.Grains.Interfaces.Runs;

namespace OrleansSync.Storage.Rows;

/// <inheritdoc cref="IRunRows"/>
internal sealed class RunRows(RowAccess access, IRowEngine engine) : IRunRows
{
    /// <summary>The columns that <see cref="ReadChange"/> expects, in their order.</summary>
    public const string ChangeColumns = "user_id, outcome, detail";

    /// <summary>The end of a change that no run has ended.</summary>
    public const long Standing = long.MaxValue;

    private const string Reported =
        "FROM run r JOIN run_change c ON c.account_id = r.account_id AND c.until_run > r.number AND c.first_run <= r.number "
        + "AND (c.first_run = r.number OR r.scope = 'All' OR (r.scope = 'OnlyUser' AND c.user_id = r.only_user)) "
        + "WHERE r.account_id = @account AND r.run_id = @run";

    private const string IsHeld = "c.reason_code IN ('DeletionGuard', 'RecreationGuard', 'PortalChanged')";

    private const string EmailNow = "SELECT e.email FROM employee e WHERE e.account_id = c.account_id AND e.user_id = c.user_id";

    private static readonly string _kind = $"CASE WHEN {IsHeld} THEN {(int)ChangeKind.Held} "
        + string.Join(' ', Enum.GetValues<ChangeOutcome>().Select(of => $"WHEN c.outcome = '{of}' THEN {(int)RunChange.KindOf(of)}"))
        + $" ELSE {(int)ChangeKind.Failed} END";

    private readonly ActivityRows _activity = new(access, engine);

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
        var (skip, take) = (Math.Max(stretch.Skip, 0), Math.Min(stretch.Take, ChangeStretch.Most));
        var isSearched = stretch.Text is not null;
        var kinds = string.Join(", ", Enum.GetValues<ChangeKind>().Where(stretch.Wants).Select(kind => $"{(int)kind}"));

        // Names are part of what has no column, and neither engine compares them without regard to case: who looks for a text has all
        // changes of the kinds read, some 5 MB of the largest portals' first run.
        return access.ReadAsync(
            $"SELECT {_kind}, count(*) {Reported} GROUP BY 1; "
            + $"SELECT c.user_id, c.outcome, c.detail, ({EmailNow}) {Reported} AND {_kind} IN ({kinds}) "
            + $"ORDER BY {_kind}, c.user_id, c.outcome_rank LIMIT @take OFFSET @skip",
            command => command.With("account", accountId).With("run", runId)
                .With("take", isSearched ? int.MaxValue : take).With("skip", isSearched ? 0 : skip),
            async reader =>
            {
                var tallies = (await reader.AllAsync(row => (Kind: (ChangeKind)row.GetInt32(0), Count: row.GetInt32(1))))
                    .ToImmutableDictionary(tally => tally.Kind, tally => tally.Count);
                var read = await reader.NextAsync(row => ReadChange(row) with { Email = row.TextOrNull(3) });
                RunChange[] found = [.. read.Where(stretch.Finds)];
                return isSearched
                    ? new ChangePage([.. found.Skip(skip).Take(take)], found.Length) { Tallies = tallies }
                    : new ChangePage([.. found], tallies.Where(tally => stretch.Wants(tally.Key)).Sum(tally => tally.Value))
                    {
                        Tallies = tallies,
                    };
            });
    }

    /// <inheritdoc />
    public async Task<ImmutableArray<RunChange>> HeldAsync(string accountId, string runId) => [.. await access.ListAsync(
        $"SELECT c.user_id, c.outcome, c.detail {Reported} AND {IsHeld} ORDER BY c.user_id",
        command => command.With("account", accountId).With("run", runId),
        ReadChange)];

    /// <inheritdoc />
    public async Task<ImmutableDictionary<string, ImmutableArray<RunMark>>> RecentAsync(ImmutableArray<string> accountIds, int most)
    {
        // Where to begin is looked up once an account, so that of each only the runs that are shown are read.
        const string First =
            "coalesce((SELECT k.number FROM run k WHERE k.account_id = a.account_id AND NOT k.is_preview "
            + "ORDER BY k.number DESC LIMIT 1 OFFSET @before), 0)";
        var marks = await access.ListAsync(
            $"SELECT r.account_id, r.finished_at, r.status, r.changes FROM (SELECT a.account_id, {First} AS first FROM account a WHERE "
            + $"a.account_id IN (SELECT value->>'id' FROM {engine.Elements("@accounts")})) wanted "
            + "JOIN run r ON r.account_id = wanted.account_id AND r.number >= wanted.first AND NOT r.is_preview "
            + "ORDER BY r.account_id, r.number DESC",
            command => command.With("before", most - 1L)
                .With("accounts", RowJson.Write<WantedAccount[]>([.. accountIds.Select(id => new WantedAccount(id))])),
            reader => (AccountId: reader.GetString(0), Mark: new RunMark(
                reader.MomentAt(1), reader.NameOrNull<RunStatus>(2) ?? RunStatus.Failed, reader.GetInt32(3))));
        return marks.GroupBy(run => run.AccountId)
            .ToImmutableDictionary(account => account.Key, account => account.Select(run => run.Mark).ToImmutableArray());
    }

    /// <inheritdoc />
    public Task<ActivityReport> ActivityAsync(ActivitySpan span) => _activity.ReadAsync(span);

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
