using Microsoft.AspNetCore.HttpOverrides;

namespace OrleansSync.Api.Hosting;

/// <summary>
/// Where a request came from, and under which path its sender sees this service, when proxies that the operator has named stand in between.
/// </summary>
internal static class KnownProxies
{
    /// <summary>Believes the headers of these proxies and of nobody else; the framework would believe loopback too.</summary>
    public static IServiceCollection AddKnownProxies(this IServiceCollection services, IReadOnlyList<System.Net.IPNetwork> proxies) =>
        services.Configure<ForwardedHeadersOptions>(options =>
        {
            options.KnownIPNetworks.Clear();
            options.KnownProxies.Clear();
            foreach (var proxy in proxies)
            {
                options.KnownIPNetworks.Add(proxy);
            }

            // Without a network in its list the middleware believes everybody.
            options.ForwardedHeaders = proxies.Count == 0
                ? ForwardedHeaders.None
                : ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto | ForwardedHeaders.XForwardedPrefix;

            // The last address that is not one of the proxies is the client's, however many stand in between.
            options.ForwardLimit = null;
        });
}
