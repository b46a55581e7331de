using Microsoft.Data.Sqlite;
using OrleansSync.Storage.Rows;

namespace OrleansSync.Storage.Sqlite;

/// <summary>
/// Writes rows to SQLite: prepared statements in a loop within one transaction that takes the write lock at its start. SQLite has no
/// asynchronous calls; the writer calls from a thread of its own.
/// </summary>
internal sealed class SqliteRows(SqliteDataSource dataSource) : IRowEngine
{
    private const int Busy = 5;
    private const int Locked = 6;
    private const int Constraint = 19;
    private const int ForeignKey = 787;
    private const int TooBig = 18;
    private const int Mismatch = 20;

    /// <inheritdoc />
    /// <remarks>Behind it they load <c>Microsoft.Data.Sqlite</c>.</remarks>
    public string Invariant => "System.Data.SQLite";

    /// <inheritdoc />
    public bool IsBlocking => true;

    /// <inheritdoc />
    /// <remarks>Every transaction that writes has the one write lock from its start.</remarks>
    public string LockAccount => "SELECT 1 FROM account WHERE account_id = @account";

    /// <inheritdoc />
    public string HoldAccount => LockAccount;

    /// <inheritdoc />
    public string? ShortWaits => null;

    /// <inheritdoc />
    public string Ordinal => "COLLATE BINARY";

    /// <inheritdoc />
    public string Elements(string json) => $"json_each({json})";

    /// <inheritdoc />
    /// <remarks>Moments are text in UTC; it would round the part of a second.</remarks>
    public string Seconds(string moment) => $"unixepoch(substr({moment}, 1, 19))";

    /// <inheritdoc />
    public Task<bool[]> WriteAsync(IReadOnlyList<RowWrite> rows)
    {
        using var connection = (SqliteConnection)dataSource.OpenConnection();
        using (var patience = connection.CreateCommand())
        {
            patience.CommandText = "PRAGMA busy_timeout = 2000";
            patience.ExecuteNonQuery();
        }

        // The provider itself would repeat what is busy until its own time-out.
        connection.DefaultTimeout = 2;
        using var transaction = connection.BeginTransaction(deferred: false);

        // Each is prepared once; the connection disposes of them with itself.
        var commands = new Dictionary<string, SqliteCommand>();
        bool[] areWritten = [.. rows.Select(row => row.Steps.Select(Run).ToArray()[0] > 0)];
        transaction.Commit();
        return Task.FromResult(areWritten);

        int Run(RowStep step)
        {
            if (!commands.TryGetValue(step.Sql, out var command))
            {
                commands[step.Sql] = command = connection.CreateCommand();
                command.Transaction = transaction;
#pragma warning disable CA2100 // The text comes from constants of this assembly.
                command.CommandText = step.Sql;
#pragma warning restore CA2100
            }

            command.Parameters.Clear();
            for (var place = 0; place < step.Values.Length; place++)
            {
                command.With(FormattableString.Invariant($"${place + 1}"), step.Values[place]);
            }

            return command.ExecuteNonQuery();
        }
    }

    /// <inheritdoc />
    public RowFault Judge(Exception exception) => exception is not SqliteException sqlite ? RowFault.Whole : sqlite.SqliteErrorCode switch
    {
        Constraint when sqlite.SqliteExtendedErrorCode == ForeignKey => RowFault.AccountGone,
        Constraint or TooBig or Mismatch => RowFault.Row,
        Busy or Locked => RowFault.Passing,
        _ => RowFault.Whole,
    };
}
