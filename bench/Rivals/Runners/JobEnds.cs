using Hangfire.Common;
using Hangfire.States;
using Hangfire.Storage;
using OrleansSync.Rivals.Messages;

namespace OrleansSync.Rivals.Runners;

/// <summary>Waits for jobs: it is told when the state of one is stored, which costs less than to ask the database.</summary>
/// <param name="time">Tells when.</param>
internal sealed class JobEnds(TimeProvider time) : JobFilterAttribute, IApplyStateFilter
{
    private TaskCompletionSource _all = new();
    private int _left;
    private string? _failure;

    /// <summary>Begins to wait for so many jobs.</summary>
    public void Expect(int jobs)
    {
        (_all, _failure) = (new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously), null);
        Volatile.Write(ref _left, jobs);
    }

    /// <summary>Waits until all have ended.</summary>
    public async Task<RivalAnswer> WaitAsync()
    {
        await _all.Task;
        return new RivalAnswer(time.GetUtcNow(), _failure);
    }

    /// <inheritdoc />
    public void OnStateApplied(ApplyStateContext context, IWriteOnlyTransaction transaction)
    {
        if (context.NewState is FailedState or ScheduledState)
        {
            // A job that failed is scheduled again, for later; no import is expected to fail here.
            _failure = $"Job {context.BackgroundJob.Id}: {context.NewState.Reason}";
        }

        if (context.NewState is SucceededState or FailedState or ScheduledState && Interlocked.Decrement(ref _left) == 0)
        {
            _all.TrySetResult();
        }
    }

    /// <inheritdoc />
    public void OnStateUnapplied(ApplyStateContext context, IWriteOnlyTransaction transaction)
    {
    }
}
