using OrleansSync.Grains.Connections;

namespace OrleansSync.Grains.Portals;

/// <summary>
/// A run's place on this silo. While the run waits for a vendor's limits the place is lent out, so that an account whose vendor has blocked it delays nobody else.
/// </summary>
internal sealed class RunPlace(RunAdmission admission, string runId, bool isUrgent) : IDisposable
{
    private readonly Lock _lock = new();
    private RunAllowance? _limits;

    /// <summary>The run.</summary>
    public string RunId { get; } = runId;

    /// <summary>Whether a person waits for it.</summary>
    public bool IsUrgent { get; } = isUrgent;

    /// <summary>Waits of the run under way. Belongs to the admission, like what follows.</summary>
    internal int Waits { get; set; }

    /// <summary>Whether somebody else has the place for now.</summary>
    internal bool IsLent { get; set; }

    /// <summary>Whether the run has ended.</summary>
    internal bool IsEnded { get; set; }

    /// <summary>R8.11: the time that the run may wait for limits, made by the first of its connections that asks and shared by both.</summary>
    /// <param name="create">Makes it.</param>
    public RunAllowance ShareLimits(Func<RunAllowance> create)
    {
        lock (_lock)
        {
            return _limits ??= create();
        }
    }

    /// <summary>Lends the place out until the answer is disposed of; of several waits at once the last one that ends takes it back.</summary>
    public Loan Lend()
    {
        admission.Lend(this);
        return new Loan(admission, this);
    }

    /// <inheritdoc />
    public void Dispose() => admission.End(this);

    /// <summary>The time for which a place is lent out.</summary>
    internal readonly struct Loan(RunAdmission admission, RunPlace place) : IDisposable
    {
        /// <summary>Ends it.</summary>
        public void Dispose() => admission.TakeBack(place);
    }
}
