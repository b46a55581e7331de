using OrleansSync.Grains.Portals;

namespace OrleansSync.Grains.Connections;

/// <summary>Waits for a vendor's limits, during which a run's place on its silo is of use to others.</summary>
internal static class LimitWait
{
    // Most waits are shorter: to lend the place for them would only make runs change places.
    private static readonly TimeSpan _short = TimeSpan.FromSeconds(1);

    /// <summary>Waits; from a second on, the place is lent out.</summary>
    /// <param name="wait">What is waited for.</param>
    /// <param name="place">The run's place; null for a call by hand, or where the run is on another silo.</param>
    /// <param name="time">The clock.</param>
    public static async Task<T> LendingAsync<T>(Task<T> wait, RunPlace? place, TimeProvider time)
    {
        if (place is null || wait.IsCompleted)
        {
            return await wait;
        }

        using (var delay = new CancellationTokenSource())
        {
            await Task.WhenAny(wait, Task.Delay(_short, time, delay.Token));
            await delay.CancelAsync();
        }

        if (wait.IsCompleted)
        {
            return await wait;
        }

        using var loan = place.Lend();
        return await wait;
    }
}
