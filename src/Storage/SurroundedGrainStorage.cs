using Orleans.Storage;

namespace OrleansSync.Storage;

/// <summary>Storage that does something around every operation of another.</summary>
internal abstract class SurroundedGrainStorage(IGrainStorage inner) : IGrainStorage, ILifecycleParticipant<ISiloLifecycle>
{
    /// <inheritdoc />
    public void Participate(ISiloLifecycle lifecycle) => (inner as ILifecycleParticipant<ISiloLifecycle>)?.Participate(lifecycle);

    /// <inheritdoc />
    public Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) =>
        ReadStateAsync(stateName, grainId, grainState, CancellationToken.None);

    /// <inheritdoc />
    public Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState, CancellationToken cancellationToken) =>
        AroundReadAsync(stateName, grainId, () => inner.ReadStateAsync(stateName, grainId, grainState, cancellationToken));

    /// <inheritdoc />
    public Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) =>
        WriteStateAsync(stateName, grainId, grainState, CancellationToken.None);

    /// <inheritdoc />
    public Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState, CancellationToken cancellationToken) =>
        AroundWriteAsync(
            stateName, grainId, () => inner.WriteStateAsync(stateName, grainId, grainState, cancellationToken), cancellationToken);

    /// <inheritdoc />
    public Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) =>
        ClearStateAsync(stateName, grainId, grainState, CancellationToken.None);

    /// <inheritdoc />
    public Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState, CancellationToken cancellationToken) =>
        AroundWriteAsync(
            stateName, grainId, () => inner.ClearStateAsync(stateName, grainId, grainState, cancellationToken), cancellationToken);

    /// <summary>Reads.</summary>
    protected abstract Task AroundReadAsync(string stateName, GrainId grainId, Func<Task> read);

    /// <summary>Writes or clears.</summary>
    protected abstract Task AroundWriteAsync(string stateName, GrainId grainId, Func<Task> write, CancellationToken cancellationToken);
}
