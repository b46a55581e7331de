namespace OrleansSync.Grains.Interfaces.Rows;

/// <summary>An outage of the database.</summary>
/// <param name="Since">When it was noticed.</param>
/// <param name="Problem">What is wrong and what to do, for a person; holds no secret.</param>
public sealed record DatabaseOutage(DateTimeOffset Since, string Problem);

/// <summary>
/// Whether this process can use its database, as whoever watches it saw last. While it cannot, no runs begin and storage answers at once
/// instead of after a time-out. Without anybody who watches, the database counts as there. Safe for use by several threads.
/// </summary>
/// <param name="time">The clock.</param>
public sealed class DatabaseCondition(TimeProvider time)
{
    private readonly Lock _lock = new();
    private TaskCompletionSource _turned = NewSignal();
    private TaskCompletionSource _doubt = NewSignal();
    private DatabaseOutage? _outage;

    /// <summary>The outage there is; null while the database can be used.</summary>
    public DatabaseOutage? Outage => Volatile.Read(ref _outage);

    /// <summary>Tells that the database cannot be used; the time of an outage that goes on stays.</summary>
    /// <param name="problem">What is wrong and what to do.</param>
    /// <returns>Whether this is news.</returns>
    public bool ReportAway(string problem)
    {
        lock (_lock)
        {
            return Turn(new DatabaseOutage(_outage?.Since ?? time.GetUtcNow(), problem)) is null;
        }
    }

    /// <summary>Tells that the database can be used.</summary>
    /// <returns>The outage that ended; null when there was none.</returns>
    public DatabaseOutage? ReportBack()
    {
        lock (_lock)
        {
            return Turn(null);
        }
    }

    /// <summary>Asks for a look, because an operation failed as it would if the database were away.</summary>
    public void Doubt() => Volatile.Read(ref _doubt).TrySetResult();

    /// <summary>Waits until somebody doubts. Belongs to the one who watches.</summary>
    /// <param name="longest">How long to wait at most.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>Whether somebody does.</returns>
    public async Task<bool> WaitForDoubtAsync(TimeSpan longest, CancellationToken cancellationToken)
    {
        using var delay = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var doubt = Volatile.Read(ref _doubt).Task;
        var doubted = await Task.WhenAny(doubt, Task.Delay(longest, time, delay.Token)).ConfigureAwait(false) == doubt;
        await delay.CancelAsync().ConfigureAwait(false);
        cancellationToken.ThrowIfCancellationRequested();
        if (doubted)
        {
            Volatile.Write(ref _doubt, NewSignal());
        }

        return doubted;
    }

    /// <summary>Waits for an outage; ends at once while there is one.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    public Task WhenAwayAsync(CancellationToken cancellationToken) => WhenAsync(away: true).WaitAsync(cancellationToken);

    /// <summary>Waits until the database can be used; ends at once while it can.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    public Task WhenBackAsync(CancellationToken cancellationToken) => WhenAsync(away: false).WaitAsync(cancellationToken);

    private Task WhenAsync(bool away)
    {
        lock (_lock)
        {
            return away == _outage is not null ? Task.CompletedTask : _turned.Task;
        }
    }

    private DatabaseOutage? Turn(DatabaseOutage? next)
    {
        var before = _outage;
        _outage = next;
        if (before is null != next is null)
        {
            _turned.SetResult();
            _turned = NewSignal();
        }

        return before;
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
