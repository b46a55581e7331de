using System.Globalization;

namespace OrleansSync.Api.Runs;

/// <summary>
/// The ids of a run's events: how many changes there were up to an event, so that a client that lost its connection gets exactly the
/// changes it has not seen.
/// </summary>
internal static class RunEventId
{
    /// <summary>The id of the last event.</summary>
    public const string End = "end";

    public static string Of(int changes) => changes.ToString(CultureInfo.InvariantCulture);

    /// <summary>How many changes the client has seen; none when the id is not one of these.</summary>
    public static int Parse(string? id) => int.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var changes) ? changes : 0;
}
