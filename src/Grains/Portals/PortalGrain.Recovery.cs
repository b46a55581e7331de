using System.Collections.Immutable;
using OrleansSync.Grains.Interfaces;
using OrleansSync.Grains.Interfaces.Rows;
using OrleansSync.Grains.Interfaces.Runs;

namespace OrleansSync.Grains.Portals;

/// <content>
/// Recovery of runs whose process ended (R1.4). One that ends its process each time must not keep the account, and its silo, from
/// everything else.
/// </content>
internal sealed partial class PortalGrain
{
    private const int MostRecoveries = 3;

    // The run that was first in line when the activation before ended: it may have been what ended it.
    private string? _mayHaveBegun;

    private async Task RecoverInterruptedAsync()
    {
        if (State.Active is not { } active || State.IsBeingErased)
        {
            return;
        }

        var resumed = RecoveryOf(active.Request, State.IsHandedOver);
        await EndInterruptedAsync(active, resumed);
        if (resumed is not null)
        {
            ProgressOf(resumed);
            LogTakenUp(AccountId, active.Request.RunId, resumed.RunId);
        }
    }

    // Not before its turn: who only waited when the process ended did nothing.
    private async Task<QueuedRun?> CountBeginningAsync(QueuedRun request)
    {
        if (_mayHaveBegun is not { } runId)
        {
            return request;
        }

        _mayHaveBegun = null;
        if (request.RunId != runId)
        {
            return request;
        }

        if (request.Recoveries >= MostRecoveries && !State.IsHandedOver)
        {
            var now = _time.GetUtcNow();
            await EndInterruptedAsync(new ActiveRun(request, now, State.LastNumber + 1), resumed: null);
            return null;
        }

        var counted = State.IsHandedOver ? request : request with { Recoveries = (request.Recoveries ?? 0) + 1 };
        await _account.UpdateAsync(state => state with { Queue = RunQueue.With(state.Queue, counted), IsHandedOver = false });
        _queue = RunQueue.With(_queue, counted);
        return counted;
    }

    private async Task EndInterruptedAsync(ActiveRun active, QueuedRun? resumed)
    {
        var interrupted = SummaryOf(active.Request) with
        {
            Status = RunStatus.Failed,
            StartedAt = active.StartedAt,
            FinishedAt = _time.GetUtcNow(),
            Error = new Problem(
                ProblemCode.Interrupted,
                resumed is null
                    ? $"The process that did this run of account {AccountId} ended, and so did those that took it up {MostRecoveries} "
                        + "times. The schedule goes on with the next run."
                    : $"The process that did this run of account {AccountId} ended. Run {resumed.RunId} takes its place; "
                        + "nobody is imported twice."),
        };
        ImmutableArray<QueuedRun> first = resumed is null ? [] : [resumed];
        var isFailure = resumed is null && active.Request is { DryRun: false, OnlyUser: null };
        await _account.UpdateAsync(
            state => (isFailure ? WithFailure(state, interrupted.FinishedAt!.Value, interrupted.Error!, hasRead: false) : state) with
            {
                Active = null,
                IsHandedOver = false,
                Queue = [.. first, .. RunQueue.Without(state.Queue, active.Request.RunId)],
                LastNumber = Math.Max(state.LastNumber, active.Number),
                LastServedAt = resumed is null && active.Request.ServesSchedule ? active.StartedAt : state.LastServedAt,
            },
            run: _ => new ClosedRun
            {
                Summary = interrupted,
                Number = active.Number,
                Scope = StandingScope.None,
                ForgottenUpTo = ForgottenUpTo(active.Number),
            });
        _live.Remove(active.Request.RunId);
        _queue = [.. first, .. RunQueue.Without(_queue, active.Request.RunId)];
        if (resumed is null)
        {
            LogNotTakenUp(AccountId, active.Request.RunId);
        }
    }

    private QueuedRun? RecoveryOf(QueuedRun request, bool isHandedOver) => request.Recoveries >= MostRecoveries && !isHandedOver
        ? null
        : Again(request) with { Recoveries = (request.Recoveries ?? 0) + (isHandedOver ? 0 : 1) };

    // What was asked for, as a run of its own.
    private QueuedRun Again(QueuedRun request)
    {
        var next = NewRequest(RunTrigger.Resumed);
        return request with { RunId = next.RunId, Trigger = next.Trigger, RequestedAt = next.RequestedAt };
    }
}
