using System.Collections.Concurrent;
using OrleansSync.Grains.Interfaces.Runs;

namespace OrleansSync.Grains.Admission;

/// <summary>
/// A run's permit on this silo, and what the run may spend. While the run waits for a vendor's limits the permit is lent out, so that an
/// account whose vendor has blocked it delays nobody else.
/// </summary>
internal sealed class RunLease(RunLimiter limiter, string runId, bool isUrgent, TimeProvider time)
    : PermitRequest(isUrgent, Timeout.InfiniteTimeSpan), IDisposable
{
    // Most waits are shorter: to lend the permit for them would only make runs change places.
    private static readonly TimeSpan _short = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<string, TimeAllowance> _allowances = new();

    public string RunId { get; } = runId;

    /// <summary>Waits of the run under way. Belongs to the limiter, like what follows.</summary>
    internal int Waits { get; set; }

    /// <summary>Whether another run may have the permit for now.</summary>
    internal bool IsLent { get; set; }

    /// <summary>Whether the permit was given back.</summary>
    internal bool IsEnded { get; set; }

    /// <summary>Time that the run may spend on something, made by the first who asks and shared by all who do (R8.11).</summary>
    public TimeAllowance Allowance(string purpose, TimeSpan limit) => _allowances.GetOrAdd(purpose, _ => new TimeAllowance(limit, time));

    /// <summary>The limit that the run waits for while its permit is lent out; null for none.</summary>
    public VendorWait? WaitsFor { get; internal set; }

    /// <summary>Waits; from a second on, the permit is lent out.</summary>
    /// <param name="wait">The wait.</param>
    /// <param name="waitsFor">Tells what for, once it is so long.</param>
    public async Task<T> LendDuringAsync<T>(Task<T> wait, Func<VendorWait> waitsFor)
    {
        await ((Task)wait).WaitAsync(_short, time)
            .ConfigureAwait(ConfigureAwaitOptions.ContinueOnCapturedContext | ConfigureAwaitOptions.SuppressThrowing);
        if (wait.IsCompleted)
        {
            return await wait;
        }

        using var loan = Lend(waitsFor());
        return await wait;
    }

    /// <summary>
    /// Lends the permit out until the answer is disposed of; of several waits at once the last one that ends takes it back.
    /// </summary>
    /// <param name="waitsFor">What the run waits for meanwhile.</param>
    public Loan Lend(VendorWait waitsFor)
    {
        limiter.Lend(this, waitsFor);
        return new Loan(limiter, this);
    }

    /// <inheritdoc />
    public void Dispose() => limiter.End(this);

    /// <summary>The time for which a permit is lent out.</summary>
    internal readonly struct Loan(RunLimiter limiter, RunLease lease) : IDisposable
    {
        public void Dispose() => limiter.TakeBack(lease);
    }
}
