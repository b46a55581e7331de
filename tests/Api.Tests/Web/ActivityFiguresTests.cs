using OrleansSync.Api.Tests.Hosting;
using OrleansSync.Api.Web.Operation;
using OrleansSync.Grains.Interfaces;
using OrleansSync.Grains.Interfaces.Activity;

namespace OrleansSync.Api.Tests.Web;

/// <summary>What the charts of all accounts' runs show, and over which stretch of time.</summary>
public sealed class ActivityFiguresTests
{
    [Theory]
    [InlineData(ActivityRange.Hour, 60, 60)]
    [InlineData(ActivityRange.Day, 96, 24 * 60)]
    [InlineData(ActivityRange.Week, 84, 7 * 24 * 60)]
    public void Span_OfARange_EndsWithTheLastFullMinute(ActivityRange range, int parts, int minutes)
    {
        var span = ActivitySpan.Of(range, Samples.Noon.ToOffset(TimeSpan.FromHours(3)).AddSeconds(59.999));

        Assert.Equal((Samples.Noon, parts, TimeSpan.FromMinutes(minutes)), (span.Until, span.Count, span.Until - span.From));
        Assert.Equal(TimeSpan.Zero, span.From.Offset);
        Assert.Equal(span, ActivitySpan.Of(range, Samples.Noon));
        Assert.NotEqual(span, ActivitySpan.Of(range, Samples.Noon.AddTicks(-1)));
    }

    [Fact]
    public void Figures_OfADay_AreMeansPerMinuteAndSums()
    {
        var figures = new ActivityFigures(Report(
            part => part with { Runs = 30, Failed = new FailedRuns(NoAnswer: 1, Refused: 2) },
            part => part with { Runs = 10, Failed = new FailedRuns(Other: 1), Wait = Wait(1, 4) },
            part => part with { Wait = Wait(2, 3) }));

        Assert.Equal([2, 10 / 15.0, 0], figures.PerMinute.Take(3));
        Assert.Equal((40, 4, 10.0), (figures.Runs, figures.Failed, figures.FailedShare));
        Assert.Equal(TimeSpan.FromSeconds(4), figures.LongestWait);
        Assert.Equal((3, 3, 6), (figures.RunsPlane.Scale.Highest, figures.FailedPlane.Scale.Highest, figures.WaitPlane.Scale.Highest));
        Assert.StartsWith("M1.5 66.7h7v32.5", figures.PathOf(FailureCause.NoAnswer), StringComparison.Ordinal);
        Assert.StartsWith("M1.5 0h7", figures.PathOf(FailureCause.Refused), StringComparison.Ordinal);
        Assert.Equal("", figures.PathOf(FailureCause.RateLimit));
    }

    [Theory]
    [InlineData(2_100, 2.1)]
    [InlineData(2_101, 2.2)]
    [InlineData(9_999, 10)]
    [InlineData(10_001, 11)]
    public void LongestWait_IsRoundedUp_SoThatNobodyWaitedLonger(int milliseconds, double seconds)
    {
        var wait = new RunWait(TimeSpan.Zero, TimeSpan.FromMilliseconds(milliseconds));

        Assert.Equal(TimeSpan.FromSeconds(seconds), new ActivityFigures(Report(part => part with { Wait = wait })).LongestWait);
    }

    [Fact]
    public void Figures_OfNothing_AreZeroAndKnowNoWait()
    {
        var figures = new ActivityFigures(Report());

        Assert.Equal((0, 0, 0.0, null), (figures.Runs, figures.Failed, figures.FailedShare, figures.LongestWait));
        Assert.Equal(96, figures.WaitPlane.Count);
    }

    [Fact]
    public void Causes_OfAllCodes_AddUpToTheTotal()
    {
        var failed = Enum.GetValues<ProblemCode>().Aggregate(FailedRuns.None, (sum, code) => sum.With(code, 2)).With(null, 1);

        Assert.Equal((2 * Enum.GetValues<ProblemCode>().Length) + 1, failed.Total);
        Assert.Equal(failed.Total, Enum.GetValues<FailureCause>().Sum(failed.Of));
        Assert.Equal((6, 12, 2), (failed.NoAnswer, failed.Refused, failed.RateLimit));
    }

    /// <summary>A day whose first parts are as a test says; the others have nothing.</summary>
    internal static ActivityReport Report(params Func<ActivityPart, ActivityPart>[] parts)
    {
        var span = ActivitySpan.Of(ActivityRange.Day, Samples.Noon);
        var all = Enumerable.Range(0, span.Count).Select(part => new ActivityPart(span.StartOf(part)));
        return new ActivityReport(
            span, [.. all.Index().Select(part => part.Index < parts.Length ? parts[part.Index](part.Item) : part.Item)], null);
    }

    private static RunWait Wait(int median, int most) => new(TimeSpan.FromSeconds(median), TimeSpan.FromSeconds(most));
}
