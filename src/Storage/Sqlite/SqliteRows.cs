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
    /// <remarks>Every transaction that writes has the one write lock from its start.</remarks>
    public string LockAccount => "SELECT 1 FROM account WHERE account_id = @account";

    /// <inheritdoc />
    public string HoldAccount => LockAccount;

    /// <inheritdoc />
    public string? ShortWaits => null;

    /// <inheritdoc />
    public Task<RowBatchAnswer> WriteAsync(RowBatch batch)
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
        using var statements = new SqliteRowStatements(connection, transaction);
        var users = batch.Users.Select(statements.Write).ToArray();
        var accounts = batch.Accounts.Select(statements.Write).ToArray();
        transaction.Commit();
        return Task.FromResult(new RowBatchAnswer(users, accounts));
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
