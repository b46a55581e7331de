using System.Collections.Immutable;
using OrleansSync.Grains.Interfaces;

namespace OrleansSync.Grains.Activity;

/// <summary>Runs by the minute, for as long as the overview looks back.</summary>
internal static class ActivityWindow
{
    /// <summary>How far back minutes are kept.</summary>
    public static readonly TimeSpan Length = TimeSpan.FromHours(1);

    private static readonly TimeSpan _minute = TimeSpan.FromMinutes(1);

    /// <summary>The window with one more run, and without the minutes that are over long enough.</summary>
    /// <param name="minutes">The window, by time.</param>
    /// <param name="run">The run.</param>
    public static ImmutableSortedDictionary<DateTimeOffset, ActivityMinute> With(
        ImmutableSortedDictionary<DateTimeOffset, ActivityMinute> minutes, FinishedRun run)
    {
        var start = new DateTimeOffset(run.At.UtcTicks - (run.At.UtcTicks % _minute.Ticks), TimeSpan.Zero);
        var before = minutes.GetValueOrDefault(start) ?? new ActivityMinute(start, 0, 0, RunCalls.None, RunCalls.None);
        return Since(minutes, run.At - Length).SetItem(start, before with
        {
            Runs = before.Runs + 1,
            Failed = before.Failed + (run.Status == RunStatus.Failed ? 1 : 0),
            Calls = Sum(before.Calls, run.Calls),
            Refusals = Sum(before.Refusals, RefusalOf(run.Code)),
        });
    }

    /// <summary>The minutes that began after a moment.</summary>
    /// <param name="minutes">The window, by time.</param>
    /// <param name="moment">The moment.</param>
    public static ImmutableSortedDictionary<DateTimeOffset, ActivityMinute> Since(
        ImmutableSortedDictionary<DateTimeOffset, ActivityMinute> minutes, DateTimeOffset moment) =>
        minutes.RemoveRange(minutes.Keys.TakeWhile(start => start <= moment).ToList());

    private static RunCalls RefusalOf(ProblemCode? code) => code switch
    {
        ProblemCode.Bitrix24Unauthorized or ProblemCode.Bitrix24Scope or ProblemCode.Bitrix24Blocked => new RunCalls(1, 0),
        ProblemCode.CallGearUnauthorized or ProblemCode.CallGearBlocked => new RunCalls(0, 1),
        _ => RunCalls.None,
    };

    private static RunCalls Sum(RunCalls one, RunCalls other) => new(one.Bitrix24 + other.Bitrix24, one.CallGear + other.CallGear);
}
