using System.Collections.Immutable;
using OrleansSync.Grains.Interfaces;
using OrleansSync.Grains.Interfaces.Activity;
using OrleansSync.Grains.Interfaces.Runs;

namespace OrleansSync.Storage.Rows;

/// <summary>Adds up runs by the minute in which they ended.</summary>
internal static class ActivityMinutes
{
    private static readonly TimeSpan _minute = TimeSpan.FromMinutes(1);

    /// <summary>The minutes in which a run ended, oldest first.</summary>
    public static ImmutableArray<ActivityMinute> Of(IEnumerable<EndedRun> runs) => [.. runs
        .GroupBy(run => run.At.UtcTicks - (run.At.UtcTicks % _minute.Ticks))
        .OrderBy(minute => minute.Key)
        .Select(minute => new ActivityMinute(
            new DateTimeOffset(minute.Key, TimeSpan.Zero),
            minute.Count(),
            minute.Count(run => run.Status == RunStatus.Failed),
            new RunCalls(minute.Sum(run => run.Calls.Bitrix24), minute.Sum(run => run.Calls.CallGear)),
            new RunCalls(minute.Count(run => IsBitrix24(run.Code)), minute.Count(run => IsCallGear(run.Code)))))];

    private static bool IsBitrix24(ProblemCode? code) =>
        code is ProblemCode.Bitrix24Unauthorized or ProblemCode.Bitrix24Scope or ProblemCode.Bitrix24Blocked;

    private static bool IsCallGear(ProblemCode? code) => code is ProblemCode.CallGearUnauthorized or ProblemCode.CallGearBlocked;
}

/// <summary>What the sums need of a run that ended.</summary>
internal sealed record EndedRun(DateTimeOffset At, RunStatus Status, ProblemCode? Code, RunCalls Calls);
