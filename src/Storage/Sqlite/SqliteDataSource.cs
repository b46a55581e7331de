using System.Data.Common;
using Microsoft.Data.Sqlite;

namespace OrleansSync.Storage.Sqlite;

/// <summary>
/// Opens connections to the SQLite file. Every connection waits for the one write lock inside SQLite, in steps of milliseconds (the ADO.NET
/// library by itself would sleep 150 ms a turn), and flushes every commit to the disk: in WAL mode anything less than
/// <c>synchronous = FULL</c> may lose the last commits in a power cut, and a link that is lost that way could make a second employee
/// (R3.8).
/// </summary>
internal sealed class SqliteDataSource : DbDataSource
{
    /// <summary>
    /// Bounds the write-ahead log that stays on disk after a checkpoint: a single huge transaction must not keep its size for ever.
    /// </summary>
    private const long JournalSizeLimitBytes = 64L << 20;

    /// <summary>Longer than any commit takes and below the 30 seconds that a grain call may take.</summary>
    private static readonly TimeSpan _busyTimeout = TimeSpan.FromSeconds(10);

    /// <summary>Lets a connection wait for the write lock.</summary>
    public static string BusyTimeout { get; } = $"PRAGMA busy_timeout = {_busyTimeout.TotalMilliseconds:0};";

    private readonly string _pragmas =
        $"{BusyTimeout} PRAGMA synchronous = FULL; PRAGMA journal_size_limit = {JournalSizeLimitBytes};";

    /// <summary>Creates a data source for a file that is made on first use.</summary>
    public SqliteDataSource(string file) => ConnectionString = new SqliteConnectionStringBuilder
    {
        DataSource = file,
        Mode = SqliteOpenMode.ReadWriteCreate,
        DefaultTimeout = (int)_busyTimeout.TotalSeconds,
        Pooling = true,
    }.ToString();

    /// <inheritdoc />
    public override string ConnectionString { get; }

    /// <inheritdoc />
    protected override DbConnection CreateDbConnection() => new SqliteConnection(ConnectionString);

    /// <inheritdoc />
    protected override DbConnection OpenDbConnection()
    {
        var connection = (SqliteConnection)base.OpenDbConnection();
        try
        {
            using var command = connection.CreateCommand();
            command.CommandText = _pragmas;
            command.ExecuteNonQuery();
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <inheritdoc />
    protected override ValueTask<DbConnection> OpenDbConnectionAsync(CancellationToken cancellationToken = default)
    {
        // SQLite has no asynchronous calls.
        cancellationToken.ThrowIfCancellationRequested();
        return ValueTask.FromResult(OpenDbConnection());
    }

    /// <inheritdoc />
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            FoldLog();
        }

        base.Dispose(disposing);
    }

    /// <inheritdoc />
    protected override ValueTask DisposeAsyncCore()
    {
        FoldLog();
        return base.DisposeAsyncCore();
    }

    /// <summary>Closes the pooled connections; the last one that closes folds the write-ahead log into the file.</summary>
    private void FoldLog()
    {
        using var connection = new SqliteConnection(ConnectionString);
        SqliteConnection.ClearPool(connection);
    }
}
