namespace OrleansSync.Grains.Connections;

/// <summary>
/// What is known of the points of one minute or day. The vendor's count only falls until its window ends, so that the lowest count told, less the requests that it may
/// not have seen, are points that are certainly there.
/// </summary>
/// <param name="period">How long the window lasts.</param>
internal sealed class PointWindow(TimeSpan period)
{
    // Resets are told in whole seconds, so that two answers of one window may seem to differ by nearly two.
    private static readonly TimeSpan Rounding = TimeSpan.FromSeconds(2);

    private TimeSpan? _toldReset;
    private TimeSpan _endsAt;
    private long _limit;
    private long _lowest;
    private long _unsure;

    private bool IsKnown => _toldReset is not null;

    /// <summary>Whether the points of the current window came from an answer and are used up.</summary>
    public TimeSpan UntilPoint(int ahead, int inFlight, TimeSpan now)
    {
        Roll(now);
        if (!IsKnown)
        {
            return TimeSpan.Zero;
        }

        var missing = ahead + 1 - (_lowest - inFlight - _unsure);
        if (missing <= 0)
        {
            return TimeSpan.Zero;
        }

        // Whoever finds no place in the next window either waits for the one after it.
        var furtherWindows = _limit > 0 ? (ahead + (long)inFlight) / _limit : 0;
        return _endsAt - now + (period * furtherWindows);
    }

    /// <summary>Takes note of a request that may or may not have cost its point.</summary>
    public void AddUnsure() => _unsure++;

    /// <summary>Takes note of what an answer told.</summary>
    /// <param name="limit">Points a window.</param>
    /// <param name="remaining">Points left.</param>
    /// <param name="reset">Time until the window ends.</param>
    /// <param name="now">The time.</param>
    public void Tell(long? limit, long? remaining, TimeSpan? reset, TimeSpan now)
    {
        if (remaining is not { } left || reset is not { } after)
        {
            return;
        }

        Roll(now);
        var resetAt = now + after;
        var isNewer = _toldReset is not { } told || resetAt > told + Rounding;
        if (!isNewer && (resetAt < _toldReset - Rounding || now >= _toldReset + Rounding))
        {
            // An answer that was on its way since the window before.
            return;
        }

        _limit = limit ?? Math.Max(_limit, left);
        if (isNewer)
        {
            _toldReset = resetAt;
            _lowest = left;
            _unsure = 0;

            // Told in whole seconds, rounded down.
            _endsAt = resetAt + TimeSpan.FromSeconds(1);
        }
        else
        {
            _lowest = Math.Min(_lowest, left);
        }
    }

    // What the next window looks like is an assumption until an answer tells it.
    private void Roll(TimeSpan now)
    {
        if (!IsKnown || now < _endsAt)
        {
            return;
        }

        _lowest = _limit;
        _unsure = 0;
        _endsAt = now + period;
    }
}
