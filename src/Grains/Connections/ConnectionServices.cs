using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using OrleansSync.Grains.Connections.Bitrix24;
using OrleansSync.Grains.Connections.Calls;

namespace OrleansSync.Grains.Connections;

/// <summary>Registers what the grains that call the vendors need.</summary>
public static class ConnectionServices
{
    /// <summary>
    /// Adds the protection of secrets, the clients by the names of <see cref="ConnectionHttpClients"/> and the options. The host adds Data
    /// Protection's key ring and the clients' handlers.
    /// </summary>
    /// <param name="services">Where to register.</param>
    public static IServiceCollection AddVendorConnections(this IServiceCollection services)
    {
        ArgumentNullException.ThrowIfNull(services);
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<AccountSecrets>();
        services.TryAddSingleton<VendorClients>();
        services.TryAddSingleton<ConnectionEnvironment>();
        services.AddHttpClient(ConnectionHttpClients.Bitrix24);
        services.AddHttpClient(ConnectionHttpClients.CallGear);
        services.AddOptions<Bitrix24OAuthOptions>()
            .Validate(
                static options => options.TokenEndpoint is { IsAbsoluteUri: true },
                "Bitrix24's token endpoint must be an absolute address.")
            .ValidateOnStart();
        services.AddOptions<ConnectionOptions>()
            .Validate(static options => options.IsValid, "The settings of connections are out of range.")
            .ValidateOnStart();
        services.TryAddSingleton(static provider => provider.GetRequiredService<IOptions<ConnectionOptions>>().Value);
        services.TryAddSingleton(static provider => provider.GetRequiredService<IOptions<Bitrix24OAuthOptions>>().Value);
        return services;
    }
}
