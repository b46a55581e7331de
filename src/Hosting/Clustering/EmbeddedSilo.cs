using System.Net;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Connections;
using Orleans.Configuration;

namespace OrleansSync.Hosting.Clustering;

/// <summary>The membership of a silo that is alone by design.</summary>
internal static class EmbeddedSilo
{
    /// <summary>State belongs to this service; it never changes, because the file would seem empty under another.</summary>
    public const string ServiceId = "orleanssync";

    /// <summary>
    /// Makes the silo a cluster of one: a loopback port of its own for the silo protocol, no gateway at all (the process itself is the only
    /// client and needs none), and a cluster id that nobody can guess, without which a connection is refused.
    /// </summary>
    public static void UseEmbeddedMembership(this ISiloBuilder silo)
    {
        var clusterId = $"embedded-{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16))}";
        silo.Configure<ClusterOptions>(options => (options.ClusterId, options.ServiceId) = (clusterId, ServiceId));
        silo.Services.AddSingleton<ReservedLoopbackPort>();
        silo.Services.AddOptions<EndpointOptions>().Configure<ReservedLoopbackPort>((options, port) =>
        {
            options.AdvertisedIPAddress = IPAddress.Loopback;
            options.SiloPort = port.EndPoint.Port;
            options.GatewayPort = 0;
        });
        silo.UseDevelopmentClustering(options => options.Configure<ReservedLoopbackPort>(
            (membership, port) => membership.PrimarySiloEndpoint = port.EndPoint));
        ListenOnReservedPort(silo.Services);
    }

    private static void ListenOnReservedPort(IServiceCollection services)
    {
        // Orleans keeps its listener factories, of silo and gateway, under keys of its own. Without a gateway only the silo's ever listens.
        foreach (var listener
            in services.Where(service => service.IsKeyedService && service.ServiceType == typeof(IConnectionListenerFactory)).ToList())
        {
            services.Remove(listener);
            services.AddKeyedSingleton<IConnectionListenerFactory, ReservedPortListenerFactory>(listener.ServiceKey);
        }
    }
}
