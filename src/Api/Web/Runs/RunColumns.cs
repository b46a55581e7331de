using System.Collections.Immutable;
using OrleansSync.Api.Web.Charts;
using OrleansSync.Grains.Interfaces.Runs;

namespace OrleansSync.Api.Web.Runs;

/// <summary>What the runs of a stretch of time changed, in columns that stand on one time axis.</summary>
/// <param name="From">Where the axis begins.</param>
/// <param name="Until">Where it ends.</param>
/// <param name="Columns">The columns, oldest first; those without a run included.</param>
/// <param name="Scale">The other axis; thirds of it are whole.</param>
public sealed record RunColumns(DateTimeOffset From, DateTimeOffset Until, ImmutableArray<RunColumn> Columns, ChartScale Scale)
{
    /// <summary>How far back <see cref="OfLastDays"/> goes.</summary>
    public static readonly TimeSpan Days = TimeSpan.FromHours(48);

    /// <summary>Where the columns stand.</summary>
    public ChartPlane Plane => new(Columns.Length, Scale);

    /// <summary>The columns of the last 48 hours, one for each half hour.</summary>
    public static RunColumns OfLastDays(IEnumerable<RunSummary> runs, DateTimeOffset now) => Of(runs, now - Days, now, count: 96);

    /// <summary>The columns of a stretch of time. Previews and runs under way are left out.</summary>
    /// <param name="runs">The runs, newest first.</param>
    /// <param name="from">Where the stretch begins.</param>
    /// <param name="until">Where it ends.</param>
    /// <param name="count">How many columns there are.</param>
    public static RunColumns Of(IEnumerable<RunSummary> runs, DateTimeOffset from, DateTimeOffset until, int count)
    {
        var columns = Enumerable.Range(0, count).Select(index => new RunColumn(from + ((until - from) / count * index), [])).ToArray();
        foreach (var run in runs.Where(run =>
            run is { IsFinished: true, DryRun: false } && run.RequestedAt >= from && run.RequestedAt < until))
        {
            var index = (int)((run.RequestedAt - from) / (until - from) * count);
            columns[index] = columns[index] with { Runs = columns[index].Runs.Add(run) };
        }

        return new RunColumns(from, until, [.. columns], ChartScale.For(columns.Max(column => column.Changes)));
    }

    /// <summary>The columns' parts of one kind, as one path.</summary>
    public string PathOf(ChangePart part) => Plane.Columns(Columns.Select(column => (
        (double)column.Parts.TakeWhile(other => other.Part != part).Sum(other => other.Number),
        (double)column.Parts.Single(other => other.Part == part).Number)));

    /// <summary>Small marks where a run found nothing to change.</summary>
    public string PathOfNothing() => Plane.Stubs(Columns.Index()
        .Where(column => column.Item is { Changes: 0, Runs.IsEmpty: false, HasFailed: false }).Select(column => column.Index));
}

/// <summary>The runs of one column.</summary>
/// <param name="At">Where it begins.</param>
/// <param name="Runs">The runs, newest first.</param>
public sealed record RunColumn(DateTimeOffset At, ImmutableArray<RunSummary> Runs)
{
    /// <summary>How many changes of each kind they made, in the order of the legend.</summary>
    public IEnumerable<(ChangePart Part, int Number)> Parts =>
    [
        (ChangePart.Created, Runs.Sum(run => run.Counts.Created)), (ChangePart.Linked, Runs.Sum(run => run.Counts.Linked)),
        (ChangePart.Updated, Runs.Sum(run => run.Counts.PhonesAdded)),
        (ChangePart.Left, Runs.Sum(run => run.Counts.RemovedFromResponsible)),
    ];

    /// <summary>How many changes they made.</summary>
    public int Changes => Parts.Sum(part => part.Number);

    /// <summary>Whether one of them ended without doing its work.</summary>
    public bool HasFailed => Runs.Any(run => run.Status == RunStatus.Failed);

    /// <summary>Whether one of them ended with errors.</summary>
    public bool HasErrors => Runs.Any(run => run.Status == RunStatus.CompletedWithErrors);
}

/// <summary>What a chart tells apart.</summary>
public enum ChangePart
{
    /// <summary>Employees that were created (R3.3).</summary>
    Created,

    /// <summary>Employees that were linked (R3.2).</summary>
    Linked,

    /// <summary>Numbers that were added (R5).</summary>
    Updated,

    /// <summary>Employees that left the list of R7.</summary>
    Left,
}
