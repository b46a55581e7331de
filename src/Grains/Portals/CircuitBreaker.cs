using OrleansSync.Grains.Interfaces;
using OrleansSync.Grains.Interfaces.Connections;
using OrleansSync.Grains.Interfaces.Employees;

namespace OrleansSync.Grains.Portals;

/// <summary>
/// Opens when CallGear is away for everybody, not for one user (R8.5): nobody has got through for 2 minutes, as long as R8.11 lets a run
/// wait for what passes. With a time-out for every user a run over some thousand of them would last for hours, and the next one would wait
/// behind it.
/// </summary>
internal sealed class CircuitBreaker(TimeProvider time)
{
    private static readonly TimeSpan _patience = TimeSpan.FromMinutes(2);

    private long? _since;

    /// <summary>Takes note of what came of one user.</summary>
    /// <returns>Whether it is open, so that the run tries no further users.</returns>
    public bool OpensAfter(EmployeeResult result)
    {
        if (result.Calls == 0)
        {
            return false;
        }

        if (result.Reason?.Code != ProblemCode.Unreachable)
        {
            _since = null;
            return false;
        }

        _since ??= time.GetTimestamp();
        return time.GetElapsedTime(_since.Value) >= _patience;
    }

    /// <summary>Why the run ended.</summary>
    public static CallFailure Failure(string accountId) => new()
    {
        Problem = new Problem(
            ProblemCode.Unreachable,
            $"Account {accountId}: CallGear has answered for no employee for {_patience.TotalMinutes:0} minutes, so the import stopped. "
            + "What was done until then stands; the next run goes on. If it lasts, check that CallGear can be reached."),
    };
}
