using System.Globalization;
using Microsoft.Data.Sqlite;

namespace OrleansSync.Load;

/// <summary>The log of a SQLite file, to which every change is written before it gets into the file.</summary>
/// <param name="database">The file.</param>
internal sealed class WriteAheadLog(string database)
{
    // SQLite begins the log anew at 1,000 pages of 4 KiB: how much was written before is not seen then.
    private const long BeginsAnewAt = 1_000 * 4_096;

    /// <summary>Moves what the log holds into the file, so that its length is what is written from now on.</summary>
    public void Empty()
    {
        using var connection =
            new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = database, Pooling = false }.ToString());
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "PRAGMA wal_checkpoint(TRUNCATE)";
        command.ExecuteNonQuery();
    }

    /// <summary>The bytes since then, in words.</summary>
    public string Length()
    {
        var log = new FileInfo(database + "-wal");
        var length = log.Exists ? log.Length : 0;
        return length < BeginsAnewAt ? string.Create(CultureInfo.InvariantCulture, $"{length} B") : "many";
    }
}
