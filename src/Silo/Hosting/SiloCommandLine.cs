using OrleansSync.Silo.Settings;
using OrleansSync.Silo.Storage;
using OrleansSync.Silo.Storage.PostgreSql;

namespace OrleansSync.Silo.Hosting;

/// <summary>What the silo's program does besides hosting.</summary>
internal static class SiloCommandLine
{
    /// <summary>Whether the program shall only bring the schema up to date.</summary>
    public static bool IsMigrate(IReadOnlyList<string> args) => args.Contains("migrate", StringComparer.Ordinal);

    /// <summary>Refuses to be a silo of a cluster that has no database.</summary>
    /// <exception cref="StartRefusedException">There is no connection string.</exception>
    public static void RefuseEmbedded(OrleansSyncSettings settings)
    {
        if (settings.Mode == HostingMode.Embedded)
        {
            throw new StartRefusedException(
                "ConnectionStrings__OrleansSync must be set: this program is a silo of a cluster that meets in a PostgreSQL database. "
                + "To run everything in one process without a database server, start src/Api instead.");
        }
    }

    /// <summary>Creates or upgrades the schema of the settings' database and says so.</summary>
    /// <exception cref="StartRefusedException">The database is newer than this program, or cannot be used or reached.</exception>
    public static async Task MigrateAsync(OrleansSyncSettings settings)
    {
        await using var dataSource = PostgreSqlConnect.CreateDataSource(settings.ConnectionString!, settings.Database);
        var schema = await new PostgreSqlSchema(dataSource, SchemaScripts.Load("PostgreSql"), TimeProvider.System).UpgradeAsync(CancellationToken.None);
        await Console.Out.WriteLineAsync(schema.Applied == 0
            ? $"The database already has schema version {schema.Version}."
            : $"The database now has schema version {schema.Version}.");
    }
}
