using System.Globalization;
using Microsoft.Data.Sqlite;

namespace OrleansSync.Storage.Sqlite;

/// <summary>Creates and upgrades the schema of a SQLite file.</summary>
internal sealed class SqliteSchema(
    SqliteDataSource dataSource, SchemaScripts scripts, TimeProvider timeProvider, ILogger<SqliteSchema> logger) : ISchema
{
    private const int SqliteBusy = 5;

    private static readonly SchemaDialect _dialect = new(
        "CREATE TABLE IF NOT EXISTS schema_migration "
        + "(number INTEGER PRIMARY KEY, name TEXT NOT NULL, checksum TEXT NOT NULL, applied_at TEXT NOT NULL) STRICT",
        time => time.ToString("O", CultureInfo.InvariantCulture));

    /// <summary>
    /// Brings the file up to date in one transaction that takes the write lock before it reads anything, so that of several processes
    /// one upgrades and the others wait for it and find it done.
    /// </summary>
    /// <exception cref="StartRefusedException">The file is newer than this program, is not a database, or is damaged.</exception>
    public async Task<SchemaUpgrade> UpgradeAsync(CancellationToken cancellationToken)
    {
        var file = new SqliteConnectionStringBuilder(dataSource.ConnectionString).DataSource;
        try
        {
            await using var connection = (SqliteConnection)await dataSource.OpenConnectionAsync(cancellationToken);
            await using var transaction = await BeginAsync(connection, cancellationToken);
            var upgrade = await new SchemaSteps(transaction, $"The SQLite file {file}", scripts, _dialect, timeProvider)
                .UpgradeAsync(cancellationToken);
            await transaction.CommitAsync(cancellationToken);
            return upgrade;
        }
        catch (SqliteException exception)
        {
            var advice = DatabaseFaults.IsDamage(exception)
                ? "Restore the data directory from a backup, or set OrleansSync__DataDirectory to another directory."
                : "See that its disk has room and can be written, or set OrleansSync__DataDirectory to another directory.";
            throw new StartRefusedException($"The SQLite file {file} cannot be used: {exception.Message} {advice}", exception);
        }
    }

    private async Task<SqliteTransaction> BeginAsync(SqliteConnection connection, CancellationToken cancellationToken)
    {
        // The least that can be set: the wait is here, where it can be told and given up, and not inside the engine.
        connection.DefaultTimeout = 1;
        await ExecuteAsync(connection, "PRAGMA busy_timeout = 0", cancellationToken);
        try
        {
            return await new UpgradeWait(timeProvider, logger).ForAsync(
                () => TryBeginAsync(connection, cancellationToken), cancellationToken);
        }
        finally
        {
            // The connection goes back to its pool.
            await ExecuteAsync(connection, SqliteDataSource.BusyTimeout, CancellationToken.None);
        }
    }

    private static async Task<SqliteTransaction?> TryBeginAsync(SqliteConnection connection, CancellationToken cancellationToken)
    {
        try
        {
            await ExecuteAsync(connection, "PRAGMA journal_mode = WAL", cancellationToken);
            return connection.BeginTransaction(deferred: false);
        }
        catch (SqliteException exception) when (exception.SqliteErrorCode == SqliteBusy)
        {
            return null;
        }
    }

    private static async Task ExecuteAsync(SqliteConnection connection, string sql, CancellationToken cancellationToken)
    {
        await using var command = connection.CreateCommand();
#pragma warning disable CA2100 // The text is one of three constants.
        command.CommandText = sql;
#pragma warning restore CA2100
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
