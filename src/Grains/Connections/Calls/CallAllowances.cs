using OrleansSync.Grains.Portals;

namespace OrleansSync.Grains.Connections;

/// <summary>What one run, or one call by hand, may spend at a vendor (R8.11).</summary>
/// <param name="Repeats">Time for repeated reads.</param>
/// <param name="Limits">Time to wait for limits.</param>
internal sealed record CallAllowances(RunAllowance Repeats, RunAllowance Limits);

/// <summary>Hands out allowances: all calls of a run share them, a call by hand has its own.</summary>
internal sealed class RunAllowances(ConnectionOptions options, TimeProvider time)
{
    private string? _runId;
    private CallAllowances? _ofRun;

    /// <summary>The allowances of a run. An account has one run at a time, so those of the run before are forgotten.</summary>
    /// <param name="runId">The run; null for a call by hand.</param>
    /// <param name="place">The run's place, where it is on this silo: what it may wait for limits is one allowance for both vendors then.</param>
    public CallAllowances Of(string? runId, RunPlace? place = null)
    {
        if (runId is null)
        {
            return new CallAllowances(new RunAllowance(options.RepeatAllowance, time), new RunAllowance(options.LimitAllowanceByHand, time));
        }

        if (_ofRun is null || _runId != runId)
        {
            _runId = runId;
            _ofRun = new CallAllowances(new RunAllowance(options.RepeatAllowance, time), place?.ShareLimits(LimitsOfRun) ?? LimitsOfRun());
        }

        return _ofRun;
    }

    private RunAllowance LimitsOfRun() => new(options.LimitAllowance, time);
}
