using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace OrleansSync.Load.Compare;

/// <summary>Has silos forget all activations that are idle, as they do by themselves after some minutes; a client of the cluster.</summary>
internal sealed class ActivationCollection : IAsyncDisposable
{
    private const string Invariant = "Npgsql";

    // The grains of an account that every import needs.
    private static readonly string[] _grains = ["PortalGrain,OrleansSync.", "ConnectionGrain,OrleansSync."];

    private static readonly TimeSpan _pause = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(60);

    private readonly IHost _host;

    private ActivationCollection(IHost host) => _host = host;

    /// <summary>Joins a cluster.</summary>
    /// <param name="connectionString">The database where its silos meet.</param>
    /// <param name="clusterId">Its id, which is also that of the service.</param>
    /// <param name="cancellationToken">Breaks off.</param>
    public static async Task<ActivationCollection> StartAsync(
        string connectionString, string clusterId, CancellationToken cancellationToken)
    {
        var builder = Host.CreateApplicationBuilder();
        builder.Logging.SetMinimumLevel(LogLevel.Error);
        builder.UseOrleansClient(client =>
        {
            client.Configure<Orleans.Configuration.ClusterOptions>(
                options => (options.ClusterId, options.ServiceId) = (clusterId, clusterId));
            client.UseAdoNetClustering(options => (options.Invariant, options.ConnectionString) = (Invariant, connectionString));
        });
        var collection = new ActivationCollection(builder.Build());
        await collection._host.StartAsync(cancellationToken);
        return collection;
    }

    /// <summary>Waits until no account is in memory.</summary>
    /// <param name="cancellationToken">Breaks off.</param>
    /// <exception cref="IncompleteImportException">Some stay.</exception>
    public async Task CollectAsync(CancellationToken cancellationToken)
    {
        var management = ((IGrainFactory)_host.Services.GetService(typeof(IGrainFactory))!).GetGrain<IManagementGrain>(0);
        var since = TimeProvider.System.GetTimestamp();
        while (true)
        {
            await management.ForceActivationCollection(TimeSpan.Zero, cancellationToken);
            var left = (await management.GetSimpleGrainStatistics(cancellationToken))
                .Where(grain => Array.Exists(_grains, name => grain.GrainType.Contains(name, StringComparison.Ordinal)))
                .Sum(grain => grain.ActivationCount);
            if (left == 0)
            {
                return;
            }

            if (TimeProvider.System.GetElapsedTime(since) > _patience)
            {
                throw new IncompleteImportException($"{left} activations stay in memory.");
            }

            await Task.Delay(_pause, TimeProvider.System, cancellationToken);
        }
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync();
        _host.Dispose();
    }
}
