using Npgsql;

namespace OrleansSync.Storage.PostgreSql;

/// <summary>Creates and upgrades the schema of a PostgreSQL database.</summary>
internal sealed class PostgreSqlSchema(
    NpgsqlDataSource dataSource, SchemaScripts scripts, TimeProvider timeProvider, ILogger<PostgreSqlSchema> logger) : ISchema
{
    private static readonly SchemaDialect _dialect = new(
        "CREATE TABLE IF NOT EXISTS schema_migration "
        + "(number integer PRIMARY KEY, name text NOT NULL, checksum text NOT NULL, applied_at timestamptz NOT NULL)",
        time => time);

    /// <summary>
    /// Brings the database up to date in one transaction under an advisory lock, so that of several processes one upgrades, the others
    /// wait for it and find it done, and one that dies in the middle leaves nothing behind.
    /// </summary>
    /// <exception cref="StartRefusedException">The database is newer than this program, cannot be used, or cannot be reached.</exception>
    public async Task<SchemaUpgrade> UpgradeAsync(CancellationToken cancellationToken)
    {
        try
        {
            await using var connection = await PostgreSqlConnect.OpenPatientlyAsync(dataSource, timeProvider, cancellationToken);
            await using var transaction = await SchemaLock.BeginAsync(connection, new UpgradeWait(timeProvider, logger), cancellationToken);
            await RefuseOtherEncodingAsync(connection, cancellationToken);
            var steps = new SchemaSteps(transaction, PostgreSqlConnect.NameOf(dataSource), scripts, _dialect, timeProvider);
            var upgrade = await steps.UpgradeAsync(cancellationToken);
            await transaction.CommitAsync(cancellationToken);
            return upgrade;
        }
        catch (PostgresException exception)
        {
            throw new StartRefusedException(
                $"The schema of the PostgreSQL database could not be created or upgraded: {exception.MessageText} ({exception.SqlState}). "
                + "The user of ConnectionStrings__OrleansSync must own the database or may create tables in its default schema. "
                + "Nothing was changed.", exception);
        }
        catch (NpgsqlException exception)
        {
            throw new StartRefusedException(
                $"{PostgreSqlConnect.NameOf(dataSource)} was lost while its schema was looked at or upgraded: {exception.Message} "
                + "Start again when it answers.", exception);
        }
    }

    private static async Task RefuseOtherEncodingAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand("SHOW server_encoding", connection);
        if (await command.ExecuteScalarAsync(cancellationToken) is not "UTF8" and var encoding)
        {
            throw new StartRefusedException(
                $"The PostgreSQL database has the encoding {encoding}, which cannot hold every name. Create it with ENCODING 'UTF8'.");
        }
    }
}
