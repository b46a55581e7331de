using OrleansSync.Hosting.Settings;
using OrleansSync.Storage;
using OrleansSync.Storage.PostgreSql;

namespace OrleansSync.Hosting.Startup;

/// <summary>Brings the schema up to date without starting anything.</summary>
internal static class SchemaMigration
{
    /// <summary>Creates or upgrades the schema of the settings' database and says so.</summary>
    /// <exception cref="StartRefusedException">The database is newer than this program, or cannot be used or reached.</exception>
    public static async Task RunAsync(OrleansSyncSettings settings)
    {
        DatabaseFiles.RequireReadable(settings.ConnectionString!);
        await using var dataSource = PostgreSqlConnect.CreateDataSource(
            settings.ConnectionString!.Reveal(), settings.Database.MaxConnections);

        // What it answers is alone on the standard output.
        using var loggers = LoggerFactory.Create(logging =>
            logging.AddConsole(console => console.LogToStandardErrorThreshold = LogLevel.Trace));
        var logger = loggers.CreateLogger<PostgreSqlSchema>();
        var schema = await new PostgreSqlSchema(dataSource, SchemaScripts.Load("PostgreSql"), TimeProvider.System, logger)
            .UpgradeAsync(CancellationToken.None);
        await Console.Out.WriteLineAsync(schema.Applied == 0
            ? $"The database already has schema version {schema.Version}."
            : $"The database now has schema version {schema.Version}.");
    }
}
