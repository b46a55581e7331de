using System.Collections.Concurrent;

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

    /// <summary>Waits; from a second on, the permit is lent out.</summary>
    public async Task<T> LendDuringAsync<T>(Task<T> wait)
    {
        await ((Task)wait).WaitAsync(_short, time)
            .ConfigureAwait(ConfigureAwaitOptions.ContinueOnCapturedContext | ConfigureAwaitOptions.SuppressThrowing);
        if (wait.IsCompleted)
        {
            return await wait;
        }

        using var loan = Lend();
        return await wait;
    }

    /// <summary>
    /// Lends the permit out until the answer is disposed of; of several waits at once the last one that ends takes it back.
    /// </summary>
    public Loan Lend()
    {
        limiter.Lend(this);
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
