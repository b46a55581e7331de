using System.Net;
using Npgsql;
using Orleans.Configuration;
using OrleansSync.Silo.Settings;
using OrleansSync.Silo.Storage;

namespace OrleansSync.Silo.Hosting;

/// <summary>The membership of a silo in the cluster that meets in PostgreSQL.</summary>
internal static class ClusterMembership
{
    /// <summary>Joins the cluster under the settings' ids, ports and address.</summary>
    public static void UseClusterMembership(this ISiloBuilder silo, ClusterSettings settings)
    {
        silo.Configure<ClusterOptions>(options => (options.ClusterId, options.ServiceId) = (settings.ClusterId, settings.ServiceId));
        silo.ConfigureEndpoints(settings.SiloPort, settings.GatewayPort, listenOnAnyHostAddress: settings.AdvertisedAddress is null);
        if (settings.AdvertisedAddress is { } address)
        {
            silo.Configure<EndpointOptions>(options =>
            {
                options.AdvertisedIPAddress = address;

                // The advertised address may belong to a router in front of this machine; loopback never does, and then nobody else may connect.
                var listen = IPAddress.IsLoopback(address) ? address : IPAddress.Any;
                options.SiloListeningEndpoint = new(listen, settings.SiloPort);
                options.GatewayListeningEndpoint = new(listen, settings.GatewayPort);
            });
        }

        silo.UseAdoNetClustering(options => options.Configure<NpgsqlDataSource>(
            (membership, dataSource) => (membership.Invariant, membership.DataSource) = (PostgreSqlStorage.Invariant, dataSource)));
    }
}
