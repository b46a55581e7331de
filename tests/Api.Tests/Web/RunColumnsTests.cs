using System.Globalization;
using System.Text.RegularExpressions;
using OrleansSync.Api.Tests.Hosting;
using OrleansSync.Api.Web.Charts;
using OrleansSync.Api.Web.Runs;
using OrleansSync.Grains.Interfaces.Runs;

namespace OrleansSync.Api.Tests.Web;

/// <summary>The columns of a chart: which run stands where, how high, and what is marked.</summary>
public sealed partial class RunColumnsTests
{
    private const int Count = 96;

    private static readonly TimeSpan _span = TimeSpan.FromHours(48);
    private static readonly DateTimeOffset _from = Samples.Noon - _span;

    public static TheoryData<int> Seeds => [1, 2, 3, 4, 5];

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Of_AnyRuns_PutsEachIntoTheColumnOfItsTime(int seed)
    {
        var runs = AnyRuns(new Random(seed));

        var columns = Of(runs);

        Assert.Equal(Count, columns.Columns.Length);
        Assert.Equal(
            runs.Where(run => run.IsFinished && !run.DryRun).Select(run => run.RunId).Order(StringComparer.Ordinal),
            columns.Columns.SelectMany(column => column.Runs).Select(run => run.RunId).Order(StringComparer.Ordinal));
        foreach (var column in columns.Columns)
        {
            Assert.All(column.Runs, run => Assert.InRange(run.RequestedAt - column.At, TimeSpan.Zero, _span / Count));
            Assert.Equal(column.Runs.OrderByDescending(run => run.RequestedAt), column.Runs);
        }
    }

    [Fact]
    public void Of_RunsAtTheEdges_TakesTheFirstMomentAndNotTheLast()
    {
        var columns = Of([At(Samples.Noon), At(Samples.Noon.AddTicks(-1)), At(_from), At(_from.AddTicks(-1))]);

        Assert.Equal(Samples.Noon.AddTicks(-1), Assert.Single(columns.Columns[^1].Runs).RequestedAt);
        Assert.Equal(_from, Assert.Single(columns.Columns[0].Runs).RequestedAt);
        Assert.Equal(2, columns.Columns.Sum(column => column.Runs.Length));
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Paths_OfAnyRuns_StayInThePictureAndStandOnEachOther(int seed)
    {
        var columns = Of(AnyRuns(new Random(seed)));
        var boxes = Enum.GetValues<ChangePart>().SelectMany(part => BoxesOf(columns.PathOf(part))).ToList();

        Assert.All(boxes.Concat(BoxesOf(columns.PathOfNothing())), box =>
        {
            Assert.InRange(box.X, 0, ChartPlane.Width - box.Width);
            Assert.InRange(box.Top, 0, 100 - 1);
            Assert.InRange(box.Top + box.Height, 0, 100.2);
        });
        foreach (var (index, column) in columns.Columns.Index().Where(column => column.Item.Changes > 0))
        {
            var own = boxes.Where(box => (int)(box.X / (ChartPlane.Width / (double)Count)) == index).ToList();
            Assert.Equal(column.Parts.Count(part => part.Number > 0), own.Count);
            var height = Math.Max(1, double.Parse(columns.Plane.HeightOf(column.Changes).TrimEnd('%'), CultureInfo.InvariantCulture));
            Assert.InRange(100 - own.Min(box => box.Top), height - 0.2, height + 0.2);
        }
    }

    [Fact]
    public void PathOfNothing_MarksRunsThatFoundNothing_AndNoneThatFailed()
    {
        var columns = Of(
        [
            At(_from.AddHours(40), created: 1), At(_from.AddHours(30), status: RunStatus.Failed), At(_from.AddHours(20)),
        ]);

        var box = Assert.Single(BoxesOf(columns.PathOfNothing()));
        Assert.InRange(box.X, 400, 410);
    }

    [Fact]
    public void Columns_WithFailuresAndErrors_AreMarkedWhereTheyStand()
    {
        var columns = Of(
        [
            At(_from.AddHours(47.75), status: RunStatus.CompletedWithErrors), At(_from.AddMinutes(20), created: 3),
            At(_from.AddMinutes(10), status: RunStatus.Failed),
        ]);

        Assert.Equal((true, false), (columns.Columns[0].HasFailed, columns.Columns[0].HasErrors));
        Assert.Equal((false, true), (columns.Columns[^1].HasFailed, columns.Columns[^1].HasErrors));
        Assert.Equal(("0.52%", "99.48%"), (columns.Plane.PlaceOf(0), columns.Plane.PlaceOf(Count - 1)));
        Assert.Equal(
            ("100%", "0%"),
            (columns.Plane.HeightOf(columns.Columns[0].Changes), columns.Plane.HeightOf(columns.Columns[^1].Changes)));
    }

    private static RunColumns Of(IEnumerable<RunSummary> runs) => RunColumns.Of(runs, _from, Samples.Noon, Count);

    private static RunSummary At(DateTimeOffset at, int created = 0, RunStatus status = RunStatus.Succeeded) =>
        Samples.Run($"run-{at.Ticks}", status) with { RequestedAt = at, Counts = new RunCounts { Created = created } };

    /// <summary>Runs of the whole stretch, newest first, as an account lists them.</summary>
    private static List<RunSummary> AnyRuns(Random random) =>
    [
        .. Enumerable.Range(0, 200).Select(index => Samples.Run($"run-{index}", (RunStatus)random.Next(6)) with
        {
            RequestedAt = _from.AddTicks(random.NextInt64(_span.Ticks)),
            DryRun = random.Next(5) == 0,
            Counts = new RunCounts
            {
                Created = Some(random), Linked = Some(random), PhonesAdded = Some(random), RemovedFromResponsible = Some(random),
            },
        }).OrderByDescending(run => run.RequestedAt),
    ];

    private static int Some(Random random) => random.Next(3) == 0 ? random.Next(1, 400) : 0;

    private static List<(double X, double Top, double Width, double Height)> BoxesOf(string path)
    {
        var boxes = Box().Matches(path);
        Assert.Equal(path.Length, boxes.Sum(box => box.Length));
        return [.. boxes.Select(box => (Number(box, 1), Number(box, 2), Number(box, 3), Number(box, 4)))];
    }

    private static double Number(Match match, int group) => double.Parse(match.Groups[group].Value, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"M([\d.]+) ([\d.]+)h([\d.]+)v([\d.]+)h-\3z")]
    private static partial Regex Box();
}
