using System.Collections.Immutable;
using OrleansSync.Grains.Interfaces.Portals;
using OrleansSync.Grains.Interfaces.Runs;

namespace OrleansSync.Api.Runs;

/// <summary>A run with all its changes, for whoever is promised all of them.</summary>
internal sealed record WholeRun(RunSummary Summary, ImmutableArray<RunChange> Changes)
{
    /// <summary>Reads it in stretches; null when there is none of that id.</summary>
    public static async Task<WholeRun?> ReadAsync(IPortalGrain portal, string runId)
    {
        // While a run goes on its changes move from one stretch to the next: none is answered twice.
        var changes = new SortedDictionary<(long User, ChangeOutcome Outcome), RunChange>();
        for (var skip = 0; ;)
        {
            if (await portal.GetRunAsync(runId, new ChangeStretch(skip, ChangeStretch.Most)) is not { } view)
            {
                return null;
            }

            foreach (var change in view.Page.Changes)
            {
                changes[(change.BitrixUserId, change.Outcome)] = change;
            }

            skip += view.Page.Changes.Length;
            if (view.Page.Changes.IsEmpty || skip >= view.Page.Total)
            {
                return new WholeRun(view.Summary, [.. changes.Values]);
            }
        }
    }
}
