using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using OrleansSync.Grains.Interfaces.Runs;

namespace OrleansSync.Api.Web.Runs;

/// <summary>What the runs of a stretch of time changed, in columns that stand on one time axis.</summary>
/// <param name="From">Where the axis begins.</param>
/// <param name="Until">Where it ends.</param>
/// <param name="Columns">The columns, oldest first; those without a run included.</param>
/// <param name="Highest">The value at the top of the other axis, such that thirds of it are whole.</param>
public sealed record RunColumns(
    DateTimeOffset From, DateTimeOffset Until, ImmutableArray<RunColumn> Columns, int Highest)
{
    /// <summary>The width of the picture.</summary>
    public const int Width = 960;

    /// <summary>How far back <see cref="OfLastDays"/> goes.</summary>
    public static readonly TimeSpan Days = TimeSpan.FromHours(48);

    private const int Height = 100;
    private const double Least = 2.5;
    private const double Gap = 0.8;

    private static readonly int[] _steps = [1, 2, 5, 10];

    /// <summary>The values at the lines across, the highest first.</summary>
    public IEnumerable<int> Marks => [Highest, Highest * 2 / 3, Highest / 3, 0];

    private double Step => (double)Width / Columns.Length;

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

        return new RunColumns(from, until, [.. columns], Rounded(columns.Max(column => column.Changes)));
    }

    /// <summary>The columns' parts of one kind, as one path.</summary>
    public string PathOf(ChangePart part)
    {
        var path = new StringBuilder();
        foreach (var (index, column) in Columns.Index())
        {
            var below = column.Parts.TakeWhile(other => other.Part != part).Sum(other => other.Number);
            var number = column.Parts.Single(other => other.Part == part).Number;
            if (number > 0)
            {
                // Few beside many can be seen too, and stand on the line.
                var height = Math.Max(1, (Height * (double)number / Highest) - Gap);
                Add(path, index, Math.Min(Height * (1 - ((double)(below + number) / Highest)), Height - height), height);
            }
        }

        return path.ToString();
    }

    /// <summary>Small marks where a run found nothing to change.</summary>
    public string PathOfNothing()
    {
        var path = new StringBuilder();
        foreach (var (index, _) in Columns.Index().Where(column => column.Item is { Changes: 0, Runs.IsEmpty: false, HasFailed: false }))
        {
            Add(path, index, Height - Least, Least);
        }

        return path.ToString();
    }

    /// <summary>Where a column's middle is, as a share of the axis in percent.</summary>
    public string PlaceOf(int index) => Percent((index + 0.5) / Columns.Length);

    /// <summary>How high a column is, as a share of the picture in percent.</summary>
    public string HeightOf(RunColumn column) => Percent((double)column.Changes / Highest);

    private void Add(StringBuilder path, int index, double top, double height)
    {
        var (left, width) = ((index + 0.15) * Step, Step * 0.7);
        path.Append(CultureInfo.InvariantCulture, $"M{left:0.#} {top:0.#}h{width:0.#}v{height:0.#}h-{width:0.#}z");
    }

    private static string Percent(double share) => (share * 100).ToString("0.##", CultureInfo.InvariantCulture) + "%";

    private static int Rounded(int highest)
    {
        var third = Math.Max(1, (highest + 2) / 3);
        var power = (int)Math.Pow(10, Math.Floor(Math.Log10(third)));
        return 3 * power * _steps.First(step => step * power >= third);
    }
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
