using OrleansSync.Grains.Import;
using OrleansSync.Grains.Interfaces;

namespace OrleansSync.Grains.Portals;

/// <content>Storing what a run came to.</content>
internal sealed partial class PortalGrain
{
    private async Task CloseAsync(QueuedRun request, RunProgress progress, ImportRunEnd end)
    {
        var finished = progress.Summary with
        {
            Status = end.Status,
            Error = end.Error,
            Counts = end.Counts,
            FinishedAt = _time.GetUtcNow(),
        };
        if (progress.Changes.Count > 0)
        {
            await ChangesOf(request.RunId).StoreAsync([.. progress.Changes]);
        }

        if (!request.DryRun && !ReferenceEquals(end.Roster, _roster.Current.Users))
        {
            await _roster.UpdateAsync(state => state with { Users = end.Roster });
        }

        var forgotten = State.Runs.Skip(_options.RunsKept - 1).Select(old => old.RunId).ToArray();
        var followUp = FollowUpOf(request, end);
        await _portal.UpdateAsync(state => WithFollowUp(WithOutcome(WithFinished(state, finished), request, finished, end), followUp));
        progress.Set(finished);
        _live.Remove(request.RunId);
        if (followUp is not null)
        {
            _queue = RunQueue.With(_queue, followUp);
            ProgressOf(followUp);
            LogFollowedUp(AccountId, request.RunId, followUp.RunId);
        }

        LogRunFinished(AccountId, request.RunId, finished.Status, finished.Error?.Code);
        foreach (var old in forgotten)
        {
            await ChangesOf(old).ClearAsync();
        }
    }

    // What was lost with another silo is not left to the next point of the schedule; a run for everybody that waits already finishes it as well.
    private QueuedRun? FollowUpOf(QueuedRun request, ImportRunEnd end)
    {
        var isCovered = !request.DryRun && request.Approved.IsEmpty && _queue.Any(run => run.IsShared);
        if (!end.IsInterrupted || !State.IsConnected || isCovered || request.FollowUps >= _pausesBeforeFollowUp.Length)
        {
            return null;
        }

        var next = NewRequest(RunTrigger.Resumed);
        return request with
        {
            RunId = next.RunId,
            Trigger = next.Trigger,
            RequestedAt = next.RequestedAt,
            ServesSchedule = false,
            FollowUps = (request.FollowUps ?? 0) + 1,
        };
    }

    private static PortalState WithFollowUp(PortalState state, QueuedRun? followUp) =>
        followUp is null ? state : state with { Queue = RunQueue.With(state.Queue, followUp) };

    private PortalState WithFinished(PortalState state, RunSummary finished) =>
        state with { Runs = [finished, .. state.Runs.Take(_options.RunsKept - 1)] };

    private static PortalState WithOutcome(PortalState state, QueuedRun request, RunSummary finished, ImportRunEnd end)
    {
        var next = state with
        {
            Queue = RunQueue.Without(state.Queue, request.RunId),
            Active = null,
            LastServedAt = request.ServesSchedule ? finished.StartedAt!.Value : state.LastServedAt,
        };
        if (request.DryRun)
        {
            return next;
        }

        return next with
        {
            Unsettled = end.Unsettled,
            Awaiting = AwaitingAfter(state.Awaiting, request.OnlyUser, end.Held),
            Problem = ProblemAfter(state.Problem, request.OnlyUser, end),
            Suspension = SuspensionAfter(state.Suspension, request, finished, end),
        };
    }

    // Only the schedule's own tries become rarer: a person who tries by hand does not put the next one off.
    private static Suspension? SuspensionAfter(Suspension? before, QueuedRun request, RunSummary finished, ImportRunEnd end)
    {
        if (end.Error is not { NeedsPerson: true })
        {
            return end.Status == RunStatus.Failed ? before : null;
        }

        return before is not null && !request.ServesSchedule ? before : Suspension.After(before, finished.FinishedAt!.Value);
    }

    // What a person has to mend stays shown until calls get through again, and a run for one user says nothing about the others.
    private static Problem? ProblemAfter(Problem? before, long? onlyUser, ImportRunEnd end)
    {
        if (end.Error is { NeedsPerson: true })
        {
            return end.Error;
        }

        var isMended = before is { NeedsPerson: true } && end.Status != RunStatus.Failed;
        return onlyUser is null && (before is not { NeedsPerson: true } || isMended) ? end.Error
            : isMended ? null
            : before;
    }

    private static AwaitingApproval AwaitingAfter(AwaitingApproval before, long? onlyUser, AwaitingApproval? held) => (held, onlyUser) switch
    {
        (null, _) => before,
        (_, null) => held,
        (_, { } user) => new AwaitingApproval(
            before.Removals.Remove(user).Union(held.Removals),
            before.Recreations.Remove(user).Union(held.Recreations)),
    };
}
