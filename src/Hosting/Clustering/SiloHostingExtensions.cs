using Npgsql;
using Orleans.Configuration;
using OrleansSync.Hosting.Secrets;
using OrleansSync.Hosting.Settings;
using OrleansSync.Hosting.Startup;
using OrleansSync.Storage;
using OrleansSync.Storage.PostgreSql;

namespace OrleansSync.Hosting.Clustering;

/// <summary>Adds a silo, or a client of silos, to a process.</summary>
public static class SiloHostingExtensions
{
    /// <summary>Outcome is unknown to a caller after this; every budget inside a grain call is shorter.</summary>
    internal static readonly TimeSpan ResponseTimeout = TimeSpan.FromSeconds(30);

    /// <summary>
    /// Calls that wait for one activation at most. Calls take milliseconds, so that these are as many as it can answer within their
    /// time-out.
    /// </summary>
    internal const int MostWaitingCalls = 2_000;

    /// <summary>
    /// <see cref="ResponseTimeout"/> for whoever serves requests from outside: calls that may take longer say so themselves, and who asks a
    /// cluster that does not answer is told before it gives up.
    /// </summary>
    internal static readonly TimeSpan ClientResponseTimeout = TimeSpan.FromSeconds(12);

    // One small query. A silo that does not answer is left out for as long, so that it is shorter than what a dead one takes to be noticed.
    private static readonly TimeSpan _betweenLooksForSilos = TimeSpan.FromSeconds(5);

    /// <summary>
    /// Adds a silo with the grains and the protection of their secrets: embedded with SQLite, or a member of the PostgreSQL cluster, as
    /// <see cref="OrleansSyncSettings.Mode"/> says. Call <see cref="StartupMigrationExtensions.PrepareOrleansSyncAsync"/> between building
    /// and running the host.
    /// </summary>
    /// <param name="builder">The builder of the process.</param>
    /// <param name="settings">The checked settings.</param>
    /// <param name="configureSilo">Further configuration of the silo, applied last.</param>
    public static void AddOrleansSyncSilo(
        this IHostApplicationBuilder builder, OrleansSyncSettings settings, Action<ISiloBuilder>? configureSilo = null)
    {
        builder.Services.AddOrleansSyncSecrets(settings);
        builder.Services.Configure<HostOptions>(options => options.ShutdownTimeout = Shutdown.Budget);
        builder.UseOrleans(silo =>
        {
            if (settings.Mode == HostingMode.Embedded)
            {
                silo.UseEmbeddedMembership();
            }
            else
            {
                silo.UseClusterMembership(settings.Cluster);
            }

            silo.UseDatabaseStorage();

            KnownInterfaceTypes.AddTo(silo.Services);
            if (settings.HasCollector)
            {
                // It looks at each call between grains, and without a collector there is nothing to hand on.
                silo.AddActivityPropagation();
            }

            silo.ConfigureLimits();
            silo.AddGrains(settings);
            configureSilo?.Invoke(silo);
        });
    }

    /// <summary>
    /// Adds a client of the cluster that the silos form in PostgreSQL, and the protection of secrets. It waits for a silo at start, for up
    /// to two minutes.
    /// </summary>
    /// <param name="builder">The builder of the process.</param>
    /// <param name="settings">The checked settings; their mode is <see cref="HostingMode.Cluster"/>.</param>
    public static void AddOrleansSyncClusterClient(this IHostApplicationBuilder builder, OrleansSyncSettings settings)
    {
        builder.Services.AddOrleansSyncSecrets(settings);
        builder.Services.AddSingleton<IClientConnectionRetryFilter, PatientConnect>();
        builder.Services.AddSingleton<ClusterConnection>();
        builder.Services.AddSingleton<IClusterConnectionStatusObserver>(provider => provider.GetRequiredService<ClusterConnection>());
        builder.Services.AddHostedService<ClusterReconnection>();
        builder.UseOrleansClient(client =>
        {
            client.Configure<ClusterOptions>(
                options => (options.ClusterId, options.ServiceId) = (settings.Cluster.ClusterId, settings.Cluster.ServiceId));
            client.Configure<ClientMessagingOptions>(options => options.ResponseTimeout = ClientResponseTimeout);
            client.Configure<GatewayOptions>(options => options.GatewayListRefreshPeriod = _betweenLooksForSilos);
            client.UseAdoNetClustering(options => options.Configure<NpgsqlDataSource>(
                (gateways, dataSource) => (gateways.Invariant, gateways.DataSource) = (PostgreSqlRows.ProviderInvariant, dataSource)));
            KnownInterfaceTypes.AddTo(client.Services);
            if (settings.HasCollector)
            {
                client.AddActivityPropagation();
            }

            client.AddOrleansDashboard();
        });
    }

    private static void ConfigureLimits(this ISiloBuilder silo)
    {
        silo.Configure<SiloMessagingOptions>(options =>
        {
            options.ResponseTimeout = options.SystemResponseTimeout = ResponseTimeout;

            // Whoever calls an activation that has so many calls before it would be given up before its turn: it is told at once.
            options.MaxEnqueuedRequestsHardLimit = options.MaxEnqueuedRequestsHardLimit_StatelessWorker = MostWaitingCalls;
        });

        // An account that nobody looks at is woken every half hour anyway; keeping it in memory in between saves nothing.
        silo.Configure<GrainCollectionOptions>(options =>
        {
            options.CollectionAge = TimeSpan.FromMinutes(15);
            options.DeactivationTimeout = Shutdown.DeactivationBudget;
        });
    }
}
