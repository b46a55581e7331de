using OrleansSync.Grains.Admission;

namespace OrleansSync.Grains.Connections.Calls;

/// <summary>
/// When a read that failed for a passing reason is repeated (R8.11): after growing waits with jitter, for a while, within what the run may
/// spend.
/// </summary>
/// <param name="options">The window and the waits.</param>
/// <param name="allowance">What the run has left.</param>
/// <param name="jitter">Spreads the waits, so that the accounts of a vendor that was away do not come back all at once.</param>
internal sealed class ReadRetry(ConnectionOptions options, TimeAllowance allowance, Random jitter)
{
    private TimeSpan _spent;
    private int _failures;

    /// <summary>Whether the next try is a repetition.</summary>
    public bool IsRepeating => _failures > 0;

    /// <summary>Takes note of a failure.</summary>
    /// <param name="spent">Time since the failure before it, waits for limits not counted; zero for the first.</param>
    /// <returns>How long to wait before the next try; null when there is none.</returns>
    public TimeSpan? NextDelay(TimeSpan spent)
    {
        _spent += spent;
        if (_spent >= options.RepeatWindow)
        {
            return null;
        }

        var doublings = Math.Min(_failures++, 16);
        var longest = TimeSpan.FromTicks(Math.Min(options.LongestDelay.Ticks, options.FirstDelay.Ticks << doublings));
        var delay = longest * (0.5 + (jitter.NextDouble() / 2));
        return delay < allowance.Remaining ? delay : null;
    }
}
