using OrleansSync.Grains.Interfaces;
using OrleansSync.Grains.Interfaces.Rows;
using OrleansSync.Grains.Interfaces.Runs;

namespace OrleansSync.Grains.Portals;

/// <content>Runs that a person stops.</content>
internal sealed partial class PortalGrain
{
    // Why the run under way is to end; null while it may go on.
    private Problem? _stopped;

    public async Task<RunRequestAnswer> CancelRunAsync(string runId)
    {
        if (!State.IsConnected)
        {
            return new RunRequestAnswer(RunRequestOutcome.NoAccount);
        }

        if (_current is { } current && current.Summary.RunId == runId && _running is { } running)
        {
            _stopped = new Problem(
                ProblemCode.Cancelled,
                $"Somebody stopped this import of account {AccountId}. What it had done stays done; the next import does the rest.");
            await running.CancelAsync();
            return new RunRequestAnswer(RunRequestOutcome.Accepted, current.Summary);
        }

        if (_queue.FirstOrDefault(run => run.RunId == runId) is { } waiting)
        {
            return new RunRequestAnswer(RunRequestOutcome.Accepted, await DropAsync(waiting));
        }

        var isKnown = _live.ContainsKey(runId) || await _runs.FindAsync(AccountId, runId) is not null;
        return new RunRequestAnswer(isKnown ? RunRequestOutcome.Ended : RunRequestOutcome.NoRun);
    }

    // It leaves the line before it is stored as ended, so that it cannot begin meanwhile.
    private async Task<RunSummary> DropAsync(QueuedRun waiting)
    {
        var dropped = ProgressOf(waiting).Summary with
        {
            Status = RunStatus.Failed,
            FinishedAt = _time.GetUtcNow(),
            Error = new Problem(
                ProblemCode.Cancelled, $"Somebody stopped this import of account {AccountId} before it began. Nothing was changed."),
        };
        _queue = RunQueue.Without(_queue, waiting.RunId);
        try
        {
            await _account.UpdateAsync(
                state => state with
                {
                    Queue = RunQueue.Without(state.Queue, waiting.RunId),
                    LastNumber = state.LastNumber + 1,
                    LastServedAt = waiting.ServesSchedule ? dropped.FinishedAt.Value : state.LastServedAt,
                },
                run: account => new ClosedRun
                {
                    Summary = dropped,
                    Number = account.State.LastNumber + 1,
                    Scope = StandingScope.None,
                    ForgottenUpTo = ForgottenUpTo(account.State.LastNumber + 1),
                });
        }
        catch
        {
            _queue = RunQueue.With(_queue, waiting);
            throw;
        }

        ProgressOf(waiting).Set(dropped);
        _live.Remove(waiting.RunId);
        LogRunFinished(AccountId, waiting.RunId, dropped.Status, ProblemCode.Cancelled);
        return dropped;
    }
}
