using OrleansSync.Grains.Interfaces;
using OrleansSync.Grains.Interfaces.Directory;

namespace OrleansSync.Hosting.Clustering;

/// <summary>
/// Asks for a silo again and again while none is known. Orleans looks for silos that joined since when a call is to be sent and there is
/// nobody to send it to; but requests are refused meanwhile, so that nobody else would call.
/// </summary>
/// <param name="connection">Whether there is a connection.</param>
/// <param name="grains">The cluster.</param>
/// <param name="time">The clock.</param>
internal sealed class ClusterReconnection(ClusterConnection connection, IGrainFactory grains, TimeProvider time) : BackgroundService
{
    private static readonly TimeSpan _period = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(2);

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(_period, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            if (connection.LostAt is not null)
            {
                await ReachAsync(stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private async Task ReachAsync(CancellationToken stoppingToken) => await grains.GetGrain<IAccountDirectoryGrain>(GrainKeys.Directory)
        .ReachAsync().WaitAsync(_patience, time, stoppingToken);
}
