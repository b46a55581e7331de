using System.Globalization;
using Microsoft.Extensions.Localization;
using OrleansSync.Api.Web.Texts;
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
    /// <param name="format">See <see cref="LocalTime.Format"/>.</param>
    public static string Element(DateTimeOffset at, string format) =>
        $"<local-time datetime=\"{Machine(at)}\" format=\"{format}\">{Person(at)}</local-time>";

    /// <summary>How long a run took, in the viewer's language; a dash until it has ended.</summary>
    public static string LengthOf(RunSummary run, IStringLocalizer<WebText> texts) =>
        run.FinishedAt - run.StartedAt is { } length ? LengthOf(length, texts) : "—";

    /// <summary>A length of time, in the viewer's language.</summary>
    public static string LengthOf(TimeSpan length, IStringLocalizer<WebText> texts) => length switch
    {
        { TotalSeconds: < 10 } => texts["Seconds", (length.Ticks / (TimeSpan.TicksPerSecond / 10) / 10.0).Show()],
        { TotalMinutes: < 1 } => texts["Seconds", ((int)length.TotalSeconds).Show()],
        { TotalHours: < 1 } => texts["MinutesSeconds", length.Minutes, length.Seconds],
        _ => texts["HoursMinutes", ((int)length.TotalHours).Show(), length.Minutes],
    };
}
