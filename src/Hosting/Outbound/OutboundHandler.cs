using System.Diagnostics;
using System.Net;
using OrleansSync.Grains.Outbound;

namespace OrleansSync.Hosting.Outbound;

/// <summary>Makes the handlers of all calls to addresses that an account names.</summary>
internal static class OutboundHandler
{
    private const int MaxHeaderKilobytes = 32;
    private static readonly TimeSpan _connectTimeout = TimeSpan.FromSeconds(10);

    /// <summary>A name that moves is followed within this time.</summary>
    private static readonly TimeSpan _connectionLifetime = TimeSpan.FromMinutes(5);

    /// <summary>Makes a handler that reaches what the policy allows and nothing else.</summary>
    public static SocketsHttpHandler Create(OutboundAddressPolicy policy, TimeProvider timeProvider, ResolveHost? resolve = null) => new()
    {
        ConnectCallback = new GuardedConnect(policy, resolve ?? Dns.GetHostAddressesAsync, timeProvider).ConnectAsync,
        ConnectTimeout = _connectTimeout,
        PooledConnectionLifetime = _connectionLifetime,
        MaxResponseHeadersLength = MaxHeaderKilobytes,
        AutomaticDecompression = DecompressionMethods.All,

        // A redirect would lead the credentials to an address that nobody has entered, and a proxy would resolve names past the check.
        AllowAutoRedirect = false,
        UseProxy = false,
        UseCookies = false,

        // The ids of this service's traces are no business of others.
        ActivityHeadersPropagator = DistributedContextPropagator.CreateNoOutputPropagator(),
    };
}
