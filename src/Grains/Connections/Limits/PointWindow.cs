namespace OrleansSync.Grains.Connections.Limits;

/// <summary>
/// What is known of the points of one minute or day. The vendor's count only falls until its window ends, so that the lowest count told,
/// less the requests that it may not have seen, are points that are certainly there. An answer was made at some moment between its request
/// and its arrival; where that leaves open which window it tells of, the worse is taken for true.
/// </summary>
internal sealed class PointWindow(TimeSpan period)
{
    // Told in whole seconds, so that the ends that two answers tell of one window may differ by nearly two.
    private static readonly TimeSpan _rounding = TimeSpan.FromSeconds(2);

    private bool _isKnown;
    private bool _isAssumed;
    private TimeSpan _assumedAt;
    private TimeSpan _earliestEnd;
    private TimeSpan _latestEnd;
    private TimeSpan _endsAt;
    private long _limit;
    private long _lowest;

    // Requests that the lowest count may lack; and those of them, and others, that may have been counted in the next window already.
    private long _unsure;
    private long _perhapsNext;

    /// <summary>How many points a window has; null until an answer told it.</summary>
    public long? Limit => _isKnown && _limit > 0 ? _limit : null;

    /// <summary>How long one waits for a point who has others before it.</summary>
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
    public void AddUnsure()
    {
        _unsure++;
        _perhapsNext++;
    }

    /// <summary>Takes note of what an answer told.</summary>
    public void Tell(long? limit, long left, TimeSpan reset, TimeSpan took, TimeSpan now)
    {
        Roll(now);
        var latestEnd = now + reset;
        var earliestEnd = latestEnd - took;
        if (!_isKnown)
        {
            _unsure = 0;
            Adopt(limit, left, earliestEnd, latestEnd);
        }
        else if (_isAssumed && now - took >= _assumedAt)
        {
            Adopt(limit, left, earliestEnd, latestEnd);
        }
        else if (_isAssumed)
        {
            AddUnsure();
        }
        else if (earliestEnd > _latestEnd + _rounding)
        {
            _unsure = _perhapsNext;
            Adopt(limit, left, earliestEnd, latestEnd);
        }
        else if (latestEnd >= _earliestEnd - _rounding)
        {
            AddToWindow(left, earliestEnd, latestEnd);
        }
    }

    private void AddToWindow(long left, TimeSpan earliestEnd, TimeSpan latestEnd)
    {
        _lowest = Math.Min(_lowest, left);
        if (latestEnd > _latestEnd + _rounding)
        {
            _perhapsNext++;
        }
        else if (earliestEnd >= _earliestEnd - _rounding)
        {
            _earliestEnd = earliestEnd > _earliestEnd ? earliestEnd : _earliestEnd;
            SetLatestEnd(latestEnd < _latestEnd ? latestEnd : _latestEnd);
        }
    }

    private void Adopt(long? limit, long left, TimeSpan earliestEnd, TimeSpan latestEnd)
    {
        (_isKnown, _isAssumed, _perhapsNext) = (true, false, 0);
        _limit = limit ?? Math.Max(_limit, left);
        _lowest = left;
        _earliestEnd = earliestEnd;
        SetLatestEnd(latestEnd);
    }

    private void SetLatestEnd(TimeSpan latestEnd)
    {
        _latestEnd = latestEnd;

        // Told in whole seconds, rounded down.
        _endsAt = latestEnd + TimeSpan.FromSeconds(1);
    }

    // What the next window looks like is an assumption until the answer to a request sent within it tells.
    private void Roll(TimeSpan now)
    {
        if (!_isKnown || now < _endsAt)
        {
            return;
        }

        (_isAssumed, _assumedAt, _endsAt) = (true, now, now + period);
        (_lowest, _unsure, _perhapsNext) = (_limit, _perhapsNext, 0);
    }
}
