namespace OrleansSync.Grains.Connections;

/// <summary>
/// What is known of the points of one minute or day. The vendor's count only falls until its window ends, so that the lowest count told, less the requests that it may
/// not have seen, are points that are certainly there.
/// </summary>
/// <param name="period">How long the window lasts.</param>
internal sealed class PointWindow(TimeSpan period)
{
    // Told in whole seconds, so that the ends that two answers tell of one window may differ by nearly two.
    private static readonly TimeSpan Rounding = TimeSpan.FromSeconds(2);

    private bool _isKnown;
    private bool _isAssumed;
    private TimeSpan _assumedAt;
    private TimeSpan _toldEnd;
    private TimeSpan _endsAt;
    private long _limit;
    private long _lowest;
    private long _unsure;

    /// <summary>How long one waits for a point who has others before it.</summary>
    /// <param name="ahead">How many are served before.</param>
    /// <param name="inFlight">How many hold a point.</param>
    /// <param name="now">The time.</param>
    public TimeSpan UntilPoint(int ahead, int inFlight, TimeSpan now)
    {
        Roll(now);
        if (!_isKnown || _lowest - inFlight - _unsure > ahead)
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
    /// <param name="left">Points left.</param>
    /// <param name="reset">Time until the window ends.</param>
    /// <param name="took">Time since the request was sent: the answer was made at some moment of it.</param>
    /// <param name="now">The time.</param>
    public void Tell(long? limit, long left, TimeSpan reset, TimeSpan took, TimeSpan now)
    {
        Roll(now);
        var latestEnd = now + reset;
        var isOfThisWindow = true;
        if (!_isKnown || (_isAssumed ? now - took >= _assumedAt : latestEnd - took > _toldEnd + Rounding))
        {
            (_isKnown, _isAssumed, _lowest, _unsure) = (true, false, left, 0);
        }
        else if (_isAssumed)
        {
            // Perhaps of the window before, perhaps the first of this one; in the latter case it cost one of its points.
            _unsure++;
            isOfThisWindow = false;
        }
        else if (latestEnd < _toldEnd - Rounding)
        {
            isOfThisWindow = false;
        }
        else
        {
            _lowest = Math.Min(_lowest, left);
            latestEnd = latestEnd < _toldEnd ? latestEnd : _toldEnd;
        }

        if (isOfThisWindow)
        {
            _toldEnd = latestEnd;
            _limit = limit ?? Math.Max(_limit, left);

            // Told in whole seconds, rounded down.
            _endsAt = latestEnd + TimeSpan.FromSeconds(1);
        }
    }

    // What the next window looks like is an assumption until the answer to a request sent within it tells.
    private void Roll(TimeSpan now)
    {
        if (!_isKnown || now < _endsAt)
        {
            return;
        }

        (_isAssumed, _assumedAt, _endsAt, _lowest, _unsure) = (true, now, now + period, _limit, 0);
    }
}
