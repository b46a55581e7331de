using System.Collections.Immutable;
using OrleansSync.Grains.Interfaces.Activity;
using OrleansSync.Grains.Interfaces.Runs;

namespace OrleansSync.Grains.Interfaces.Rows;

/// <summary>The rows of runs that have ended, and of their changes.</summary>
public interface IRunRows
{
    /// <summary>A run; null when the account has none of that id, or has forgotten it.</summary>
    Task<RunSummary?> FindAsync(string accountId, string runId);

    /// <summary>The account's runs that match, newest first.</summary>
    /// <param name="accountId">The account.</param>
    /// <param name="query">Which runs; only those older than the one that its cursor names. One that is forgotten leaves none.</param>
    Task<ImmutableArray<RunSummary>> PageAsync(string accountId, RunQuery query);

    /// <summary>
    /// What a run reported, by <see cref="RunChange.Kind"/> and then by user id: its own changes, and those that stood while it was made.
    /// </summary>
    Task<ChangePage> ChangesAsync(string accountId, string runId, ChangeStretch stretch);

    /// <summary>R8.1, R8.2: all users whose removal or re-creation a run reported as waiting for approval.</summary>
    Task<ImmutableArray<RunChange>> HeldAsync(string accountId, string runId);

    /// <summary>The last runs of some accounts that were no previews, newest first, by account; who has none is left out.</summary>
    /// <param name="accountIds">The accounts.</param>
    /// <param name="most">The most runs of each to answer; at least one.</param>
    Task<ImmutableDictionary<string, ImmutableArray<RunMark>>> RecentAsync(ImmutableArray<string> accountIds, int most);

    /// <summary>What ended within a stretch of time, added up by its parts.</summary>
    Task<ActivityReport> ActivityAsync(ActivitySpan span);
}
