using Microsoft.Data.Sqlite;

namespace OrleansSync.Storage.Sqlite;

/// <summary>Tries the SQLite file.</summary>
internal sealed class SqliteProbe(SqliteDataSource dataSource) : IDatabaseProbe
{
    // Committed, because only then anything goes to the disk; as large as an ordinary state, so that the last free kilobyte does not pass
    // for room.
    private const string Write =
        "INSERT OR REPLACE INTO grain_state (service_id, state_name, key_text, key_n0, key_n1, key_hash, version, payload, modified_at) "
        + "VALUES ('', 'probe', '', 0, 0, 0, 0, hex(zeroblob(65536)), ''); DELETE FROM grain_state WHERE service_id = '' "
        + "AND state_name = 'probe'";

    /// <inheritdoc />
    public Task ProbeAsync(bool write, CancellationToken cancellationToken) => Task.Run(() => Probe(write), cancellationToken);

    private void Probe(bool write)
    {
        using var connection = (SqliteConnection)dataSource.OpenConnection();
        using var command = connection.CreateCommand();
        command.CommandText = write ? Write : "SELECT 1 FROM grain_state LIMIT 1";
        command.ExecuteNonQuery();
    }
}
