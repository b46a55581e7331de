using Npgsql;

namespace OrleansSync.Silo.Storage.PostgreSql;

/// <summary>Creates and upgrades the schema of a PostgreSQL database.</summary>
internal sealed class PostgreSqlSchema(NpgsqlDataSource dataSource, SchemaScripts scripts, TimeProvider timeProvider) : ISchema
{
    /// <summary>The advisory lock of everything that must happen once in a database, however many processes start.</summary>
    internal const long LockKey = 0x4F72_6C65_616E_7353;

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
            await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
            await LockAsync(connection, cancellationToken);
            await RefuseOtherEncodingAsync(connection, cancellationToken);
            var applied = await UpgradeAsync(connection, cancellationToken);
            await transaction.CommitAsync(cancellationToken);
            return new(scripts.Version, applied);
        }
        catch (PostgresException exception)
        {
            throw new StartRefusedException(
                $"The schema of the PostgreSQL database could not be created or upgraded: {exception.MessageText} ({exception.SqlState}). "
                + "The user of ConnectionStrings__OrleansSync must own the database or may create tables in its default schema. Nothing was changed.", exception);
        }
    }

    /// <summary>Waits for the advisory lock, which the end of the transaction gives back.</summary>
    internal static async Task LockAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await ExecuteAsync(connection, "SET LOCAL lock_timeout = '60s'", cancellationToken);
        await ExecuteAsync(connection, "SELECT pg_advisory_xact_lock(@key)", cancellationToken, new NpgsqlParameter<long>("key", LockKey));
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

    private async Task<int> UpgradeAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await ExecuteAsync(connection,
            "CREATE TABLE IF NOT EXISTS schema_migration (number integer PRIMARY KEY, name text NOT NULL, checksum text NOT NULL, applied_at timestamptz NOT NULL)",
            cancellationToken);
        var pending = scripts.Pending(await ReadAppliedAsync(connection, cancellationToken));
        foreach (var step in pending)
        {
            await ExecuteAsync(connection, step.Sql, cancellationToken);
            await ExecuteAsync(connection, "INSERT INTO schema_migration VALUES (@number, @name, @checksum, @applied_at)", cancellationToken,
                new NpgsqlParameter<int>("number", step.Number), new NpgsqlParameter<string>("name", step.Name),
                new NpgsqlParameter<string>("checksum", step.Checksum), new NpgsqlParameter<DateTimeOffset>("applied_at", timeProvider.GetUtcNow()));
        }

        if (pending.Count > 0)
        {
            await RewriteQueriesAsync(connection, cancellationToken);
        }

        return pending.Count;
    }

    private async Task RewriteQueriesAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await ExecuteAsync(connection, "DELETE FROM orleansquery", cancellationToken);
        foreach (var (key, text) in scripts.Queries)
        {
            await ExecuteAsync(connection, "INSERT INTO orleansquery (querykey, querytext) VALUES (@key, @text)", cancellationToken,
                new NpgsqlParameter<string>("key", key), new NpgsqlParameter<string>("text", text));
        }
    }

    private static async Task<Dictionary<int, string>> ReadAppliedAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand("SELECT number, checksum FROM schema_migration", connection);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var applied = new Dictionary<int, string>();
        while (await reader.ReadAsync(cancellationToken))
        {
            applied.Add(reader.GetInt32(0), reader.GetString(1));
        }

        return applied;
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql, CancellationToken cancellationToken, params NpgsqlParameter[] parameters)
    {
#pragma warning disable CA2100 // The text comes from constants and from scripts inside this assembly.
        await using var command = new NpgsqlCommand(sql, connection);
#pragma warning restore CA2100

        // A migration of a large table may take longer than an ordinary statement is given.
        command.CommandTimeout = 0;
        command.Parameters.AddRange(parameters);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
