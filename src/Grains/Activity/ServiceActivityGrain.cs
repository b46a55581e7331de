using System.Collections.Immutable;
using OrleansSync.Grains.Interfaces;

namespace OrleansSync.Grains.Activity;

/// <inheritdoc cref="IServiceActivityGrain"/>
/// <param name="time">The clock.</param>
internal sealed class ServiceActivityGrain(TimeProvider time) : Grain, IServiceActivityGrain
{
    private readonly DateTimeOffset _since = time.GetUtcNow();
    private ImmutableSortedDictionary<DateTimeOffset, ActivityMinute> _minutes = ImmutableSortedDictionary<DateTimeOffset, ActivityMinute>.Empty;
    private ImmutableDictionary<string, DateTimeOffset> _lastRuns = ImmutableDictionary.Create<string, DateTimeOffset>(StringComparer.Ordinal);

    /// <inheritdoc />
    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        // Accounts may be quiet for half an hour, which is longer than an activation lives that nobody calls.
        DelayDeactivation(TimeSpan.MaxValue);
        return Task.CompletedTask;
    }

    /// <inheritdoc />
    public Task NoteAsync(FinishedRun run)
    {
        _minutes = ActivityWindow.With(_minutes, run);
        _lastRuns = _lastRuns.SetItem(run.AccountId, run.At);
        return Task.CompletedTask;
    }

    /// <inheritdoc />
    public Task<ServiceActivity> GetAsync() => Task.FromResult(new ServiceActivity(
        _since, [.. ActivityWindow.Since(_minutes, time.GetUtcNow() - ActivityWindow.Length).Values], _lastRuns));
}
