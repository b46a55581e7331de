using ScottPlot;

namespace OrleansSync.Load.Compare;

/// <summary>Draws medians as bars, with the least and the most of all rounds.</summary>
internal static class ComparePlot
{
    private const int Width = 420;
    private const int Height = 340;
    private const double Megabyte = 1 << 20;

    private static readonly (string Title, Func<StepResult, double> Of)[] _panels =
    [
        ("users a second", result => result.EmployeesPerSecond),
        ("users a processor second", result => result.Users / result.Processor.TotalSeconds),
        ("peak memory, MiB", result => result.Peak / Megabyte),
    ];

    /// <summary>Draws a row of panels for each step.</summary>
    /// <param name="report">The results.</param>
    /// <param name="contenders">In their order.</param>
    /// <param name="path">The PNG file.</param>
    public static void Save(CompareReport report, IReadOnlyList<Contender> contenders, string path)
    {
        var steps = report.Steps;
        var picture = new Multiplot();
        picture.AddPlots(steps.Count * _panels.Length);
        picture.Layout = new ScottPlot.MultiplotLayouts.Grid(steps.Count, _panels.Length);
        for (var step = 0; step < steps.Count; step++)
        {
            for (var panel = 0; panel < _panels.Length; panel++)
            {
                var (title, figure) = _panels[panel];
                Draw(
                    picture.GetPlot((step * _panels.Length) + panel),
                    $"{steps[step]}: {title}",
                    [.. contenders.Select(contender => (contender.Name, report.Of(contender.Name, steps[step]).Select(figure).ToList()))]);
            }
        }

        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        picture.SavePng(path, Width * _panels.Length, Height * steps.Count);
    }

    private static void Draw(Plot plot, string title, IReadOnlyList<(string Name, List<double> Figures)> groups)
    {
        for (var place = 0; place < groups.Count; place++)
        {
            var (_, figures) = groups[place];
            var median = Medians.Of(figures);
            plot.Add.Bar(place, median);
            var spread = plot.Add.Line(place, figures.Min(), place, figures.Max());
            (spread.Color, spread.LineWidth) = (Colors.Black, 2);
        }

        plot.Title(title, size: 14);
        plot.Axes.Bottom.SetTicks(
            [.. Enumerable.Range(0, groups.Count).Select(place => (double)place)], [.. groups.Select(group => group.Name)]);
        plot.Axes.Bottom.MajorTickStyle.Length = 0;
        plot.HideGrid();
        plot.Axes.Margins(bottom: 0, top: 0.15);
    }
}
