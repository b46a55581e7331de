using ScottPlot;

namespace OrleansSync.Load.Idle;

/// <summary>Draws what accounts take by their number.</summary>
internal static class IdlePlot
{
    private const int Width = 420;
    private const int Height = 340;
    private const double Megabyte = 1 << 20;

    private static readonly (string Title, Func<IdleFigures, double> Of)[] _panels =
    [
        ("start, seconds", figures => figures.Ready.TotalSeconds),
        ("memory, MiB", figures => figures.Memory / Megabyte),
        ("processor, seconds a minute", figures => figures.Processor.TotalSeconds),
        ("PostgreSQL, seconds a minute", figures => figures.PostgresProcessor.TotalSeconds),
    ];

    /// <summary>Draws a panel for each figure.</summary>
    /// <param name="lines">By rising number of accounts.</param>
    /// <param name="path">The PNG file.</param>
    public static void Save(IReadOnlyList<IdleFigures> lines, string path)
    {
        var picture = new Multiplot();
        picture.AddPlots(_panels.Length);
        picture.Layout = new ScottPlot.MultiplotLayouts.Grid(1, _panels.Length);
        double[] accounts = [.. lines.Select(line => (double)line.Accounts)];
        for (var panel = 0; panel < _panels.Length; panel++)
        {
            var (title, figure) = _panels[panel];
            var plot = picture.GetPlot(panel);
            plot.Add.Scatter(accounts, [.. lines.Select(figure)]);
            plot.Title(title, size: 14);
            plot.XLabel("accounts");
            plot.Axes.SetLimitsX(0, accounts[^1] * 1.05);
            plot.Axes.SetLimitsY(0, Math.Max(lines.Max(figure) * 1.15, double.Epsilon));
        }

        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        picture.SavePng(path, Width * _panels.Length, Height);
    }
}
