using System.Data.Common;
using Microsoft.Extensions.Options;
using Npgsql;
using Orleans.Configuration;
using Orleans.Providers;
using Orleans.Runtime.Hosting;
using Orleans.Storage;
using OrleansSync.Grains.Interfaces.Rows;
using OrleansSync.Storage.PostgreSql;
using OrleansSync.Storage.Rows;
using OrleansSync.Storage.Sqlite;

namespace OrleansSync.Storage;

/// <summary>Rows, grain states and reminders in the process's one database, whichever of the two engines it has.</summary>
internal static class DatabaseStorage
{
    /// <summary>Adds PostgreSQL: the process's one source of connections, the engine and the schema.</summary>
    public static void AddPostgreSql(this IServiceCollection services, string connectionString, int maxConnections)
    {
        services.AddSingleton(_ => PostgreSqlConnect.CreateDataSource(connectionString, maxConnections));
        services.AddSingleton<DbDataSource>(provider => provider.GetRequiredService<NpgsqlDataSource>());
        services.AddSingleton<IRowEngine, PostgreSqlRows>();
        services.AddSingleton(_ => SchemaScripts.Load("PostgreSql"));
        services.AddSingleton<ISchema, PostgreSqlSchema>();
        services.AddSingleton<IDatabaseProbe>(_ => new PostgreSqlProbe(connectionString));
    }

    /// <summary>Adds a SQLite file, the engine and the schema.</summary>
    /// <param name="services">The services.</param>
    /// <param name="databaseFile">Absolute path of the file; asked for when the database is used first.</param>
    public static void AddSqlite(this IServiceCollection services, Func<IServiceProvider, string> databaseFile)
    {
        services.AddSingleton(provider => new SqliteDataSource(databaseFile(provider)));
        services.AddSingleton<DbDataSource>(provider => provider.GetRequiredService<SqliteDataSource>());
        services.AddSingleton<IRowEngine, SqliteRows>();
        services.AddSingleton(_ => SchemaScripts.Load("Sqlite"));
        services.AddSingleton<ISchema, SqliteSchema>();
        services.AddSingleton<IDatabaseProbe, SqliteProbe>();
    }

    /// <summary>Makes the database the default grain storage, the reminder table and the place of the rows.</summary>
    public static void UseDatabaseStorage(this ISiloBuilder silo)
    {
        silo.Services.AddSingleton<IGrainStorageSerializer, JsonGrainStateSerializer>();
        silo.Services.AddOptions<AdoNetGrainStorageOptions>(ProviderConstants.DEFAULT_STORAGE_PROVIDER_NAME)
            .Configure<IRowEngine, DbDataSource, IGrainStorageSerializer>((storage, engine, dataSource, serializer) =>
            {
                (storage.Invariant, storage.DataSource, storage.GrainStorageSerializer) = (engine.Invariant, dataSource, serializer);

                // A cleared state leaves no row behind: a disconnected account's tokens must be gone.
                storage.DeleteStateOnClear = true;
            });
        silo.Services.AddGrainStorage(ProviderConstants.DEFAULT_STORAGE_PROVIDER_NAME, CreateGrainStorage);
        silo.UseAdoNetReminderService(options => options.Configure<IRowEngine, DbDataSource>(
            (reminders, engine, dataSource) => (reminders.Invariant, reminders.DataSource) = (engine.Invariant, dataSource)));
        silo.Services.LimitReminderKeys();
        silo.Services.AddSingleton<RowAccess>();
        silo.Services.AddSingleton<RowWriter>();
        silo.Services.AddSingleton<IUserRows, UserRows>();
        silo.Services.AddSingleton<IAccountRows, AccountRows>();
        silo.Services.AddSingleton<IRunRows, RunRows>();
        silo.Services.AddSingleton<IAuditRows, AuditRows>();
        silo.Services.AddSingleton<IKeyRows, KeyRows>();
    }

    private static WatchedGrainStorage CreateGrainStorage(IServiceProvider services, string name)
    {
        IGrainStorage storage = AdoNetGrainStorageFactory.Create(services, name);
        return new WatchedGrainStorage(
            services.GetRequiredService<IRowEngine>().IsBlocking
                ? new FewWritersGrainStorage(storage, services.GetRequiredService<TimeProvider>())
                : storage,
            services.GetRequiredService<DatabaseCondition>(), ServiceId(services));
    }

    // Wraps the reminder table that was added last. The provider's own class is internal, hence by its registration.
    private static void LimitReminderKeys(this IServiceCollection services)
    {
        var added = services.Last(service => service.ServiceType == typeof(IReminderTable));
        services.Remove(added);
        services.AddSingleton<IReminderTable>(provider => new LimitedReminderTable(
            (IReminderTable)ActivatorUtilities.CreateInstance(provider, added.ImplementationType!), ServiceId(provider)));
    }

    private static string ServiceId(IServiceProvider services) => services.GetRequiredService<IOptions<ClusterOptions>>().Value.ServiceId;
}
