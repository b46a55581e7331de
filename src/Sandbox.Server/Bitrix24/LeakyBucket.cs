namespace OrleansSync.Sandbox.Bitrix24;

/// <summary>
/// The vendor's request limit: each accepted request adds one, the bucket leaks steadily, and a request that would overfill it is refused.
/// </summary>
internal sealed class LeakyBucket(TimeProvider time)
{
    private readonly Lock _lock = new();
    private double _level;
    private long _filledAt = time.GetTimestamp();

    public bool TryAdd(double leakPerSecond, int capacity)
    {
        lock (_lock)
        {
            var now = time.GetTimestamp();
            _level = Math.Max(0, _level - (time.GetElapsedTime(_filledAt, now).TotalSeconds * leakPerSecond));
            _filledAt = now;
            if (_level + 1 > capacity)
            {
                return false;
            }

            _level++;
            return true;
        }
    }
}
