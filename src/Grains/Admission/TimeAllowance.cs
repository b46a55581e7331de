namespace OrleansSync.Grains.Admission;

/// <summary>
/// Time that a run may spend on one thing, as the clock tells it: what several of its calls spend at once counts once. Safe for use by
/// several grains.
/// </summary>
internal sealed class TimeAllowance(TimeSpan limit, TimeProvider time)
{
    private readonly Lock _lock = new();
    private TimeSpan _spent;
    private int _spenders;
    private bool _isShared;
    private bool _isForgiven;
    private long _since;

    /// <summary>What is left; never negative.</summary>
    public TimeSpan Remaining
    {
        get
        {
            lock (_lock)
            {
                var left = limit - _spent - (_spenders > 0 ? time.GetElapsedTime(_since) : TimeSpan.Zero);
                return left > TimeSpan.Zero ? left : TimeSpan.Zero;
            }
        }
    }

    /// <summary>Spends until the answer is disposed of.</summary>
    public Spending Spend()
    {
        lock (_lock)
        {
            _isForgiven = false;
            _isShared = _spenders > 0;
            if (_spenders++ == 0)
            {
                _since = time.GetTimestamp();
            }
        }

        return new Spending(this);
    }

    private void Forgive()
    {
        lock (_lock)
        {
            _isForgiven = !_isShared;
        }
    }

    private void Stop()
    {
        lock (_lock)
        {
            if (--_spenders == 0)
            {
                _spent += _isForgiven ? TimeSpan.Zero : time.GetElapsedTime(_since);
            }
        }
    }

    /// <summary>An ongoing spending.</summary>
    internal readonly struct Spending(TimeAllowance allowance) : IDisposable
    {
        public void Dispose() => allowance.Stop();

        /// <summary>Does not count it after all, unless others have spent at the same time.</summary>
        public void Forgive() => allowance.Forgive();
    }
}
