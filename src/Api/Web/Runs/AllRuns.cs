using OrleansSync.Grains.Interfaces;
using OrleansSync.Grains.Interfaces.Portals;
using OrleansSync.Grains.Interfaces.Runs;

namespace OrleansSync.Api.Web.Runs;

/// <summary>The runs of an account without conditions.</summary>
internal static class AllRuns
{
    /// <summary>The account's runs, newest first; null when it is not connected.</summary>
    /// <param name="portal">The account.</param>
    /// <param name="cursor">Where to go on, from the page before; null for the newest run.</param>
    /// <param name="limit">The most runs to answer.</param>
    public static Task<Page<RunSummary>?> ListRunsAsync(this IPortalGrain portal, string? cursor, int limit) =>
        portal.ListRunsAsync(new RunQuery(cursor, limit));
}
