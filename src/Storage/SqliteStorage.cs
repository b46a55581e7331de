using Microsoft.Extensions.Options;
using Orleans.Configuration;
using Orleans.Providers;
using Orleans.Runtime.Hosting;
using Orleans.Storage;
using OrleansSync.Grains.Interfaces.Rows;
using OrleansSync.Storage.Rows;
using OrleansSync.Storage.Sqlite;

namespace OrleansSync.Storage;

/// <summary>Grain states and reminders in a SQLite file.</summary>
internal static class SqliteStorage
{
    /// <summary>The name under which Orleans' ADO.NET providers know SQLite; behind it they load <c>Microsoft.Data.Sqlite</c>.</summary>
    public const string Invariant = "System.Data.SQLite";

    /// <summary>Adds the file and its schema.</summary>
    /// <param name="services">The services.</param>
    /// <param name="databaseFile">Absolute path of the file; asked for when the database is used first.</param>
    public static void AddSqlite(this IServiceCollection services, Func<IServiceProvider, string> databaseFile)
    {
        services.AddSingleton(provider => new SqliteDataSource(databaseFile(provider)));
        services.AddSingleton<ISchema>(provider => new SqliteSchema(
            provider.GetRequiredService<SqliteDataSource>(), SchemaScripts.Load("Sqlite"), provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger<SqliteSchema>>()));
        services.AddSingleton<IDatabaseProbe>(provider => new SqliteProbe(provider.GetRequiredService<SqliteDataSource>()));
    }

    /// <summary>Makes the file the default grain storage and the reminder table.</summary>
    public static void UseSqliteStorage(this ISiloBuilder silo)
    {
        silo.Services.AddSingleton<IGrainStorageSerializer, JsonGrainStateSerializer>();
        silo.Services.AddOptions<AdoNetGrainStorageOptions>(ProviderConstants.DEFAULT_STORAGE_PROVIDER_NAME)
            .Configure<SqliteDataSource, IGrainStorageSerializer>((storage, dataSource, serializer) =>
            {
                storage.Invariant = Invariant;
                storage.DataSource = dataSource;
                storage.GrainStorageSerializer = serializer;

                // A cleared state leaves no row behind: a disconnected account's tokens must be gone.
                storage.DeleteStateOnClear = true;
            });
        silo.Services.AddGrainStorage(ProviderConstants.DEFAULT_STORAGE_PROVIDER_NAME, (provider, name) => new WatchedGrainStorage(
            new FewWritersGrainStorage(AdoNetGrainStorageFactory.Create(provider, name), provider.GetRequiredService<TimeProvider>()),
            provider.GetRequiredService<DatabaseCondition>(), provider.GetRequiredService<IOptions<ClusterOptions>>().Value.ServiceId));
        silo.UseAdoNetReminderService(options => options.Configure<SqliteDataSource>(
            (reminders, dataSource) => (reminders.Invariant, reminders.DataSource) = (Invariant, dataSource)));
        silo.Services.LimitReminderKeys();
        silo.Services.AddRows(
            provider => provider.GetRequiredService<SqliteDataSource>(),
            provider => new SqliteRows(provider.GetRequiredService<SqliteDataSource>()),
            isBlocking: true);
    }
}
