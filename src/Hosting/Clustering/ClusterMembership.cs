using System.Net;
using System.Net.Sockets;
using Npgsql;
using Orleans.Configuration;
using OrleansSync.Hosting.Settings;
using OrleansSync.Storage;
using OrleansSync.Storage.PostgreSql;

namespace OrleansSync.Hosting.Clustering;

/// <summary>The membership of a silo in the cluster that meets in PostgreSQL.</summary>
internal static class ClusterMembership
{
    /// <summary>Refuses to be a silo of a cluster that has no database.</summary>
    /// <exception cref="StartRefusedException">There is no connection string.</exception>
    public static void RefuseEmbedded(OrleansSyncSettings settings)
    {
        if (settings.Mode == HostingMode.Embedded)
        {
            throw new StartRefusedException(
                "ConnectionStrings__OrleansSync must be set: this program is a silo of a cluster that meets in a PostgreSQL database. "
                + "To run everything in one process without a database server, start src/Api instead.");
        }
    }

    /// <summary>
    /// Refuses to be a silo whose ports another program has. The silo would find out as well, but in the middle of its start, where the
    /// message drowns in what it says while it is torn down.
    /// </summary>
    /// <exception cref="StartRefusedException">A port is taken.</exception>
    public static void RequireFreePorts(ClusterSettings settings)
    {
        (int Port, string Setting)[] ports =
            [(settings.SiloPort, "OrleansSync__Cluster__SiloPort"), (settings.GatewayPort, "OrleansSync__Cluster__GatewayPort")];
        foreach (var (port, setting) in ports)
        {
            try
            {
                using var listener = new TcpListener(ListeningAddress(settings), port);
                listener.Start();
            }
            catch (SocketException exception)
            {
                throw new StartRefusedException(
                    $"The silo cannot listen on port {port}: {exception.Message}. Stop the program that has it, or set {setting} to "
                    + "another.", exception);
            }
        }
    }

    /// <summary>Joins the cluster under the settings' ids, ports and address.</summary>
    public static void UseClusterMembership(this ISiloBuilder silo, ClusterSettings settings)
    {
        silo.Configure<ClusterOptions>(options => (options.ClusterId, options.ServiceId) = (settings.ClusterId, settings.ServiceId));
        silo.ConfigureEndpoints(settings.SiloPort, settings.GatewayPort, listenOnAnyHostAddress: settings.AdvertisedAddress is null);
        if (settings.AdvertisedAddress is { } advertised)
        {
            var address = IPAddress.Parse(advertised);
            silo.Configure<EndpointOptions>(options =>
            {
                options.AdvertisedIPAddress = address;
                options.SiloListeningEndpoint = new(ListeningAddress(settings), settings.SiloPort);
                options.GatewayListeningEndpoint = new(ListeningAddress(settings), settings.GatewayPort);
            });
        }

        silo.UseAdoNetClustering(options => options.Configure<NpgsqlDataSource>(
            (membership, dataSource) => (membership.Invariant, membership.DataSource) = (PostgreSqlRows.ProviderInvariant, dataSource)));
    }

    // The advertised address may belong to a router in front of this machine; loopback never does, and then nobody else may connect.
    private static IPAddress ListeningAddress(ClusterSettings settings) =>
        settings.AdvertisedAddress is { } advertised && IPAddress.Parse(advertised) is var address && IPAddress.IsLoopback(address)
            ? address
            : IPAddress.Any;
}
