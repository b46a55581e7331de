namespace OrleansSync.Grains.Concurrency;

/// <summary>
/// Concurrency within one activation: every continuation stays on the grain's scheduler, so that what the work shares needs no locks.
/// </summary>
internal static class SlidingWindow
{
    /// <summary>Works on all items, a bounded number at a time, in their order; the first exception stops handing out more.</summary>
    public static Task ForEachAsync<T>(IReadOnlyList<T> items, int atATime, Func<T, Task> work) => Parallel.ForEachAsync(
        items,
        new ParallelOptions { MaxDegreeOfParallelism = atATime, TaskScheduler = TaskScheduler.Current },
        (item, _) => new(work(item)));
}
