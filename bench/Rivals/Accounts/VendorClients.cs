using System.Diagnostics;
using System.Net;
using Microsoft.Extensions.DependencyInjection;
using OrleansSync.Bitrix24;
using OrleansSync.CallGear;

namespace OrleansSync.Rivals.Accounts;

/// <summary>
/// The service's own clients of both vendors on the same connections: handlers of a factory that follow no redirects, decompress, and
/// renew themselves. What is left out is the check of addresses, which the service makes once a connection, and its meter.
/// </summary>
/// <param name="http">The factory.</param>
/// <param name="time">Measures timeouts.</param>
internal sealed class VendorClients(IHttpClientFactory http, TimeProvider time)
{
    private const string Bitrix24Name = "bitrix24";
    private const string CallGearName = "callgear";
    private const int MaxHeaderKilobytes = 32;
    private static readonly TimeSpan _connectTimeout = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan _connectionLifetime = TimeSpan.FromMinutes(5);

    /// <summary>Adds the factory's clients.</summary>
    public static void Add(IServiceCollection services)
    {
        foreach (var name in new[] { Bitrix24Name, CallGearName })
        {
            services.AddHttpClient(name).ConfigurePrimaryHttpMessageHandler(Handler)
                .SetHandlerLifetime(Timeout.InfiniteTimeSpan).RemoveAllLoggers();
        }
    }

    /// <summary>A client of Bitrix24.</summary>
    public Bitrix24Client Bitrix24() => new(http.CreateClient(Bitrix24Name), time);

    /// <summary>A client of CallGear.</summary>
    public CallGearClient CallGear() => new(http.CreateClient(CallGearName), time);

    private static SocketsHttpHandler Handler() => new()
    {
        ConnectTimeout = _connectTimeout,
        PooledConnectionLifetime = _connectionLifetime,
        MaxResponseHeadersLength = MaxHeaderKilobytes,
        AutomaticDecompression = DecompressionMethods.All,
        AllowAutoRedirect = false,
        UseProxy = false,
        UseCookies = false,
        ActivityHeadersPropagator = DistributedContextPropagator.CreateNoOutputPropagator(),
    };
}
