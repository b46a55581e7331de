using OrleansSync.Api.Web.Charts;
using OrleansSync.Grains.Interfaces.Activity;

namespace OrleansSync.Api.Web.Operation;

/// <summary>What the charts of all accounts' runs show.</summary>
/// <param name="report">What the runs came to.</param>
public sealed class ActivityFigures(ActivityReport report)
{
    // A small service has an import in some minutes: its chart still has three lines that can be told apart.
    private const double LeastThird = 0.1;

    /// <summary>Imports per minute, the mean of each part.</summary>
    public IReadOnlyList<double> PerMinute { get; } =
        [.. report.Parts.Select(part => part.Runs / report.Span.Width.TotalMinutes)];

    /// <summary>How many runs there were.</summary>
    public int Runs { get; } = report.Parts.Sum(part => part.Runs);

    /// <summary>How many of them failed.</summary>
    public int Failed { get; } = report.Parts.Sum(part => part.Failed.Total);

    /// <summary>How many of a hundred runs failed.</summary>
    public double FailedShare => Runs == 0 ? 0 : 100.0 * Failed / Runs;

    /// <summary>
    /// 95 of 100 runs of each part waited no longer than this, which is as round as lengths are shown; null when it is known of none.
    /// </summary>
    public TimeSpan? LongestWait { get; } = report.Parts.Max(part => part.Wait?.Most) is { } most ? RoundedUp(most) : null;

    /// <summary>Where the imports per minute stand.</summary>
    public ChartPlane RunsPlane => PlaneOf(PerMinute.Max(), LeastThird);

    /// <summary>Where the failed imports stand.</summary>
    public ChartPlane FailedPlane => PlaneOf(report.Parts.Max(part => part.Failed.Total), leastThird: 1);

    /// <summary>Where the waits stand, in seconds.</summary>
    public ChartPlane WaitPlane => PlaneOf(LongestWait?.TotalSeconds ?? 0, LeastThird);

    /// <summary>The columns' parts of one cause, in the order of the causes from the foot up.</summary>
    public string PathOf(FailureCause cause) => FailedPlane.Columns(report.Parts.Select(part => (
        (double)Enum.GetValues<FailureCause>().Where(other => other < cause).Sum(part.Failed.Of), (double)part.Failed.Of(cause))));

    private static TimeSpan RoundedUp(TimeSpan wait)
    {
        var unit = wait.TotalSeconds < 10 ? TimeSpan.TicksPerSecond / 10 : TimeSpan.TicksPerSecond;
        return new TimeSpan((wait.Ticks + unit - 1) / unit * unit);
    }

    private ChartPlane PlaneOf(double highest, double leastThird) => new(report.Span.Count, ChartScale.For(highest, leastThird));
}
