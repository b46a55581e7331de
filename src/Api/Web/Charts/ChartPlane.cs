using System.Globalization;
using System.Text;

namespace OrleansSync.Api.Web.Charts;

/// <summary>The picture of a chart: equal columns side by side under one scale.</summary>
/// <param name="Count">How many columns there are.</param>
/// <param name="Scale">The upright axis.</param>
public sealed record ChartPlane(int Count, ChartScale Scale)
{
    /// <summary>The width of the picture.</summary>
    public const int Width = 960;

    private const int Height = 100;
    private const double Least = 2.5;
    private const double Gap = 0.8;

    private double Step => (double)Width / Count;

    /// <summary>A part of each column, as one path; nothing where it has none.</summary>
    /// <param name="parts">How much stands below the part, and how much it is itself, by column.</param>
    public string Columns(IEnumerable<(double Below, double Number)> parts)
    {
        var path = new StringBuilder();
        foreach (var (index, (below, number)) in parts.Index())
        {
            if (number > 0)
            {
                // Few beside many can be seen too, and stand on the line.
                var height = Math.Max(1, (Height * Scale.ShareOf(number)) - Gap);
                AddBox(path, index, Math.Min(TopOf(below + number), Height - height), height);
            }
        }

        return path.ToString();
    }

    /// <summary>Small marks at the foot of some columns.</summary>
    /// <param name="columns">The places of the columns.</param>
    public string Stubs(IEnumerable<int> columns)
    {
        var path = new StringBuilder();
        foreach (var index in columns)
        {
            AddBox(path, index, Height - Least, Least);
        }

        return path.ToString();
    }

    /// <summary>A line through the middles of the columns, broken where there is no value.</summary>
    /// <param name="values">The values, by column.</param>
    public string Line(IEnumerable<double?> values)
    {
        var path = new StringBuilder();
        var (hasBegun, isAlone) = (false, false);
        foreach (var (index, value) in values.Index())
        {
            if (value is { } number)
            {
                path.Append(CultureInfo.InvariantCulture, $"{(hasBegun ? "L" : "M")}{MiddleOf(index):0.#} {TopOf(number):0.#}");
                (hasBegun, isAlone) = (true, !hasBegun);
            }
            else
            {
                EndLine();
            }
        }

        EndLine();
        return path.ToString();

        // A line of one point has no length and would not be seen.
        void EndLine()
        {
            if (isAlone)
            {
                path.Append(CultureInfo.InvariantCulture, $"h{Step / 2:0.#}");
            }

            (hasBegun, isAlone) = (false, false);
        }
    }

    /// <summary>What lies below the line of values that are nowhere missing.</summary>
    /// <param name="values">The values, by column.</param>
    public string Area(IEnumerable<double> values) =>
        Line(values.Select(value => (double?)value))
        + string.Create(CultureInfo.InvariantCulture, $"V{Height}H{MiddleOf(0):0.#}z");

    /// <summary>Where a column's middle is, as a share of the axis in percent.</summary>
    public string PlaceOf(int index) => Percent((index + 0.5) / Count);

    /// <summary>How high a value stands, as a share of the picture in percent.</summary>
    public string HeightOf(double value) => Percent(Scale.ShareOf(value));

    private double MiddleOf(int index) => (index + 0.5) * Step;

    private double TopOf(double value) => Height * (1 - Scale.ShareOf(value));

    private void AddBox(StringBuilder path, int index, double top, double height)
    {
        var (left, width) = ((index + 0.15) * Step, Step * 0.7);
        path.Append(CultureInfo.InvariantCulture, $"M{left:0.#} {top:0.#}h{width:0.#}v{height:0.#}h-{width:0.#}z");
    }

    private static string Percent(double share) => (share * 100).ToString("0.##", CultureInfo.InvariantCulture) + "%";
}
