using System.Collections.Immutable;
using OrleansSync.Grains.Interfaces.Portals;
using OrleansSync.Grains.Interfaces.Runs;

namespace OrleansSync.Api.Web.Account;

/// <summary>A change with the run that made it.</summary>
/// <param name="Run">The run.</param>
/// <param name="Change">The change.</param>
public sealed record LatestChange(RunSummary Run, RunChange Change);

/// <summary>Finds what was changed last.</summary>
internal static class LatestChanges
{
    private const int MostRuns = 5;

    private static readonly ImmutableArray<ChangeKind> _kinds =
    [
        ChangeKind.Failed, ChangeKind.Left, ChangeKind.Returned, ChangeKind.Updated, ChangeKind.Linked, ChangeKind.Created,
    ];

    /// <summary>The last changes, newest first. What every run reports until it is mended is there once.</summary>
    /// <param name="portal">The account.</param>
    /// <param name="runs">Its runs, newest first.</param>
    /// <param name="most">The most changes that are wanted.</param>
    public static async Task<ImmutableArray<LatestChange>> FindLatestChangesAsync(
        this IPortalGrain portal, IEnumerable<RunSummary> runs, int most)
    {
        var latest = new List<LatestChange>();
        foreach (var run in runs.Where(run => run is { IsFinished: true, DryRun: false, Changes: > 0 }).Take(MostRuns))
        {
            var view = await portal.GetRunAsync(run.RunId, new ChangeStretch(0, most) { Kinds = _kinds });
            latest.AddRange((view?.Page.Changes ?? []).Select(change => new LatestChange(run, change)));
            if (latest.Count >= most)
            {
                break;
            }
        }

        return [.. latest.DistinctBy(one => (one.Change.BitrixUserId, one.Change.Outcome)).Take(most)];
    }
}
