using System.Collections.Immutable;
using OrleansSync.Grains.Interfaces.Runs;

namespace OrleansSync.Grains.Portals;

/// <summary>
/// R1.4: which requests share a run. Only runs that have not begun are in the queue, so that whoever joins one gets lists read after the
/// request.
/// </summary>
internal static class RunQueue
{
    /// <summary>The waiting run that a request joins, with what it makes of it; null when the request needs a run of its own.</summary>
    public static QueuedRun? Joined(ImmutableArray<QueuedRun> queue, QueuedRun request)
    {
        if (request.Approves is not null)
        {
            return queue.FirstOrDefault(run => run.Approves == request.Approves);
        }

        if (!request.IsShared || queue.FirstOrDefault(run => run.IsShared) is not { } shared)
        {
            return null;
        }

        // A person who joins a scheduled run waits for it from then on.
        return shared with
        {
            Trigger = shared.IsAutomatic && request.Trigger == RunTrigger.Manual ? RunTrigger.Manual : shared.Trigger,
            ServesSchedule = shared.ServesSchedule || request.ServesSchedule,
        };
    }

    /// <summary>The queue with a run in place of the one with its id, or behind all others.</summary>
    public static ImmutableArray<QueuedRun> With(ImmutableArray<QueuedRun> queue, QueuedRun run)
    {
        var known = queue.FirstOrDefault(other => other.RunId == run.RunId);
        return known is null ? queue.Add(run) : known == run ? queue : queue.Replace(known, run);
    }

    public static ImmutableArray<QueuedRun> Without(ImmutableArray<QueuedRun> queue, string runId) =>
        queue.Any(run => run.RunId == runId) ? [.. queue.Where(run => run.RunId != runId)] : queue;
}
