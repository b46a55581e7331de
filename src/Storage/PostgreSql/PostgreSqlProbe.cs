using Npgsql;

namespace OrleansSync.Storage.PostgreSql;

/// <summary>Tries PostgreSQL by a connection of its own: a pool that is used up is not a database that is away.</summary>
internal sealed class PostgreSqlProbe : IDatabaseProbe, IAsyncDisposable
{
    private const int PatienceSeconds = 4;

    // A row like a state's, which no grain has; it goes with its transaction. It does not compress: a row that fits into what is free in
    // some page says nothing of the disk.
    private const string Write =
        "BEGIN; INSERT INTO grain_state (service_id, state_name, key_text, key_n0, key_n1, key_hash, version, payload, modified_at) "
        + "SELECT '', 'probe', '', 0, 0, pg_backend_pid(), 0, string_agg(md5(random()::text), ''), now() FROM generate_series(1, 2048); "
        + "ROLLBACK";

    private readonly NpgsqlDataSource _dataSource;

    public PostgreSqlProbe(string connectionString) => _dataSource = NpgsqlDataSource.Create(
        new NpgsqlConnectionStringBuilder(connectionString)
        {
            MaxPoolSize = 1,
            MinPoolSize = 0,
            Timeout = PatienceSeconds,
            CommandTimeout = PatienceSeconds,
            ApplicationName = "OrleansSync watch",
        });

    /// <inheritdoc />
    public async Task ProbeAsync(bool write, CancellationToken cancellationToken)
    {
        await using var command = _dataSource.CreateCommand(write ? Write : "SELECT 1");
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <inheritdoc />
    public ValueTask DisposeAsync() => _dataSource.DisposeAsync();
}
