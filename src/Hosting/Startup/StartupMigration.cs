using Microsoft.Extensions.DependencyInjection.Extensions;
using OrleansSync.Grains.Interfaces.Rows;
using OrleansSync.Hosting.Secrets;
using OrleansSync.Hosting.Settings;
using OrleansSync.Storage;

namespace OrleansSync.Hosting.Startup;

/// <summary>
/// What must be done before anything of a process starts: take the data directory, bring the schema up to date, and see that the key ring
/// can be read. The key file is read when this is made: what is wrong with the settings is told before a database is waited for.
/// </summary>
internal sealed partial class StartupMigration(ISchema database, KeyRingPreparation keyRing, ILogger<StartupMigration> logger)
{
    /// <summary>Prepares the process.</summary>
    /// <exception cref="StartRefusedException">Something is in the way; the message says what and what to do.</exception>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var schema = await database.UpgradeAsync(cancellationToken);
        LogSchemaReady(schema.Version, schema.Applied);
        await keyRing.RunAsync(cancellationToken);
    }

    [LoggerMessage(5101, LogLevel.Information, "The database has schema version {Version}; {Applied} steps were applied now")]
    private partial void LogSchemaReady(int version, int applied);
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
    public static Task PrepareOrleansSyncAsync(this IHost host, CancellationToken cancellationToken = default) =>
        host.Services.GetRequiredService<StartupMigration>().RunAsync(cancellationToken);

    /// <summary>Adds the database of the settings and its preparation.</summary>
    internal static void AddStartupMigration(this IServiceCollection services, OrleansSyncSettings settings)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(settings);
        if (settings.ConnectionString is { } connectionString)
        {
            DatabaseFiles.RequireReadable(connectionString);
            services.AddPostgreSql(connectionString.Reveal(), settings.Database.MaxConnections);
        }
        else
        {
            services.AddSingleton(_ => DataDirectory.Open(settings.DataDirectory));
            services.AddSqlite(provider => provider.GetRequiredService<DataDirectory>().DatabaseFile);
        }

        services.TryAddSingleton<DatabaseCondition>();
        services.AddHostedService<DatabaseWatch>();
        services.AddSingleton<StartupMigration>();
    }
}
