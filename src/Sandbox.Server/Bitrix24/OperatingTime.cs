namespace OrleansSync.Sandbox.Bitrix24;

/// <summary>Execution time of each method over the last window, kept by the second.</summary>
internal sealed class OperatingTime(TimeProvider time)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, List<(long Second, double Cost)>> _methods = [];

    /// <summary>Counts one call unless the method has used up its limit.</summary>
    /// <returns>Whether the call may run; the method's sum; the Unix time at which the oldest part of it falls out of the window.</returns>
    public (bool Allowed, double Operating, long ResetAt) TryAdd(
        string method, double cost, double limit, int windowSeconds)
    {
        var now = time.GetUtcNow().ToUnixTimeSeconds();
        lock (_lock)
        {
            if (!_methods.TryGetValue(method, out var seconds))
            {
                _methods[method] = seconds = [];
            }

            seconds.RemoveAll(s => s.Second <= now - windowSeconds);
            var sum = seconds.Sum(s => s.Cost);
            var allowed = sum < limit;
            if (allowed)
            {
                sum += cost;
                if (seconds.Count > 0 && seconds[^1].Second == now)
                {
                    seconds[^1] = (now, seconds[^1].Cost + cost);
                }
                else
                {
                    seconds.Add((now, cost));
                }
            }

            return (allowed, sum, (seconds.Count > 0 ? seconds[0].Second : now) + windowSeconds);
        }
    }
}
