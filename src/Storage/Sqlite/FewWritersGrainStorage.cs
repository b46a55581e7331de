using Orleans.Storage;

namespace OrleansSync.Storage.Sqlite;

/// <summary>
/// Lets few writes at a time through to SQLite. SQLite has one write lock and its calls block their thread: without this, a burst of
/// writes would hold a thread of the pool each and the whole process would stall behind the disk. Here they wait without a thread.
/// </summary>
internal sealed class FewWritersGrainStorage(IGrainStorage inner, TimeProvider timeProvider) : SurroundedGrainStorage(inner), IDisposable
{
    /// <summary>One commits to the disk while the next serializes its state; more would only wait inside SQLite.</summary>
    public const int MaxWriters = 2;

    /// <summary>Below the 30 seconds that a grain call may take, so that the caller hears of it.</summary>
    public static readonly TimeSpan MaxWait = TimeSpan.FromSeconds(20);

    private readonly SemaphoreSlim _writers = new(MaxWriters, MaxWriters);

    /// <inheritdoc />
    public void Dispose() => _writers.Dispose();

    /// <inheritdoc />
    protected override Task AroundReadAsync(string stateName, GrainId grainId, Func<Task> read) => read();

    /// <inheritdoc />
    /// <exception cref="TimeoutException">No turn came within <see cref="MaxWait"/>; nothing was written.</exception>
    protected override async Task AroundWriteAsync(
        string stateName, GrainId grainId, Func<Task> write, CancellationToken cancellationToken)
    {
        using (var deadline = new CancellationTokenSource(MaxWait, timeProvider))
        using (var linked = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken))
        {
            try
            {
                await _writers.WaitAsync(linked.Token);
            }
            catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
            {
                throw new TimeoutException(
                    $"The state was not written: the disk is so busy that no turn came within {MaxWait.TotalSeconds:0} seconds.");
            }
        }

        try
        {
            await write();
        }
        finally
        {
            _writers.Release();
        }
    }
}
