using Microsoft.Data.Sqlite;

namespace OrleansSync.Silo.Storage.Sqlite;

/// <summary>Creates and upgrades the schema of a SQLite file.</summary>
internal sealed class SqliteSchema(SqliteDataSource dataSource, SchemaScripts scripts, TimeProvider timeProvider) : ISchema
{
    /// <summary>
    /// Brings the file up to date in one transaction that takes the write lock before it reads anything, so that of several processes
    /// one upgrades and the others find it done.
    /// </summary>
    /// <exception cref="StartRefusedException">The file is newer than this program, is not a database, or is damaged.</exception>
    public Task<SchemaUpgrade> UpgradeAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return Task.FromResult(Upgrade());
    }

    private SchemaUpgrade Upgrade()
    {
        try
        {
            using var connection = (SqliteConnection)dataSource.OpenConnection();
            Execute(connection, null, "PRAGMA journal_mode = WAL");
            using var transaction = connection.BeginTransaction(deferred: false);
            var applied = Upgrade(connection, transaction);
            transaction.Commit();
            return new(scripts.Version, applied);
        }
        catch (SqliteException exception)
        {
            var advice = DatabaseFaults.IsDamage(exception)
                ? "Restore the data directory from a backup, or set OrleansSync__DataDirectory to another directory."
                : "See that its disk has room and can be written, or set OrleansSync__DataDirectory to another directory.";
            throw new StartRefusedException(
                $"The SQLite file {new SqliteConnectionStringBuilder(dataSource.ConnectionString).DataSource} cannot be used: {exception.Message} {advice}", exception);
        }
    }

    private int Upgrade(SqliteConnection connection, SqliteTransaction transaction)
    {
        Execute(connection, transaction,
            "CREATE TABLE IF NOT EXISTS schema_migration (number INTEGER PRIMARY KEY, name TEXT NOT NULL, checksum TEXT NOT NULL, applied_at TEXT NOT NULL) STRICT");
        var pending = scripts.Pending(ReadApplied(connection, transaction));
        foreach (var step in pending)
        {
            Execute(connection, transaction, step.Sql);
            Execute(connection, transaction, "INSERT INTO schema_migration VALUES (@number, @name, @checksum, @applied_at)",
                ("@number", step.Number), ("@name", step.Name), ("@checksum", step.Checksum), ("@applied_at", timeProvider.GetUtcNow().ToString("O")));
        }

        if (pending.Count > 0)
        {
            RewriteQueries(connection, transaction);
        }

        return pending.Count;
    }

    private void RewriteQueries(SqliteConnection connection, SqliteTransaction transaction)
    {
        Execute(connection, transaction, "DELETE FROM OrleansQuery");
        foreach (var (key, text) in scripts.Queries)
        {
            Execute(connection, transaction, "INSERT INTO OrleansQuery (QueryKey, QueryText) VALUES (@key, @text)", ("@key", key), ("@text", text));
        }
    }

    private static Dictionary<int, string> ReadApplied(SqliteConnection connection, SqliteTransaction transaction)
    {
        using var command = connection.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = "SELECT number, checksum FROM schema_migration";
        using var reader = command.ExecuteReader();
        var applied = new Dictionary<int, string>();
        while (reader.Read())
        {
            applied.Add(reader.GetInt32(0), reader.GetString(1));
        }

        return applied;
    }

    private static void Execute(SqliteConnection connection, SqliteTransaction? transaction, string sql, params ReadOnlySpan<(string Name, object Value)> parameters)
    {
        using var command = connection.CreateCommand();
        command.Transaction = transaction;
#pragma warning disable CA2100 // The text comes from constants and from scripts inside this assembly.
        command.CommandText = sql;
#pragma warning restore CA2100
        foreach (var (name, value) in parameters)
        {
            command.Parameters.AddWithValue(name, value);
        }

        command.ExecuteNonQuery();
    }
}
