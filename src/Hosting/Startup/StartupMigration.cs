using Microsoft.Extensions.DependencyInjection.Extensions;
using OrleansSync.Grains.Interfaces.Rows;
using OrleansSync.Hosting.Secrets;
using OrleansSync.Hosting.Settings;
using OrleansSync.Storage;

namespace OrleansSync.Hosting.Startup;

/// <summary>
/// What must be done before anything of a process starts: take the data directory, bring the schema up to date, and see that the key ring
/// can be read. It happens once, as a hosted service that was added before all others, or earlier on demand.
/// </summary>
public sealed partial class StartupMigration : IHostedService
{
    private readonly IServiceProvider _services;
    private readonly ILogger<StartupMigration> _logger;
    private readonly Lock _gate = new();
    private Task? _done;

    internal StartupMigration(IServiceProvider services, ILogger<StartupMigration> logger)
    {
        _services = services;
        _logger = logger;
    }

    /// <summary>Prepares the process now.</summary>
    /// <exception cref="StartRefusedException">Something is in the way; the message says what and what to do.</exception>
    public Task StartAsync(CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            return _done ??= RunAsync(cancellationToken);
        }
    }

    /// <inheritdoc />
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private async Task RunAsync(CancellationToken cancellationToken)
    {
        // Reads the key file: what is wrong with the settings is told before a database is waited for.
        var keyRing = _services.GetService<KeyRingPreparation>();
        var schema = await _services.GetRequiredService<ISchema>().UpgradeAsync(cancellationToken);
        LogSchemaReady(schema.Version, schema.Applied);
        if (keyRing is not null)
        {
            await keyRing.RunAsync(cancellationToken);
        }
    }
}

/// <summary>Adds and runs <see cref="StartupMigration"/>.</summary>
public static class StartupMigrationExtensions
{
    /// <summary>
    /// Prepares the process between building and running its host, so that a problem is an exception with a message for a person and not
    /// a failure in the middle of the start.
    /// </summary>
    /// <param name="host">The built host.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <exception cref="StartRefusedException">Something is in the way; the message says what and what to do.</exception>
    public static Task PrepareOrleansSyncAsync(this IHost host, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(host);
        return host.Services.GetRequiredService<StartupMigration>().StartAsync(cancellationToken);
    }

    /// <summary>Adds the database of the settings and its preparation, once.</summary>
    internal static void AddStartupMigration(this IServiceCollection services, OrleansSyncSettings settings)
    {
        if (services.Any(service => service.ServiceType == typeof(StartupMigration)))
        {
            return;
        }

        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(settings);
        if (settings.ConnectionString is { } connectionString)
        {
            services.AddPostgreSql(connectionString.Reveal(), settings.Database.MaxConnections);
        }
        else
        {
            services.AddSingleton(_ => DataDirectory.Open(settings.DataDirectory));
            services.AddSqlite(provider => provider.GetRequiredService<DataDirectory>().DatabaseFile);
        }

        services.TryAddSingleton<DatabaseCondition>();
        services.AddHostedService<DatabaseWatch>();
        services.AddSingleton(provider => new StartupMigration(provider, provider.GetRequiredService<ILogger<StartupMigration>>()));
        services.Insert(0, ServiceDescriptor.Singleton<IHostedService>(provider => provider.GetRequiredService<StartupMigration>()));
    }
}
