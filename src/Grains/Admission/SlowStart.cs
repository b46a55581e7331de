namespace OrleansSync.Grains.Admission;

/// <summary>
/// How many scheduled runs may be under way after a start or an outage, when very many accounts may be due at once: few at first, one
/// more with each run that ends, and one more with each interval, so that runs that take long hold nobody up.
/// </summary>
/// <param name="first">How many at first.</param>
/// <param name="last">How many in the end.</param>
/// <param name="interval">After which time there is one more anyway.</param>
/// <param name="time">The clock.</param>
internal sealed class SlowStart(int first, int last, TimeSpan interval, TimeProvider time)
{
    private int _earned;
    private long _start = time.GetTimestamp();

    /// <summary>Scheduled runs that may be under way now.</summary>
    public int Limit => (int)Math.Min(last, first + _earned + (Elapsed.Ticks / interval.Ticks));

    /// <summary>Time until there is one more by itself; zero once the last limit is reached.</summary>
    public TimeSpan UntilNext => Limit >= last ? TimeSpan.Zero : interval - TimeSpan.FromTicks(Elapsed.Ticks % interval.Ticks);

    private TimeSpan Elapsed => time.GetElapsedTime(_start);

    /// <summary>A run ended.</summary>
    public void Earn() => _earned = Math.Min(_earned + 1, last);

    /// <summary>Begins anew.</summary>
    public void Restart() => (_earned, _start) = (0, time.GetTimestamp());
}
