namespace OrleansSync.Grains.Admission;

/// <summary>
/// Grants the permits of a limit: to urgent requests before the others, to each kind in the order they came. A request that would wait
/// longer than its patience is refused as soon as that is known. Safe for use by several threads.
/// </summary>
/// <param name="limit">Has the permits.</param>
/// <param name="time">The clock.</param>
/// <param name="moved">Is told, outside of the lock, when the line may have got shorter.</param>
internal sealed class PriorityLimiter(ILimit limit, TimeProvider time, Action? moved = null)
{
    // Timers take no more than 49 days; whoever waits longer is looked at in between.
    private static readonly TimeSpan _longestTimer = TimeSpan.FromDays(1);

    private readonly Lock _lock = new();
    private readonly List<PermitRequest> _waiting = [];
    private readonly long _start = time.GetTimestamp();
    private ITimer? _timer;

    /// <summary>How many requests wait that are not urgent.</summary>
    public int Ordinary
    {
        get
        {
            lock (_lock)
            {
                return _waiting.Count(request => !request.IsUrgent);
            }
        }
    }

    /// <summary>Waits for a permit.</summary>
    /// <param name="urgent">Whether to go before those who are not urgent.</param>
    /// <param name="patience">How long to wait at most, or <see cref="Timeout.InfiniteTimeSpan"/>.</param>
    /// <param name="cancellationToken">Leaves the line.</param>
    /// <returns>Whether a permit was granted.</returns>
    public Task<bool> AcquireAsync(bool urgent, TimeSpan patience, CancellationToken cancellationToken) =>
        AcquireAsync(new PermitRequest(urgent, patience), cancellationToken);

    /// <summary>Waits for a permit.</summary>
    /// <param name="request">The request, made once.</param>
    /// <param name="cancellationToken">Leaves the line.</param>
    /// <returns>Whether a permit was granted.</returns>
    public async Task<bool> AcquireAsync(PermitRequest request, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        lock (_lock)
        {
            request.Deadline = request.Patience == Timeout.InfiniteTimeSpan ? TimeSpan.MaxValue : Now + request.Patience;
            Join(request);
            Serve();
        }

        await using var registration = cancellationToken.UnsafeRegister(
            static (state, token) =>
            {
                var (limiter, request) = ((PriorityLimiter, PermitRequest))state!;
                limiter.Change(() => limiter.Leave(request, token));
            },
            (this, request));
        return await request.Answer.Task;
    }

    /// <summary>Makes a request urgent that waits; it goes behind those that are urgent already.</summary>
    /// <param name="isIt">Tells the request from others; nothing happens if it does not wait.</param>
    public void Promote(Func<PermitRequest, bool> isIt) => Change(() =>
    {
        if (_waiting.FirstOrDefault(isIt) is { IsUrgent: false } request)
        {
            _waiting.Remove(request);
            request.IsUrgent = true;
            Join(request);
        }
    });

    /// <summary>Looks again, because a permit was given back or what is known of the limit changed.</summary>
    /// <param name="change">The change; it is made while nobody is served.</param>
    public void Change(Action change)
    {
        lock (_lock)
        {
            change();
            Serve();
        }

        moved?.Invoke();
    }

    private TimeSpan Now => time.GetElapsedTime(_start);

    // Behind the urgent ones, or behind all.
    private void Join(PermitRequest request) =>
        _waiting.Insert(request.IsUrgent ? _waiting.FindLastIndex(other => other.IsUrgent) + 1 : _waiting.Count, request);

    private void Leave(PermitRequest request, CancellationToken token)
    {
        if (_waiting.Remove(request))
        {
            request.Answer.TrySetCanceled(token);
        }
    }

    private void End(PermitRequest request, bool isGranted)
    {
        _waiting.Remove(request);
        request.Answer.TrySetResult(isGranted);
    }

    private void Serve()
    {
        // Asked before each try: where a permit comes about between a try that fails and the question when to look again,
        // nobody would look.
        var untilPermit = limit.UntilPermit(0);
        while (_waiting.Count > 0 && limit.TryTake(_waiting[0].IsUrgent))
        {
            End(_waiting[0], isGranted: true);
            untilPermit = limit.UntilPermit(0);
        }

        var next = RefuseTheImpatient(Now);
        if (_waiting.Count == 0)
        {
            _timer?.Dispose();
            _timer = null;
            return;
        }

        if (untilPermit == TimeSpan.Zero)
        {
            untilPermit = limit.UntilPermit(0);
        }

        LookAgainIn(untilPermit > TimeSpan.Zero && untilPermit < next ? untilPermit : next);
    }

    private void LookAgainIn(TimeSpan wait)
    {
        // A timer that fires a fraction of a millisecond early would find no permit and be set again at once.
        wait = wait > _longestTimer ? _longestTimer : TimeSpan.FromMilliseconds(Math.Ceiling(wait.TotalMilliseconds));
        _timer ??= time.CreateTimer(
            static limiter => ((PriorityLimiter)limiter!).Change(static () => { }),
            this,
            Timeout.InfiniteTimeSpan,
            Timeout.InfiniteTimeSpan);
        _timer.Change(wait, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Answers in what time the next of the others loses its patience.</summary>
    private TimeSpan RefuseTheImpatient(TimeSpan now)
    {
        var next = TimeSpan.MaxValue;
        for (var ahead = 0; ahead < _waiting.Count;)
        {
            var left = _waiting[ahead].Deadline - now;
            if (left <= TimeSpan.Zero || limit.UntilPermit(ahead) > left)
            {
                End(_waiting[ahead], isGranted: false);
            }
            else
            {
                ahead++;
                next = left < next ? left : next;
            }
        }

        return next;
    }
}
