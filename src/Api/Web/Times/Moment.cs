using System.Globalization;
using OrleansSync.Grains.Interfaces.Runs;

namespace OrleansSync.Api.Web.Times;

/// <summary>
/// Moments on pages. The server does not know the viewer's zone: it sends the moment, and the element <c>local-time</c> shows it; without
/// script the text in UTC stays.
/// </summary>
internal static class Moment
{
    /// <summary>For the element.</summary>
    public static string Machine(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    /// <summary>For a person without script.</summary>
    public static string Person(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture) + " UTC";

    /// <summary>The element as text, to stand within a translated sentence. Holds nothing but the moment.</summary>
    /// <param name="at">The moment.</param>
    /// <param name="format"><c>full</c>, <c>time</c> or <c>relative</c>.</param>
    public static string Element(DateTimeOffset at, string format) =>
        $"<local-time datetime=\"{Machine(at)}\" format=\"{format}\">{Person(at)}</local-time>";

    /// <summary>How long a run took; a dash until it has ended.</summary>
    public static string LengthOf(RunSummary run) => (run.FinishedAt - run.StartedAt) switch
    {
        null => "–",
        { TotalSeconds: < 10 } length => length.TotalSeconds.ToString("0.0", CultureInfo.InvariantCulture) + " s",
        { TotalMinutes: < 1 } length => length.TotalSeconds.ToString("0", CultureInfo.InvariantCulture) + " s",
        { } length => length.ToString(length.TotalHours >= 1 ? "h\\:mm\\:ss" : "m\\:ss", CultureInfo.InvariantCulture),
    };
}
