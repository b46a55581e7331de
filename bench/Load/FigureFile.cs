using System.Globalization;

namespace OrleansSync.Load;

/// <summary>Where the figures of a measurement go.</summary>
internal static class FigureFile
{
    /// <summary>A file of comma-separated values that is not there yet; its folder is.</summary>
    /// <param name="measured">What was measured.</param>
    public static string NewPath(string measured)
    {
        var folder = Path.Combine(ServiceProgram.Root, "artifacts");
        Directory.CreateDirectory(folder);
        return Path.Combine(
            folder, string.Create(CultureInfo.InvariantCulture, $"{measured}-{TimeProvider.System.GetUtcNow():yyyyMMdd'T'HHmmss}.csv"));
    }
}
