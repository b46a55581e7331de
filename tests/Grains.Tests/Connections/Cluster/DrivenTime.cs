using Microsoft.Extensions.Time.Testing;

namespace OrleansSync.Grains.Tests.Connections;

/// <summary>A clock that is moved from timer to timer, so that a test neither sleeps nor guesses how often something waits.</summary>
internal sealed class DrivenTime : FakeTimeProvider
{
    // By the real clock: a test that waits for nothing fails instead of hanging.
    private static readonly TimeSpan _stuck = TimeSpan.FromMinutes(1);

    private readonly Lock _lock = new();
    private readonly Dictionary<DrivenTimer, DateTimeOffset> _armed = [];
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Moves the clock to the next timer whenever the task waits, until the task ends.</summary>
    /// <param name="task">What to bring to its end.</param>
    /// <param name="furthest">Timers that are further away are left alone: those that only guard against something.</param>
    public async Task<T> DriveAsync<T>(Task<T> task, TimeSpan furthest)
    {
        while (!task.IsCompleted)
        {
            Task changed;
            TimeSpan? next;
            lock (_lock)
            {
                changed = _changed.Task;
                next = _armed.Count == 0 ? null : _armed.Values.Min() - GetUtcNow();
            }

            if (next <= furthest)
            {
                Advance(next.Value > TimeSpan.Zero ? next.Value : TimeSpan.Zero);
                await Task.Yield();
            }
            else
            {
                await Task.WhenAny(task, changed).WaitAsync(_stuck, System, TestContext.Current.CancellationToken);
            }
        }

        return await task;
    }

    /// <summary>Waits until no timer is set.</summary>
    public async Task WaitUntilNobodyWaitsAsync()
    {
        while (true)
        {
            Task changed;
            lock (_lock)
            {
                if (_armed.Count == 0)
                {
                    return;
                }

                changed = _changed.Task;
            }

            await changed.WaitAsync(_stuck, System, TestContext.Current.CancellationToken);
        }
    }

    /// <inheritdoc />
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new DrivenTimer(this);
        timer.Inner = base.CreateTimer(
            given =>
            {
                Note(timer, Timeout.InfiniteTimeSpan);
                callback(given);
            },
            state,
            Timeout.InfiniteTimeSpan,
            Timeout.InfiniteTimeSpan);
        timer.Change(dueTime, period);
        return timer;
    }

    private void Note(DrivenTimer timer, TimeSpan due)
    {
        TaskCompletionSource changed;
        lock (_lock)
        {
            if (due == Timeout.InfiniteTimeSpan)
            {
                _armed.Remove(timer);
            }
            else
            {
                _armed[timer] = GetUtcNow() + due;
            }

            changed = _changed;
            _changed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }

        changed.SetResult();
    }

    private sealed class DrivenTimer(DrivenTime time) : ITimer
    {
        public ITimer Inner { get; set; } = null!;

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            time.Note(this, dueTime);
            return Inner.Change(dueTime, period);
        }

        public void Dispose()
        {
            time.Note(this, Timeout.InfiniteTimeSpan);
            Inner.Dispose();
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
