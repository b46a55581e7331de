using OrleansSync.Grains.Admission;

namespace OrleansSync.Grains.Connections.Limits;

/// <summary>
/// Bitrix24's limit of requests to one portal: each fills the bucket a little, which leaks evenly and never overflows. Not more than the
/// capacity and what leaks meanwhile is ever let through in any stretch of time. Source: the vendor's page on limits of REST.
/// </summary>
internal sealed class LeakyBucket : ILimit
{
    /// <summary>
    /// Longest time to leave a portal alone: the vendor counts execution time over 10 minutes, so that a later time can only be a mistake.
    /// </summary>
    public static readonly TimeSpan LongestBlock = TimeSpan.FromMinutes(10);

    private static readonly TimeSpan _firstBackOff = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan _longestBackOff = TimeSpan.FromSeconds(30);

    // A refusal after so long a quiet time is a new one, not a sign that the last back-off was too short.
    private static readonly TimeSpan _quiet = TimeSpan.FromMinutes(2);

    private readonly TimeProvider _time;
    private readonly long _start;
    private readonly TimeSpan _perRequest;
    private readonly TimeSpan _whenFull;
    private TimeSpan _emptyAt;
    private TimeSpan _blockedUntil;
    private TimeSpan? _refusedAt;
    private TimeSpan _backOff = _firstBackOff;

    /// <summary>A bucket.</summary>
    /// <param name="perSecond">How much it leaks, in requests a second.</param>
    /// <param name="capacity">How many requests it holds.</param>
    /// <param name="level">How many it holds at the start.</param>
    /// <param name="time">The clock.</param>
    public LeakyBucket(double perSecond, int capacity, int level, TimeProvider time)
    {
        _time = time;
        _start = time.GetTimestamp();
        _perRequest = TimeSpan.FromTicks((long)Math.Ceiling(TimeSpan.TicksPerSecond / perSecond));
        _whenFull = _perRequest * capacity;
        _emptyAt = _perRequest * level;
    }

    private TimeSpan Now => _time.GetElapsedTime(_start);

    /// <inheritdoc />
    public TimeSpan UntilPermit(int ahead)
    {
        var at = _emptyAt + (_perRequest * (ahead + 1L)) - _whenFull;
        var wait = (at > _blockedUntil ? at : _blockedUntil) - Now;
        return wait > TimeSpan.Zero ? wait : TimeSpan.Zero;
    }

    /// <inheritdoc />
    public bool TryTake(bool urgent)
    {
        if (UntilPermit(0) > TimeSpan.Zero)
        {
            return false;
        }

        _emptyAt = Later(_emptyAt, Now) + _perRequest;
        return true;
    }

    /// <summary>
    /// Takes note that the portal refused a request although there was room here: somebody else uses the same bucket. Ours counts as full,
    /// and each refusal in a row makes the wait twice as long.
    /// </summary>
    public void Fill()
    {
        var now = Now;
        if (now < _blockedUntil)
        {
            return;
        }

        _backOff = _refusedAt is { } before && now - before <= _quiet ? Shorter(_backOff * 2, _longestBackOff) : _firstBackOff;
        _refusedAt = now;
        _emptyAt = Later(_emptyAt, now + _whenFull);
        _blockedUntil = now + _backOff;
    }

    /// <summary>Lets nothing through for a time; a shorter block than there is changes nothing.</summary>
    /// <param name="duration">How long, up to <see cref="LongestBlock"/>.</param>
    public void Block(TimeSpan duration) => _blockedUntil = Later(_blockedUntil, Now + Shorter(duration, LongestBlock));

    private static TimeSpan Later(TimeSpan one, TimeSpan other) => one > other ? one : other;

    private static TimeSpan Shorter(TimeSpan one, TimeSpan other) => one < other ? one : other;
}
