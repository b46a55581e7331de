using System.Collections.Immutable;
using CsCheck;
using OrleansSync.Grains.Activity;
using OrleansSync.Grains.Interfaces;

namespace OrleansSync.Grains.Tests.Activity;

public sealed class ActivityWindowTests
{
    private static readonly DateTimeOffset _noon = new(2025, 3, 1, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void With_RunsOfOneMinute_AddsThemUp()
    {
        var minutes = Window(
            Run(_noon.AddSeconds(1)),
            Run(_noon.AddSeconds(59)) with { Status = RunStatus.Failed, Code = ProblemCode.Bitrix24Scope },
            Run(_noon.AddSeconds(60)) with { Status = RunStatus.Failed, Code = ProblemCode.CallGearBlocked });

        Assert.Equal(
            [new ActivityMinute(_noon, 2, 1, new RunCalls(2, 10), new RunCalls(1, 0)), new ActivityMinute(_noon.AddMinutes(1), 1, 1, new RunCalls(1, 5), new RunCalls(0, 1))],
            minutes.Values);
    }

    [Fact]
    public void With_RunOfAnHourLater_ForgetsTheMinutesBefore() =>
        Assert.Equal([_noon.AddMinutes(60)], Window(Run(_noon), Run(_noon.AddMinutes(60))).Keys);

    [Fact]
    public void With_AnyRuns_KeepsAnHourAtMostAndLosesNoRunOfIt() => Gen.Int[0, 10_000].Array[1, 50].Sample(seconds =>
    {
        var times = seconds.Order().Select(second => _noon.AddSeconds(second)).ToList();
        var minutes = Window([.. times.Select(Run)]);

        Assert.True(minutes.Count <= 60);
        Assert.Equal(times.Count(at => Floor(at) > times[^1] - ActivityWindow.Length), minutes.Values.Sum(minute => minute.Runs));
    });

    private static DateTimeOffset Floor(DateTimeOffset at) => at.AddSeconds(-at.Second);

    private static FinishedRun Run(DateTimeOffset at) => new("acme", at, RunStatus.Succeeded, Code: null, new RunCalls(1, 5));

    private static ImmutableSortedDictionary<DateTimeOffset, ActivityMinute> Window(params FinishedRun[] runs) =>
        runs.Aggregate(ImmutableSortedDictionary<DateTimeOffset, ActivityMinute>.Empty, ActivityWindow.With);
}
