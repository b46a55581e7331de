namespace OrleansSync.Grains.Concurrency;

/// <summary>
/// Concurrency within one activation: every continuation stays on the grain's scheduler, so that what the work shares needs no locks.
/// </summary>
internal static class SlidingWindow
{
    /// <summary>Works on all items, a bounded number at a time, in their order; the first exception stops handing out more.</summary>
    public static async Task ForEachAsync<T>(IReadOnlyList<T> items, int atATime, Func<T, Task> work)
    {
        var next = 0;
        var failed = false;
        await Task.WhenAll(Enumerable.Range(0, Math.Min(atATime, items.Count)).Select(_ => WorkerAsync()));

        async Task WorkerAsync()
        {
            while (next < items.Count && !failed)
            {
                try
                {
                    await work(items[next++]);
                }
                catch
                {
                    failed = true;
                    throw;
                }
            }
        }
    }
}
