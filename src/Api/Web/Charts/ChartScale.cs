namespace OrleansSync.Api.Web.Charts;

/// <summary>The upright axis of a chart.</summary>
/// <param name="Highest">The value at its top; its foot is 0.</param>
public sealed record ChartScale(double Highest)
{
    private static readonly int[] _steps = [1, 2, 5, 10];

    /// <summary>The values at the lines across, the highest first.</summary>
    public IEnumerable<double> Marks => [Highest, Highest * 2 / 3, Highest / 3, 0];

    /// <summary>The scale under which a value has room, and whose thirds are easy to read: one, two or five of a power of ten.</summary>
    /// <param name="highest">The value.</param>
    /// <param name="least">The least third; a power of ten.</param>
    public static ChartScale For(double highest, double least = 1)
    {
        var power = Math.Max(least, Math.Pow(10, Math.Floor(Math.Log10(Math.Max(highest, least) / 3))));
        var third = power * _steps.First(step => 3 * step * power >= highest);

        // Tenths have no exact value, and the axis should show none of that.
        return new ChartScale(Math.Round(3 * third, 9));
    }

    /// <summary>How high a value stands, from 0 to 1.</summary>
    public double ShareOf(double value) => value / Highest;
}
