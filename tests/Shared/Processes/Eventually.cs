namespace OrleansSync.Testing.Processes;

/// <summary>Waits for conditions that come about in other processes.</summary>
internal static class Eventually
{
    /// <summary>Generous, because other work may share the machine; whoever waits so long is shown what there was last.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);

    private static readonly TimeSpan _pause = TimeSpan.FromMilliseconds(150);

    /// <summary>Looks until a look satisfies the condition, and answers it.</summary>
    /// <param name="what">What is waited for, for the message.</param>
    /// <param name="look">Looks.</param>
    /// <param name="condition">What the look must be.</param>
    /// <param name="patience">How long to wait; null: <see cref="Patience"/>.</param>
    /// <exception cref="TimeoutException">It did not come about in time; the message holds the last look.</exception>
    public static async Task<T> GetAsync<T>(string what, Func<Task<T>> look, Func<T, bool> condition, TimeSpan? patience = null)
    {
        var started = TimeProvider.System.GetTimestamp();
        while (true)
        {
            var seen = await look();
            if (condition(seen))
            {
                return seen;
            }

            if (TimeProvider.System.GetElapsedTime(started) > (patience ?? Patience))
            {
                throw new TimeoutException($"Not in time: {what}. Last seen: {seen}");
            }

            await Task.Delay(_pause, TimeProvider.System, TestContext.Current.CancellationToken);
        }
    }

    /// <summary>Waits until a condition holds.</summary>
    public static Task HoldsAsync(string what, Func<bool> condition, TimeSpan? patience = null) =>
        GetAsync(what, () => Task.FromResult(condition()), holds => holds, patience);
}
