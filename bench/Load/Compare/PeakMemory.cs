namespace OrleansSync.Load.Compare;

/// <summary>Looks at the memory of processes, again and again, until it is disposed.</summary>
internal sealed class PeakMemory : IAsyncDisposable
{
    private static readonly TimeSpan _pause = TimeSpan.FromMilliseconds(100);

    private readonly IReadOnlyList<int> _processes;
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _watching;

    /// <summary>Begins to look.</summary>
    /// <param name="processes">The processes.</param>
    public PeakMemory(IReadOnlyList<int> processes)
    {
        _processes = processes;
        AtFirst = Peak = ProcessTable.AnonymousMemoryOf(processes);
        _watching = Task.Run(WatchAsync);
    }

    /// <summary>Bytes of all processes together when it began.</summary>
    public long AtFirst { get; }

    /// <summary>The most bytes of all processes together at one moment.</summary>
    public long Peak { get; private set; }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _watching;
        _stop.Dispose();
    }

    private async Task WatchAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            Peak = Math.Max(Peak, ProcessTable.AnonymousMemoryOf(_processes));
            await Task.Delay(_pause, TimeProvider.System, _stop.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}
