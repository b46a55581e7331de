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
/// <exception cref="ArgumentException">A part of the key is longer than <see cref="KeyLimits"/> allow.</exception>
/// <exception cref="StorageUnavailableException">The database cannot be used; whether a state was written is not known.</exception>
internal sealed class WatchedGrainStorage(IGrainStorage inner, DatabaseCondition condition, string serviceId)
    : SurroundedGrainStorage(inner)
{
    /// <inheritdoc />
    protected override Task AroundWriteAsync(
        string stateName, GrainId grainId, Func<Task> write, CancellationToken cancellationToken) =>
        AroundReadAsync(stateName, grainId, write);

    /// <inheritdoc />
    protected override async Task AroundReadAsync(string stateName, GrainId grainId, Func<Task> read)
    {
        KeyLimits.Check(serviceId, stateName, grainId);
        if (condition.Outage is { } outage)
        {
            throw new StorageUnavailableException(outage.Problem);
        }

        try
        {
            await read();
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
