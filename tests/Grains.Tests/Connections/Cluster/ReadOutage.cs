namespace OrleansSync.Grains.Tests.Connections.Cluster;

/// <summary>A state that cannot be read for a time, so that its grain cannot be activated.</summary>
internal sealed class ReadOutage(Action end) : IDisposable
{
    private readonly TaskCompletionSource _failed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Waits until somebody tried to read.</summary>
    public Task WaitForFailureAsync(CancellationToken cancellationToken) => _failed.Task.WaitAsync(cancellationToken);

    /// <inheritdoc/>
    public void Dispose() => end();

    /// <summary>Answers a read.</summary>
    internal void Fail()
    {
        _failed.TrySetResult();
        throw new IOException("The database is away.");
    }
}
