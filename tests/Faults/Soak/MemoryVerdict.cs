using System.Globalization;

namespace OrleansSync.Faults.Soak;

/// <summary>
/// Whether a process keeps growing. The first third of the samples is warm-up; of the rest the median of the second half may exceed that of
/// the first by 10 per cent and 16 megabytes: a leak of as little as a kilobyte a run shows, the tides of the garbage collector do not.
/// </summary>
internal static class MemoryVerdict
{
    private const double Share = 1.1;
    private const double Megabytes = 16;

    /// <summary>What grew; null when nothing did, or there are too few samples to say.</summary>
    public static string? Of(IReadOnlyList<ProcessSample> samples) =>
        Growth("heap", samples, sample => sample.Heap) ?? Growth("working set", samples, sample => sample.WorkingSet);

    private static string? Growth(string name, IReadOnlyList<ProcessSample> samples, Func<ProcessSample, double> of)
    {
        var warm = samples.Skip(samples.Count / 3).Select(of).ToArray();
        if (warm.Length < 4)
        {
            return null;
        }

        var (before, after) = (Median(warm[..(warm.Length / 2)]), Median(warm[(warm.Length / 2)..]));
        return after > (before * Share) + Megabytes
            ? string.Create(CultureInfo.InvariantCulture, $"The {name} grew from {before:0} to {after:0} MB.")
            : null;
    }

    private static double Median(double[] values) => values.Order().ElementAt(values.Length / 2);
}
