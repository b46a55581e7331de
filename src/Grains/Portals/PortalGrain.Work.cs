using OrleansSync.Grains.Connections.Credentials;
using OrleansSync.Grains.Interfaces;
using OrleansSync.Grains.Interfaces.Runs;

namespace OrleansSync.Grains.Portals;

/// <content>Doing the runs, one at a time (R1.4).</content>
internal sealed partial class PortalGrain
{
    private static readonly TimeSpan _longestHandover = TimeSpan.FromSeconds(10);

    // Changes that are under way are let finish, so that the next run does not have to find out what became of them; what is left is for
    // storing it.
    private static readonly TimeSpan _longestChange = TimeSpan.FromSeconds(7);

    // Together longer than a cluster takes to notice that a silo is dead.
    private static readonly TimeSpan[] _pausesAfterBreak = [TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(8), TimeSpan.FromSeconds(20)];

    // The cluster gets the time to notice that a silo is dead.
    private static readonly TimeSpan[] _pausesBeforeFollowUp =
        [TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(20)];

    private readonly CancellationTokenSource _ending = new();
    private Task _work = Task.CompletedTask;
    private CancellationTokenSource? _running;

    private bool HasWork => State.IsBeingErased || State.Active is not null || !_queue.IsEmpty;

    public override async Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        await _ending.CancelAsync();
        await Task.WhenAny(_work, Task.Delay(_longestHandover, _time, cancellationToken));

        var isInOrder = reason.ReasonCode == DeactivationReasonCode.ShuttingDown;
        try
        {
            await HandOverAsync(isInOrder);
        }
        finally
        {
            if (isInOrder && (State is not { Active: null, IsBeingErased: false } || !State.Queue.IsEmpty))
            {
                _handOver.Announce(AccountId);
            }

            _ending.Dispose();
        }
    }

    // A run that stored nothing yet would be forgotten, and one that is moved by a silo that stops is not to blame for it.
    private async Task HandOverAsync(bool isInOrder)
    {
        var unpromised = _queue.Where(run => State.Queue.All(promised => promised.RunId != run.RunId)).ToArray();
        if (State.IsConnected && (unpromised.Length > 0 || (isInOrder && State is not { Active: null, Queue.IsEmpty: true })))
        {
            await _account.UpdateAsync(
                state => state with { Queue = unpromised.Aggregate(state.Queue, RunQueue.With), IsHandedOver = isInOrder });
        }
    }

    private void ResumeWork()
    {
        foreach (var run in _queue)
        {
            ProgressOf(run);
        }

        if (_work.IsCompleted && HasWork)
        {
            _work = WorkAsync();
        }
    }

    // Calls to other grains do not keep an activation alive; the timer does, for as long as there is work.
    private async Task WorkAsync()
    {
        await Task.Yield();
        using var alive = this.RegisterGrainTimer(
            _ => Task.CompletedTask,
            new GrainTimerCreationOptions
            {
                DueTime = TimeSpan.FromMinutes(1),
                Period = TimeSpan.FromMinutes(1),
                KeepAlive = true,
                Interleave = true,
            });
        try
        {
            // Requests that come during the last awaits of a round find the work under way and start none of their own, so it looks once
            // more.
            while (HasWork && !_ending.IsCancellationRequested)
            {
                await DoWhatThereIsAsync();
            }
        }
        catch (OperationCanceledException) when (_ending.IsCancellationRequested)
        {
            LogHandedOver(AccountId);
        }
        catch (Exception exception)
        {
            // Whatever could not be stored is read again by the next activation, which the sweep brings within a minute.
            LogWorkFailed(AccountId, exception);
            await _ending.CancelAsync();
            DeactivateOnIdle();
        }
    }

    private async Task DoWhatThereIsAsync()
    {
        await RecoverInterruptedAsync();
        while (!_ending.IsCancellationRequested && !State.IsBeingErased && !_queue.IsEmpty)
        {
            await DoAsync(_queue[0]);
        }

        if (State.IsBeingErased)
        {
            await EraseAsync();
        }
    }

    private async Task DoAsync(QueuedRun run)
    {
        if (run.FollowUps is > 0 and { } runsBefore)
        {
            await Task.Delay(_pausesBeforeFollowUp[Math.Min(runsBefore, _pausesBeforeFollowUp.Length) - 1], _time, _ending.Token);
        }

        using var lease = await _limiter.AcquireAsync(run.RunId, run.IsUrgent, _ending.Token);

        // While the run waited for its permit others may have joined or left it.
        if (_queue.FirstOrDefault(waiting => waiting.RunId == run.RunId) is not { } waited
            || await CountBeginningAsync(waited) is not { } request)
        {
            return;
        }

        _queue = RunQueue.Without(_queue, run.RunId);
        var progress = ProgressOf(request);
        _current = progress;
        var startedAt = _time.GetUtcNow();
        progress.Set(progress.Summary with { Status = RunStatus.Running, StartedAt = startedAt, Trigger = request.Trigger });
        LogRunStarted(AccountId, request.RunId, request.Trigger);
        using var running = CancellationTokenSource.CreateLinkedTokenSource(_ending.Token);
        using var changing = new CancellationTokenSource(Timeout.InfiniteTimeSpan, _time);
        await using var ending = running.Token.Register(() => changing.CancelAfter(_longestChange));
        _running = running;
        _isServingSchedule = request.ServesSchedule;
        _credentials.Put(AccountId, AccountCredentials.Of(_account.Connection!));
        try
        {
            var end = await RunAsync(request, progress, startedAt, running.Token, changing.Token);

            // From here on it cannot be stopped any more, and nobody is told that it was.
            _running = null;
            await CloseAsync(request, progress, end);
        }
        catch (OperationCanceledException) when (State.IsBeingErased && !_ending.IsCancellationRequested)
        {
            // The account was disconnected under the run; there is nothing to keep of it.
        }
        catch (OperationCanceledException) when (_ending.IsCancellationRequested)
        {
            if (State.Active?.Request.RunId != request.RunId)
            {
                _queue = [request, .. _queue];
            }

            throw;
        }
        finally
        {
            _credentials.Remove(AccountId);
            _current = null;
            _running = null;
            _stopped = null;
            _isServingSchedule = false;
        }
    }

    // A grain that the run calls may sit on a silo that just died: once that is known it is activated elsewhere, and the run, which has
    // changed nothing yet, begins again.
    private async Task<RunOutcome> RunAsync(
        QueuedRun request, RunProgress progress, DateTimeOffset startedAt, CancellationToken cancellationToken, CancellationToken changes)
    {
        for (var attempt = 0; ; attempt++)
        {
            try
            {
                return await NewRun(request, progress, startedAt, cancellationToken, changes).RunAsync();
            }
            catch (Exception exception) when (exception is not OperationCanceledException && State.Active is null)
            {
                if (attempt == _pausesAfterBreak.Length || progress.Changes.Count > 0)
                {
                    LogRunBroken(AccountId, request.RunId, exception);
                    return Broken();
                }

                LogRunBeginsAgain(AccountId, request.RunId, _pausesAfterBreak[attempt], exception);
            }

            await Task.Delay(_pausesAfterBreak[attempt], _time, cancellationToken).ConfigureAwait(
                ConfigureAwaitOptions.ContinueOnCapturedContext | ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private ImportRun NewRun(
        QueuedRun request, RunProgress progress, DateTimeOffset startedAt, CancellationToken cancellationToken,
        CancellationToken changes) => new(new ImportRunContext
        {
            AccountId = AccountId,
            Request = request,
            Connection = _account.Connection!,
            Roster = _account.Roster,
            Doubtful = _account.Doubtful,
            Awaiting = _account.Awaiting,
            Excluded = () => _account.Excluded,
            MoveExclusionsAsync = MoveExclusionsAsync,
            ReplaceExclusionsAsync = ReplaceExclusionsAsync,
            Linked = State.Linked ?? new LinkedPortal(PortalIdentity.Of(_account.Connection!.Connection.Bitrix24)),
            KeepPortalAsync = linked => _account.UpdateAsync(state => state with { Linked = linked }),
            UsersAtATime = _options.UsersPerRun,
            Progress = progress,
            Users = _users,
            Grains = _grains,
            Time = _time,
            Logger = _logger,
            CancellationToken = cancellationToken,
            Changes = changes,
            Begin = new RunStart(() => BeginChangesAsync(request, startedAt)),
            Stopped = () => _stopped,
        });

    private RunOutcome Broken() => new()
    {
        Status = RunStatus.Failed,
        Roster = _account.Roster,
        Doubtful = _account.Doubtful,
        IsInterrupted = true,
        Error = new Problem(
            ProblemCode.Interrupted,
            $"The run of account {AccountId} could not go on because the service's storage or a silo failed before it changed anything. "
            + "It is tried again."),
    };

    private async Task<long> BeginChangesAsync(QueuedRun request, DateTimeOffset startedAt)
    {
        var number = State.LastNumber + 1;
        await _account.UpdateAsync(state => state with { Active = new ActiveRun(request, startedAt, number), LastNumber = number });
        return number;
    }
}
