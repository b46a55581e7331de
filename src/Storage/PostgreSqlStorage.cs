using Microsoft.Extensions.Options;
using Npgsql;
using Orleans.Configuration;
using Orleans.Providers;
using Orleans.Runtime.Hosting;
using Orleans.Storage;
using OrleansSync.Grains.Interfaces.Rows;
using OrleansSync.Storage.PostgreSql;
using OrleansSync.Storage.Rows;

namespace OrleansSync.Storage;

/// <summary>Grain states and reminders in PostgreSQL.</summary>
internal static class PostgreSqlStorage
{
    /// <summary>The name under which Orleans' ADO.NET providers know PostgreSQL.</summary>
    public const string Invariant = "Npgsql";

    /// <summary>Adds the process's one source of connections and the schema.</summary>
    public static void AddPostgreSql(this IServiceCollection services, string connectionString, int maxConnections)
    {
        services.AddSingleton(_ => PostgreSqlConnect.CreateDataSource(connectionString, maxConnections));
        services.AddSingleton<ISchema>(provider => new PostgreSqlSchema(
            provider.GetRequiredService<NpgsqlDataSource>(), SchemaScripts.Load("PostgreSql"), provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger<PostgreSqlSchema>>()));
        services.AddSingleton<IDatabaseProbe>(_ => new PostgreSqlProbe(connectionString));
    }

    /// <summary>Makes PostgreSQL the default grain storage and the reminder table.</summary>
    public static void UsePostgreSqlStorage(this ISiloBuilder silo)
    {
        silo.Services.AddSingleton<IGrainStorageSerializer, JsonGrainStateSerializer>();
        silo.Services.AddOptions<AdoNetGrainStorageOptions>(ProviderConstants.DEFAULT_STORAGE_PROVIDER_NAME)
            .Configure<NpgsqlDataSource, IGrainStorageSerializer>((storage, dataSource, serializer) =>
            {
                storage.Invariant = Invariant;
                storage.DataSource = dataSource;
                storage.GrainStorageSerializer = serializer;

                // A cleared state leaves no row behind: a disconnected account's tokens must be gone.
                storage.DeleteStateOnClear = true;
            });
        silo.Services.AddGrainStorage(ProviderConstants.DEFAULT_STORAGE_PROVIDER_NAME, (provider, name) => new WatchedGrainStorage(
            AdoNetGrainStorageFactory.Create(provider, name), provider.GetRequiredService<DatabaseCondition>(),
            provider.GetRequiredService<IOptions<ClusterOptions>>().Value.ServiceId));
        silo.UseAdoNetReminderService(options => options.Configure<NpgsqlDataSource>(
            (reminders, dataSource) => (reminders.Invariant, reminders.DataSource) = (Invariant, dataSource)));
        silo.Services.LimitReminderKeys();
        silo.Services.AddRows(
            provider => provider.GetRequiredService<NpgsqlDataSource>(),
            provider => new PostgreSqlRows(provider.GetRequiredService<NpgsqlDataSource>()),
            isBlocking: false);
    }
}
