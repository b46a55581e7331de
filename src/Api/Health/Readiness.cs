using OrleansSync.Grains.Interfaces;
using OrleansSync.Grains.Interfaces.Directory;
using OrleansSync.Grains.Interfaces.Rows;

namespace OrleansSync.Api.Health;

/// <summary>Whether requests can be served now.</summary>
internal sealed partial class Readiness(
    IGrainFactory grains, TimeProvider time, DatabaseCondition database, IHostApplicationLifetime lifetime, ILogger<Readiness> logger)
{
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(3);

    /// <summary>What is in the way; null when nothing is.</summary>
    public async Task<string?> FindObstacleAsync(CancellationToken cancellationToken)
    {
        if (lifetime.ApplicationStopping.IsCancellationRequested)
        {
            return "This process is stopping.";
        }

        if (database.Outage is { } outage)
        {
            return outage.Problem;
        }

        try
        {
            await grains.GetGrain<IAccountDirectoryGrain>(GrainKeys.Directory).ReachAsync().WaitAsync(_patience, time, cancellationToken);
            return null;
        }
        catch (Exception exception) when (exception is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            NotReady(exception);
            return "The cluster does not answer.";
        }
    }

    [LoggerMessage(4201, LogLevel.Warning, "This process is not ready: the cluster does not answer")]
    private partial void NotReady(Exception exception);
}
