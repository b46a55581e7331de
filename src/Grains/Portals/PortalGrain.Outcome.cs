using OrleansSync.Grains.Connections.Credentials;
using OrleansSync.Grains.Interfaces;
using OrleansSync.Grains.Interfaces.Rows;
using OrleansSync.Grains.Interfaces.Runs;
using OrleansSync.Grains.Storage;

namespace OrleansSync.Grains.Portals;

/// <content>Storing what a run came to.</content>
internal sealed partial class PortalGrain
{
    private async Task CloseAsync(QueuedRun request, RunProgress progress, RunOutcome end)
    {
        var finished = progress.Summary with
        {
            Status = end.Status,
            Error = end.Error,
            Counts = end.Counts,
            FinishedAt = _time.GetUtcNow(),
        };
        if (!request.DryRun)
        {
            (_account.Roster, _account.Doubtful) = (end.Roster, end.Doubtful);
        }

        var number = State.Active?.Number ?? State.LastNumber + 1;
        var followUp = FollowUpOf(request, end);
        await _account.UpdateAsync(
            state => WithFollowUp(WithOutcome(state, request, finished, end), followUp) with
            {
                LastNumber = number,
                LastDecided = end.DecidesOnEverybody ? number : state.LastDecided,
            },
            connection => ConnectionAfter(connection!, end),
            account => Closed(account, finished, number, end, request.DryRun ? progress.Changes : end.Unstored));
        progress.Set(finished);
        _ended = progress;
        _live.Remove(request.RunId);
        if (followUp is not null)
        {
            _queue = RunQueue.With(_queue, followUp);
            ProgressOf(followUp);
            LogFollowedUp(AccountId, request.RunId, followUp.RunId);
        }

        LogRunFinished(AccountId, request.RunId, finished.Status, finished.Error?.Code);
    }

    private ClosedRun Closed(StoredAccount account, RunSummary finished, long number, RunOutcome end, IReadOnlyList<RunChange> own)
    {
        var standing = end.Standing.ToDictionary(change => change.BitrixUserId);
        return new ClosedRun
        {
            Summary = finished,
            Number = number,
            Scope = end.Scope,
            Ended = [.. account.Standing.Values
                .Where(before => end.Scope != StandingScope.None && (end.Decided.Contains(before.BitrixUserId) || IsVoid(before, end)))
                .Where(before => !(standing.TryGetValue(before.BitrixUserId, out var now) && IsSame(before, now)))
                .Select(before => before.BitrixUserId)],
            Begun = end.Scope == StandingScope.None ? [] : [.. end.Standing
                .Where(now => !(account.Standing.TryGetValue(now.BitrixUserId, out var before) && IsSame(before, now)))],
            Own = [.. own],
            ForgottenUpTo = ForgottenUpTo(number),
        };
    }

    // Some together: to forget one with every run would cost each run two statements more.
    private long? ForgottenUpTo(long number)
    {
        const int Together = 10;
        var oldest = number - _options.RunsKept;
        return oldest > 0 && oldest % Together == 0 ? oldest : null;
    }

    // R8.12: what was held because of the portal is held anew or over, and nothing is held about a link that has ended.
    private static bool IsVoid(RunChange before, RunOutcome end) =>
        end.Scope == StandingScope.All
        && before.IsHeld
        && (before.Reason!.Code == ProblemCode.PortalChanged || end.Roster.GetValueOrDefault(before.BitrixUserId)?.Link is null);

    private static bool IsSame(RunChange before, RunChange now) =>
        (before.Name, before.Outcome, before.Reason, before.CallGearEmployeeId)
        == (now.Name, now.Outcome, now.Reason, now.CallGearEmployeeId);

    // What is known of the portal belongs to the connection that the run was made with. The secrets are looked at once a run: soon after
    // the ring has a new key, no account's are under an old one.
    private StoredConnection ConnectionAfter(StoredConnection connection, RunOutcome end)
    {
        var known = end.Portal is { } portal && end.Generation == connection.Generation
            ? connection.With(portal)
            : connection;
        var refreshed = KeptSecrets.Refreshed(_secrets, AccountId, known.Connection);
        return ReferenceEquals(refreshed, known.Connection) ? known : known with { Connection = refreshed };
    }

    // What was lost with another silo is not left to the next point of the schedule; a run for everybody that waits already finishes it as
    // well.
    private QueuedRun? FollowUpOf(QueuedRun request, RunOutcome end)
    {
        var isCovered = request is { DryRun: false, Approved.IsEmpty: true, ApprovedPortal: null } && _queue.Any(run => run.IsShared);
        var isStopped = end.Error?.Code == ProblemCode.Cancelled;
        if (!end.IsInterrupted || isStopped || !State.IsConnected || isCovered || request.FollowUps >= _pausesBeforeFollowUp.Length)
        {
            return null;
        }

        return Again(request) with { ServesSchedule = false, FollowUps = (request.FollowUps ?? 0) + 1 };
    }

    private static PortalState WithFollowUp(PortalState state, QueuedRun? followUp) =>
        followUp is null ? state : state with { Queue = RunQueue.With(state.Queue, followUp) };

    private static PortalState WithOutcome(PortalState state, QueuedRun request, RunSummary finished, RunOutcome end)
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

        // That a person stopped it says nothing about the account.
        if (end.Error?.Code == ProblemCode.Cancelled)
        {
            return next with { Linked = end.Linked ?? state.Linked };
        }

        var isSuspended = state.Suspension is not null;
        next = next with
        {
            Problem = ProblemAfter(state.Problem, request.OnlyUser, end),
            Suspension = SuspensionAfter(state, request, finished, end),
            Linked = end.Linked ?? state.Linked,
        };
        next = next with
        {
            WatchedSince = isSuspended && next.Suspension is null ? finished.FinishedAt : state.WatchedSince,
        };
        return request.OnlyUser is not null ? next
            : end.Status == RunStatus.Failed ? WithFailure(next, finished.FinishedAt!.Value, end.Error!, end.Read == ListsRead.Both)
            : next with
            {
                FailuresInARow = 0,
                FailingSince = null,
                LastFailure = null,
                Hold = end.Status == RunStatus.Held ? end.Error : null,
                LastSuccessAt = finished.FinishedAt,
                LastReadAt = finished.FinishedAt,
            };
    }

    // R8.13.
    private static PortalState WithFailure(PortalState state, DateTimeOffset at, Problem error, bool hasRead)
    {
        var failures = state.FailuresInARow + 1;
        return state with
        {
            FailuresInARow = failures,
            FailingSince = state.FailingSince ?? (failures >= AccountCondition.Tries ? at : null),
            LastFailure = error,
            LastReadAt = hasRead ? at : state.LastReadAt,
        };
    }

    // Only the schedule's own tries become rarer: a person who tries by hand does not put the next one off.
    private static Suspension? SuspensionAfter(PortalState state, QueuedRun request, RunSummary finished, RunOutcome end)
    {
        if (end.Error is not { NeedsPerson: true })
        {
            return end.Status == RunStatus.Failed && !IsDisproved(state.Problem, end) ? state.Suspension : null;
        }

        return state.Suspension is not null && !request.ServesSchedule
            ? state.Suspension
            : Suspension.After(state.Suspension, finished.FinishedAt!.Value);
    }

    // What a person has to mend stays shown until calls get through again, and a run for one user says nothing about the others.
    private static Problem? ProblemAfter(Problem? before, long? onlyUser, RunOutcome end)
    {
        if (end.Error is { NeedsPerson: true })
        {
            return end.Error;
        }

        var isMended = before is { NeedsPerson: true } && IsDisproved(before, end);
        return onlyUser is null && (before is not { NeedsPerson: true } || isMended) ? end.Error
            : isMended ? null
            : before;
    }

    // R8.13: who answered with its list accepts the credentials, whatever ended the run afterwards.
    private static bool IsDisproved(Problem? problem, RunOutcome end) => end.Status != RunStatus.Failed || problem?.Code switch
    {
        ProblemCode.Bitrix24Unauthorized or ProblemCode.Bitrix24Scope or ProblemCode.Bitrix24Blocked =>
            end.Read.HasFlag(ListsRead.Bitrix24),
        ProblemCode.CallGearUnauthorized or ProblemCode.CallGearBlocked => end.Read.HasFlag(ListsRead.CallGear),
        _ => end.Read == ListsRead.Both,
    };
}
