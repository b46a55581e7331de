namespace OrleansSync.Grains.Connections;

/// <summary>
/// Those who wait for room: urgent ones before the others, each kind in the order they came. Who would wait longer than its patience is
/// sent away as soon as that is known. Safe for use by several threads.
/// </summary>
/// <param name="room">What they wait for.</param>
/// <param name="time">The clock.</param>
internal sealed class AdmissionLine(IRoom room, TimeProvider time)
{
    // Timers take no more than 49 days; whoever waits longer is looked at in between.
    private static readonly TimeSpan _longestTimer = TimeSpan.FromDays(1);

    private readonly Lock _lock = new();
    private readonly LinkedList<Waiter> _waiters = new();
    private readonly long _start = time.GetTimestamp();
    private ITimer? _timer;

    /// <summary>Waits for room and takes it.</summary>
    /// <param name="urgent">Whether to go before those who are not urgent.</param>
    /// <param name="patience">How long to wait at most, or <see cref="Timeout.InfiniteTimeSpan"/>.</param>
    /// <param name="cancellationToken">Leaves the line.</param>
    /// <returns>Whether room was taken.</returns>
    public async Task<bool> EnterAsync(bool urgent, TimeSpan patience, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var waiter = new Waiter(urgent, patience == Timeout.InfiniteTimeSpan ? TimeSpan.MaxValue : Now + patience);
        lock (_lock)
        {
            Join(waiter);
            Serve();
        }

        await using var registration = cancellationToken.UnsafeRegister(
            static (state, token) =>
            {
                var (line, waiter) = ((AdmissionLine, Waiter))state!;
                line.Leave(waiter, token);
            },
            (this, waiter));
        return await waiter.Admission.Task;
    }

    /// <summary>Looks again, because room was given back or what is known of it changed.</summary>
    /// <param name="change">The change; it is made while nobody is served.</param>
    public void Change(Action change)
    {
        lock (_lock)
        {
            change();
            Serve();
        }
    }

    private TimeSpan Now => time.GetElapsedTime(_start);

    private void Join(Waiter waiter)
    {
        var lastUrgent = _waiters.Last;
        while (waiter.Urgent && lastUrgent is { Value.Urgent: false })
        {
            lastUrgent = lastUrgent.Previous;
        }

        waiter.Place = lastUrgent is null ? _waiters.AddFirst(waiter) : _waiters.AddAfter(lastUrgent, waiter);
    }

    private void Leave(Waiter waiter, CancellationToken token)
    {
        lock (_lock)
        {
            if (waiter.Place.List is null)
            {
                return;
            }

            _waiters.Remove(waiter.Place);
            waiter.Admission.TrySetCanceled(token);
            Serve();
        }
    }

    private void Serve()
    {
        // Asked before each try: where room comes about between a try that fails and the question when to look again, nobody would look.
        var beforeTry = room.UntilRoom(0);
        while (_waiters.First is { } first && room.TryTake())
        {
            End(first, admitted: true);
            beforeTry = room.UntilRoom(0);
        }

        var now = Now;
        var next = SendAwayTheImpatient(now);
        if (_waiters.Count == 0)
        {
            _timer?.Dispose();
            _timer = null;
            return;
        }

        var untilRoom = room.UntilRoom(0);
        if (untilRoom < beforeTry)
        {
            untilRoom = beforeTry;
        }

        if (untilRoom > TimeSpan.Zero && untilRoom < next)
        {
            next = untilRoom;
        }

        if (next > _longestTimer)
        {
            next = _longestTimer;
        }

        // A timer that fires a fraction of a millisecond early would find no room and be set again at once.
        next = TimeSpan.FromMilliseconds(Math.Ceiling(next.TotalMilliseconds));
        _timer ??= time.CreateTimer(static line => ((AdmissionLine)line!).Change(static () => { }), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        _timer.Change(next, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Answers in what time the next of the others loses its patience.</summary>
    private TimeSpan SendAwayTheImpatient(TimeSpan now)
    {
        var ahead = 0;
        var next = TimeSpan.MaxValue;
        for (var place = _waiters.First; place is not null;)
        {
            var following = place.Next;
            var left = place.Value.Deadline - now;
            if (left <= TimeSpan.Zero || room.UntilRoom(ahead) > left)
            {
                End(place, admitted: false);
            }
            else
            {
                ahead++;
                next = left < next ? left : next;
            }

            place = following;
        }

        return next;
    }

    private void End(LinkedListNode<Waiter> place, bool admitted)
    {
        _waiters.Remove(place);
        place.Value.Admission.TrySetResult(admitted);
    }

    private sealed class Waiter(bool urgent, TimeSpan deadline)
    {
        public bool Urgent { get; } = urgent;

        public TimeSpan Deadline { get; } = deadline;

        public LinkedListNode<Waiter> Place { get; set; } = null!;

        public TaskCompletionSource<bool> Admission { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
