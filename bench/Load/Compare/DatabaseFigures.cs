using Npgsql;

namespace OrleansSync.Load.Compare;

/// <summary>What a PostgreSQL server tells of itself, and Linux of its processes.</summary>
internal sealed class DatabaseFigures : IAsyncDisposable
{
    /// <summary>After which time every session has told the server how many rows it wrote.</summary>
    public static readonly TimeSpan CountingDelay = TimeSpan.FromSeconds(11);

    private readonly NpgsqlDataSource _database;
    private readonly int _server;

    private DatabaseFigures(NpgsqlDataSource database, int server) => (_database, _server) = (database, server);

    /// <summary>Processor time of the server, its sessions included, also those that have ended.</summary>
    public TimeSpan Processor => ProcessTable.ProcessorOfFamily(_server);

    /// <summary>Connects, and finds the server's process.</summary>
    /// <param name="connectionString">The database.</param>
    /// <param name="cancellationToken">Breaks off.</param>
    public static async Task<DatabaseFigures> OfAsync(string connectionString, CancellationToken cancellationToken)
    {
        var database = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(connectionString) { MaxPoolSize = 1 }.ToString());
        await using var command = database.CreateCommand("SELECT pg_backend_pid()");
        return new(database, ProcessTable.ParentOf((int)(await command.ExecuteScalarAsync(cancellationToken))!));
    }

    /// <summary>Where the write-ahead log ends, in bytes: a difference is what was written.</summary>
    /// <param name="cancellationToken">Breaks off.</param>
    public Task<long> WalAsync(CancellationToken cancellationToken) =>
        NumberAsync("SELECT pg_wal_lsn_diff(pg_current_wal_lsn(), '0/0')::bigint", cancellationToken);

    /// <summary>Rows inserted or updated since the server was made. Sessions tell them late: <see cref="CountingDelay"/>.</summary>
    /// <param name="cancellationToken">Breaks off.</param>
    public Task<long> RowsAsync(CancellationToken cancellationToken) => NumberAsync(
        "SELECT tup_inserted + tup_updated FROM pg_stat_database WHERE datname = current_database()", cancellationToken);

    /// <inheritdoc />
    public ValueTask DisposeAsync() => _database.DisposeAsync();

    private async Task<long> NumberAsync(string query, CancellationToken cancellationToken)
    {
        await using var command = _database.CreateCommand(query);
        return (long)(await command.ExecuteScalarAsync(cancellationToken))!;
    }
}
