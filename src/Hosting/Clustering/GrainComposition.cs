using OrleansSync.Grains;
using OrleansSync.Grains.Connections;
using OrleansSync.Grains.Connections.Bitrix24;
using OrleansSync.Grains.Outbound;
using OrleansSync.Grains.Storage;
using OrleansSync.Hosting.Outbound;
using OrleansSync.Hosting.Settings;
using OrleansSync.Hosting.Telemetry;
using OrleansSync.Storage;

namespace OrleansSync.Hosting.Clustering;

/// <summary>The one place where the grains' own services, states and outgoing clients meet the silo.</summary>
internal static class GrainComposition
{
    /// <summary>Adds what the grains need besides storage, membership and secrets.</summary>
    public static void AddGrains(this ISiloBuilder silo, OrleansSyncSettings settings)
    {
        var services = silo.Services;
        services.AddOrleansSyncGrains(options => options.Period = settings.SchedulePeriod);
        services.Configure<GrainStateJsonOptions>(options => options.Formats.Add(GrainStateJson.Options));
        services.Configure<Bitrix24OAuthOptions>(options =>
        {
            options.ClientId = settings.Bitrix24OAuth.ClientId;
            options.ClientSecret = settings.Bitrix24OAuth.ClientSecret?.Reveal();
            options.TokenEndpoint = settings.Bitrix24OAuth.TokenEndpoint;
        });
        services.AddSingleton(new OutboundAddressPolicy(settings.AllowedNetworks));
        services.AddGuardedClient(ConnectionHttpClients.Bitrix24);
        services.AddGuardedClient(ConnectionHttpClients.CallGear);
        silo.AddOrleansDashboard();
    }

    private static void AddGuardedClient(this IServiceCollection services, string name) => services.AddHttpClient(name)
        .ConfigurePrimaryHttpMessageHandler(provider => OutboundHandler.Create(
            provider.GetRequiredService<OutboundAddressPolicy>(), provider.GetRequiredService<TimeProvider>()))

        .AddHttpMessageHandler(provider => new VendorCallTelemetry(name, provider.GetRequiredService<TimeProvider>()))

        // The handler renews its connections by itself.
        .SetHandlerLifetime(Timeout.InfiniteTimeSpan)

        // The factory's own loggers write whole addresses, and the address of a Bitrix24 webhook is a secret.
        .RemoveAllLoggers();
}
