using System.Data.Common;
using Npgsql;
using OrleansSync.Grains.Interfaces.Rows;

namespace OrleansSync.Storage.Tests.Rows;

/// <summary>Locks of rows in PostgreSQL, as another silo would hold them.</summary>
internal static class RowLocks
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    /// <summary>A connection with a transaction that holds an account's row, or others.</summary>
    public static async Task<NpgsqlConnection> TakeAsync(
        DbDataSource database, AccountRow account, string sql = "UPDATE account SET state = state WHERE account_id = @account")
    {
        var connection = (NpgsqlConnection)await database.OpenConnectionAsync(Stop);
        await connection.BeginTransactionAsync(Stop);
        await ExecuteAsync(connection, sql, account);
        return connection;
    }

    /// <summary>Carries out a statement in the connection's transaction.</summary>
    public static async Task ExecuteAsync(NpgsqlConnection connection, string sql, AccountRow account)
    {
        await using var command = connection.CreateCommand();
#pragma warning disable CA2100 // Constants of the tests.
        command.CommandText = sql;
#pragma warning restore CA2100
        command.Parameters.AddWithValue("account", account.AccountId);
        await command.ExecuteNonQueryAsync(Stop);
    }

    /// <summary>Waits until a connection waits for a lock, and tells which.</summary>
    public static async Task<int> WaiterAsync(DbDataSource database)
    {
        await using var command = database.CreateCommand(
            "SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'");
        while (true)
        {
            if (await command.ExecuteScalarAsync(Stop) is int backend)
            {
                return backend;
            }
        }
    }
}
