namespace OrleansSync.Grains.Tests.Connections.Cluster;

/// <summary>
/// A clock that is moved from timer to timer, so that a test neither sleeps nor guesses how often something waits. Timers may be set by any
/// thread while it moves.
/// </summary>
internal sealed class DrivenTime : TimeProvider
{
    // By the real clock: a test that waits for nothing fails instead of hanging.
    private static readonly TimeSpan _stuck = TimeSpan.FromMinutes(1);

    private readonly Lock _lock = new();
    private readonly Dictionary<DrivenTimer, DateTimeOffset> _armed = [];
    private DateTimeOffset _now = new(2026, 3, 1, 9, 0, 0, TimeSpan.Zero);
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow()
    {
        lock (_lock)
        {
            return _now;
        }
    }

    public override long GetTimestamp() => GetUtcNow().Ticks;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        Assert.Equal(Timeout.InfiniteTimeSpan, period);
        var timer = new DrivenTimer(this, () => callback(state));
        timer.Change(dueTime, period);
        return timer;
    }

    /// <summary>Moves the clock to the next timer whenever the task waits, until the task ends.</summary>
    /// <param name="task">What to bring to its end.</param>
    /// <param name="furthest">Timers that are further away are left alone: those that only guard against something.</param>
    public async Task<T> DriveAsync<T>(Task<T> task, TimeSpan furthest)
    {
        while (!task.IsCompleted)
        {
            var changed = Changed;
            if (MoveToNext(furthest) is { } fire)
            {
                fire();
                await Task.Yield();
            }
            else
            {
                await Task.WhenAny(task, changed).WaitAsync(_stuck, System, TestContext.Current.CancellationToken);
            }
        }

        return await task;
    }

    /// <summary>Moves the clock on, past timers that nothing waits for.</summary>
    public void Move(TimeSpan time)
    {
        lock (_lock)
        {
            _now += time;
        }
    }

    /// <summary>Waits until so many timers are set.</summary>
    public async Task WaitForTimersAsync(int count)
    {
        while (true)
        {
            Task changed;
            lock (_lock)
            {
                if (_armed.Count == count)
                {
                    return;
                }

                changed = _changed.Task;
            }

            await changed.WaitAsync(_stuck, System, TestContext.Current.CancellationToken);
        }
    }

    private Task Changed
    {
        get
        {
            lock (_lock)
            {
                return _changed.Task;
            }
        }
    }

    private Action? MoveToNext(TimeSpan furthest)
    {
        lock (_lock)
        {
            if (_armed.Count == 0)
            {
                return null;
            }

            var (timer, due) = _armed.MinBy(entry => entry.Value);
            if (due - _now > furthest)
            {
                return null;
            }

            _now = due > _now ? due : _now;
            _armed.Remove(timer);
            return timer.Fire;
        }
    }

    private void Set(DrivenTimer timer, TimeSpan due)
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
                _armed[timer] = _now + due;
            }

            changed = _changed;
            _changed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }

        changed.SetResult();
    }

    private sealed class DrivenTimer(DrivenTime time, Action fire) : ITimer
    {
        public Action Fire { get; } = fire;

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            time.Set(this, dueTime);
            return true;
        }

        public void Dispose() => time.Set(this, Timeout.InfiniteTimeSpan);

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
