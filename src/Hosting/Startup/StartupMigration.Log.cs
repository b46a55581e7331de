namespace OrleansSync.Hosting.Startup;

public sealed partial class StartupMigration
{
    [LoggerMessage(5101, LogLevel.Information, "The database has schema version {Version}; {Applied} steps were applied now")]
    private partial void LogSchemaReady(int version, int applied);
}
