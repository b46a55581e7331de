using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using OrleansSync.Grains.Admission;
using OrleansSync.Grains.Connections;
using OrleansSync.Grains.Connections.Credentials;
using OrleansSync.Grains.Directory;
using OrleansSync.Grains.Interfaces.Rows;
using OrleansSync.Grains.Placement;
using OrleansSync.Grains.Portals;

namespace OrleansSync.Grains;

/// <summary>Registration of everything the grains need of their silo.</summary>
public static class GrainServices
{
    /// <summary>
    /// Adds the services of the grains; the host adds storage, reminders, the key ring and the handlers of the outgoing HTTP clients.
    /// </summary>
    /// <param name="services">The silo's services.</param>
    /// <param name="configure">Sets how imports are scheduled and bounded.</param>
    public static IServiceCollection AddOrleansSyncGrains(this IServiceCollection services, Action<ImportOptions>? configure = null)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<DatabaseCondition>();
        services.TryAddSingleton<RunLimiter>();
        services.TryAddSingleton<DueBacklog>();
        services.TryAddSingleton<CredentialsAtHand>();
        services.TryAddSingleton<HandOver>();
        services.AddSingleton<ILifecycleParticipant<ISiloLifecycle>>(provider => provider.GetRequiredService<HandOver>());
        services.AddHostedService<OverdueSweep>();
        services.AddOptions<ImportOptions>().Configure(options => configure?.Invoke(options));
        services.AddVendorConnections();
        services.AddPlacementDirector<AccountPlacement, AccountPlacementDirector>();
        return services;
    }
}
