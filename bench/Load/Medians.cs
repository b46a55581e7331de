namespace OrleansSync.Load;

/// <summary>The middle of figures.</summary>
internal static class Medians
{
    /// <summary>The median; of an even number of figures, the mean of the two in the middle.</summary>
    public static double Of(IEnumerable<double> figures)
    {
        var sorted = figures.Order().ToArray();
        return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }
}
