using OrleansSync.Grains.Admission;
using OrleansSync.Grains.Interfaces.Runs;

namespace OrleansSync.Grains.Connections.Calls;

/// <summary>What one run, or one call by hand, may spend at a vendor (R8.11).</summary>
/// <param name="Repeats">Time for repeated reads.</param>
/// <param name="Limits">Time to wait for limits.</param>
/// <param name="Lease">The run's lease, which is lent out meanwhile; null for a call by hand, or where the run is on another silo.</param>
internal sealed record CallAllowances(TimeAllowance Repeats, TimeAllowance Limits, RunLease? Lease = null)
{
    /// <summary>Waits for limits.</summary>
    /// <param name="wait">The wait.</param>
    /// <param name="waitsFor">Tells what for, if it takes long.</param>
    public Task<T> WaitAsync<T>(Task<T> wait, Func<VendorWait> waitsFor) => Lease?.LendDuringAsync(wait, waitsFor) ?? wait;
}

/// <summary>Finds what calls to a vendor may spend: all calls of a run share it, a call by hand has its own.</summary>
/// <param name="vendor">The vendor.</param>
/// <param name="options">How much there is.</param>
/// <param name="runs">The runs of this silo; null where there are none.</param>
/// <param name="time">The clock.</param>
internal sealed class RunAllowances(string vendor, ConnectionOptions options, RunLimiter? runs, TimeProvider time)
{
    private string? _runId;
    private CallAllowances? _elsewhere;

    /// <summary>
    /// The allowances of a run: those of its lease, so that what it may wait for limits is one allowance for both vendors.
    /// </summary>
    /// <param name="runId">The run; null for a call by hand.</param>
    public CallAllowances Of(string? runId)
    {
        if (runId is null)
        {
            return Own(options.LimitAllowanceByHand);
        }

        if (runs?.Find(runId) is { } lease)
        {
            return new CallAllowances(
                lease.Allowance($"{vendor} repeats", options.RepeatAllowance), lease.Allowance("limits", options.LimitAllowance), lease);
        }

        // A run on another silo. An account has one run at a time, so those of the run before are forgotten.
        if (_elsewhere is null || _runId != runId)
        {
            (_runId, _elsewhere) = (runId, Own(options.LimitAllowance));
        }

        return _elsewhere;
    }

    private CallAllowances Own(TimeSpan limits) => new(new TimeAllowance(options.RepeatAllowance, time), new TimeAllowance(limits, time));
}
