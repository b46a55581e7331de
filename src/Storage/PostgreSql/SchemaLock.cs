using Npgsql;

namespace OrleansSync.Storage.PostgreSql;

/// <summary>The lock of everything that must happen once in a database, whoever starts. It goes with its transaction.</summary>
internal static class SchemaLock
{
    /// <summary>The key of the advisory lock.</summary>
    internal const long Key = 0x4F72_6C65_616E_7353;

    // A role may have limits for its statements, which an upgrade must not meet.
    private const string Try = "SET LOCAL statement_timeout = 0; SET LOCAL lock_timeout = 0; SELECT pg_try_advisory_xact_lock(@key)";

    /// <summary>
    /// Begins a transaction that has the lock, and waits for it as long as another process has it. It asks again and again: a statement
    /// that waits inside the server keeps an old snapshot alive beside the upgrade, and firewalls cut connections that are silent for
    /// hours.
    /// </summary>
    public static Task<NpgsqlTransaction> BeginAsync(NpgsqlConnection connection, UpgradeWait wait, CancellationToken cancellationToken) =>
        wait.ForAsync(() => TryAsync(connection, cancellationToken), cancellationToken);

    private static async Task<NpgsqlTransaction?> TryAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        var transaction = await connection.BeginTransactionAsync(cancellationToken);
        var isLocked = false;
        try
        {
            await using var command = new NpgsqlCommand(Try, connection) { Parameters = { new NpgsqlParameter<long>("key", Key) } };
            isLocked = (bool)(await command.ExecuteScalarAsync(cancellationToken))!;
            return isLocked ? transaction : null;
        }
        finally
        {
            if (!isLocked)
            {
                await transaction.DisposeAsync();
            }
        }
    }
}
