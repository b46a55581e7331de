using Orleans.Storage;
using OrleansSync.Grains.Interfaces;
using OrleansSync.Grains.Interfaces.Rows;

namespace OrleansSync.Storage;

/// <summary>
/// Storage that says what is wrong when the database as a whole cannot be used, in words that get through to the API, and that does not
/// keep anybody waiting for a database that is known to be away: every caller would hold its thread, its connection and its patience until
/// a time-out. A key that the database cannot hold is refused at every call, reading included, so that a grain fails before it did anything
/// that it could never remember.
/// </summary>
internal sealed class WatchedGrainStorage(
    IGrainStorage inner, DatabaseCondition condition, string serviceId) : IGrainStorage, ILifecycleParticipant<ISiloLifecycle>
{
    /// <inheritdoc />
    public void Participate(ISiloLifecycle lifecycle) => (inner as ILifecycleParticipant<ISiloLifecycle>)?.Participate(lifecycle);

    /// <inheritdoc />
    /// <exception cref="ArgumentException">A part of the key is longer than <see cref="KeyLimits"/> allow.</exception>
    /// <exception cref="StorageUnavailableException">The database cannot be used.</exception>
    public Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) =>
        ReadStateAsync(stateName, grainId, grainState, CancellationToken.None);

    /// <inheritdoc />
    /// <exception cref="ArgumentException">A part of the key is longer than <see cref="KeyLimits"/> allow.</exception>
    /// <exception cref="StorageUnavailableException">The database cannot be used.</exception>
    public Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState, CancellationToken cancellationToken) =>
        WatchAsync(stateName, grainId, () => inner.ReadStateAsync(stateName, grainId, grainState, cancellationToken));

    /// <inheritdoc />
    /// <exception cref="ArgumentException">A part of the key is longer than <see cref="KeyLimits"/> allow.</exception>
    /// <exception cref="StorageUnavailableException">The database cannot be used; whether the state was written is not known.</exception>
    public Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) =>
        WriteStateAsync(stateName, grainId, grainState, CancellationToken.None);

    /// <inheritdoc />
    /// <exception cref="ArgumentException">A part of the key is longer than <see cref="KeyLimits"/> allow.</exception>
    /// <exception cref="StorageUnavailableException">The database cannot be used; whether the state was written is not known.</exception>
    public Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState, CancellationToken cancellationToken) =>
        WatchAsync(stateName, grainId, () => inner.WriteStateAsync(stateName, grainId, grainState, cancellationToken));

    /// <inheritdoc />
    /// <exception cref="ArgumentException">A part of the key is longer than <see cref="KeyLimits"/> allow.</exception>
    /// <exception cref="StorageUnavailableException">The database cannot be used; whether the state was cleared is not known.</exception>
    public Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) =>
        ClearStateAsync(stateName, grainId, grainState, CancellationToken.None);

    /// <inheritdoc />
    /// <exception cref="ArgumentException">A part of the key is longer than <see cref="KeyLimits"/> allow.</exception>
    /// <exception cref="StorageUnavailableException">The database cannot be used; whether the state was cleared is not known.</exception>
    public Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState, CancellationToken cancellationToken) =>
        WatchAsync(stateName, grainId, () => inner.ClearStateAsync(stateName, grainId, grainState, cancellationToken));

    private async Task WatchAsync(string stateName, GrainId grainId, Func<Task> operation)
    {
        KeyLimits.Check(serviceId, stateName, grainId);
        if (condition.Outage is { } outage)
        {
            throw new StorageUnavailableException(outage.Problem);
        }

        try
        {
            await operation();
        }
        catch (Exception exception) when (DatabaseFaults.Describe(exception) is { } problem)
        {
            condition.Doubt();

            // The engine's own exception goes to the log of this process only: it names hosts and files, and other processes may not know
            // its type.
            throw new StorageUnavailableException(problem);
        }
    }
}
