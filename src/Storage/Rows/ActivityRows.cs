using System.Data.Common;
using OrleansSync.Grains.Interfaces;
using OrleansSync.Grains.Interfaces.Activity;
using OrleansSync.Grains.Interfaces.Runs;

namespace OrleansSync.Storage.Rows;

/// <summary>
/// Adds up the runs of all accounts by parts of a stretch of time. The database does it, because a day of some thousand accounts has more
/// runs than a process should read.
/// </summary>
internal sealed class ActivityRows(RowAccess access, IRowEngine engine)
{
    private const string Within = "FROM run WHERE finished_at >= @from AND finished_at < @until";

    // Every account forgets for itself: the one whose oldest run is the youngest says from when on nothing is missing.
    private const string CompleteSince =
        "SELECT max((SELECT CASE WHEN r.number > 1 THEN r.finished_at END FROM run r WHERE r.account_id = a.account_id "
        + "ORDER BY r.number LIMIT 1)) FROM account a";

    private readonly string _sql =
        $"SELECT {Part(engine)}, status, error_code, count(*), sum(calls_bitrix24), sum(calls_call_gear) {Within} GROUP BY 1, 2, 3; "

        // The smallest wait that is no shorter than half of them, and than 95 of 100: one that really was, and the same on both engines.
        + "SELECT part, min(waited) FILTER (WHERE place * 2 >= runs), min(waited) FILTER (WHERE place * 20 >= runs * 19) FROM (SELECT "
        + "part, waited, row_number() OVER (PARTITION BY part ORDER BY waited) AS place, count(*) OVER (PARTITION BY part) AS runs FROM "
        + $"(SELECT {Part(engine)} AS part, waited {Within} AND waited IS NOT NULL) begun) placed GROUP BY part; "
        + CompleteSince;

    /// <summary>What ended within a stretch of time.</summary>
    public Task<ActivityReport> ReadAsync(ActivitySpan span) => access.ReadAsync(
        _sql,
        command => command.With("from", span.From).With("until", span.Until)
            .With("first", span.From.ToUnixTimeSeconds()).With("width", (long)span.Width.TotalSeconds),
        async reader =>
        {
            ActivityPart[] parts = [.. Enumerable.Range(0, span.Count).Select(part => new ActivityPart(span.StartOf(part)))];
            foreach (var (part, ended) in await reader.AllAsync(ReadEnded))
            {
                parts[part] = With(parts[part], ended);
            }

            foreach (var (part, wait) in await reader.NextAsync(ReadWait))
            {
                parts[part] = parts[part] with { Wait = wait };
            }

            var complete = await reader.NextAsync(row => row.MomentOrNull(0));
            return new ActivityReport(span, [.. parts], complete.Single());
        });

    private static string Part(IRowEngine engine) => $"({engine.Seconds("finished_at")} - @first) / @width";

    private static (int Part, EndedRuns Runs) ReadEnded(DbDataReader reader) => (
        (int)reader.GetInt64(0),
        new EndedRuns(
            reader.NameOrNull<RunStatus>(1),
            reader.NameOrNull<ProblemCode>(2),
            (int)reader.GetInt64(3),
            new RunCalls((int)reader.GetInt64(4), (int)reader.GetInt64(5))));

    private static (int Part, RunWait Wait) ReadWait(DbDataReader reader) => (
        (int)reader.GetInt64(0),
        new RunWait(TimeSpan.FromMilliseconds(reader.GetInt64(1)), TimeSpan.FromMilliseconds(reader.GetInt64(2))));

    private static ActivityPart With(ActivityPart part, EndedRuns ended) => part with
    {
        Runs = part.Runs + ended.Number,
        Failed = ended is { Status: RunStatus.Failed, Code: not ProblemCode.Cancelled }
            ? part.Failed.With(ended.Code, ended.Number)
            : part.Failed,
        Calls = Sum(part.Calls, ended.Calls),
        Refusals = Sum(part.Refusals, new RunCalls(
            IsBitrix24(ended.Code) ? ended.Number : 0, IsCallGear(ended.Code) ? ended.Number : 0)),
    };

    private static RunCalls Sum(RunCalls one, RunCalls other) => new(one.Bitrix24 + other.Bitrix24, one.CallGear + other.CallGear);

    private static bool IsBitrix24(ProblemCode? code) =>
        code is ProblemCode.Bitrix24Unauthorized or ProblemCode.Bitrix24Scope or ProblemCode.Bitrix24Blocked;

    private static bool IsCallGear(ProblemCode? code) => code is ProblemCode.CallGearUnauthorized or ProblemCode.CallGearBlocked;

    /// <summary>Runs of one part that ended alike.</summary>
    private sealed record EndedRuns(RunStatus? Status, ProblemCode? Code, int Number, RunCalls Calls);
}
