using Npgsql;
using OrleansSync.Grains.Interfaces;

namespace OrleansSync.Storage.Tests.Rows;

public sealed class SqliteRowTests(SqliteFixture fixture) : RowConformance(fixture), IClassFixture<SqliteFixture>;

public sealed class PostgreSqlRowTests(PostgreSqlFixture fixture) : RowConformance(fixture), IClassFixture<PostgreSqlFixture>
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Write_WhenItsRowIsLockedForAMoment_WaitsAndIsWritten()
    {
        var account = await ConnectAsync();
        await using var other = await LockAsync(account);
        var write = WriteAgainAsync(account);

        await WaitingAsync(_ => { });
        await other.DisposeAsync();

        Assert.True(await write);
    }

    [Fact]
    public async Task Write_WhenItsConnectionIsLost_IsNotRepeatedAndSaysThatTheDatabaseIsAway()
    {
        var account = await ConnectAsync();
        await using var other = await LockAsync(account);
        var (write, together) = (WriteAgainAsync(account), Users.WriteAsync(First(account.AccountId, User(1))));

        await WaitingAsync(backend => Execute($"SELECT pg_terminate_backend({backend})"));

        await Assert.ThrowsAsync<StorageUnavailableException>(() => write);
        await other.DisposeAsync();
        _ = await Record.ExceptionAsync(() => together);
        Assert.Equal(account, await Accounts.ReadAsync(account.AccountId));
    }

    [Fact]
    public async Task Batch_WhenInADeadlock_IsRepeatedAndNobodyHearsOfIt()
    {
        var (account, before) = (await ConnectAsync(), await ConnectAsync());
        var row = User(1);
        await AddAsync(account, row);
        await using var other = await LockAsync(account, "UPDATE employee SET name = name WHERE account_id = @account");

        // While the writer waits for the first row, the next batch gathers.
        var lockBefore = await LockAsync(before);
        var busy = WriteAgainAsync(before);
        await WaitingAsync(_ => { });
        var (first, second) = (WriteAgainAsync(account), Users.WriteAsync(Next(account.AccountId, row, row)));
        await lockBefore.DisposeAsync();
        Assert.True(await busy);

        // This silo has the account and waits for the user; the other has the user and now wants the account.
        await WaitingAsync(_ => { });
        var lost = await Record.ExceptionAsync(() => ExecuteAsync(other, "UPDATE account SET state = state WHERE account_id = @account", account));
        await other.DisposeAsync();

        Assert.True(await first && await second);
        Assert.True(lost is null or PostgresException { SqlState: PostgresErrorCodes.DeadlockDetected });
    }

    [Fact]
    public async Task Erasure_WhenInADeadlock_IsRepeatedAndNobodyHearsOfIt()
    {
        var account = await ConnectAsync();
        await AddAsync(account, User(1));
        await using var other = await LockAsync(account, "UPDATE employee SET name = name WHERE account_id = @account");
        var erasure = Accounts.EraseRowAsync(account.AccountId);

        // The erasure has the account and waits for the user; the other has the user and now wants the account.
        await WaitingAsync(_ => { });
        var lost = await Record.ExceptionAsync(() => ExecuteAsync(other, "UPDATE account SET state = state WHERE account_id = @account", account));
        await other.DisposeAsync();
        await erasure;

        Assert.True(lost is null or PostgresException { SqlState: PostgresErrorCodes.DeadlockDetected });
        Assert.Null(await Accounts.ReadAsync(account.AccountId));
    }

    private Task<bool> WriteAgainAsync(AccountRow account) =>
        Accounts.WriteAsync(new AccountWrite { Row = account with { Version = UserRow.NewVersion() }, Expected = account.Version });

    /// <summary>A connection with a transaction that holds an account's row, or others.</summary>
    private async Task<NpgsqlConnection> LockAsync(AccountRow account, string sql = "UPDATE account SET state = state WHERE account_id = @account")
    {
        var connection = (NpgsqlConnection)await Database.OpenConnectionAsync(Stop);
        await connection.BeginTransactionAsync(Stop);
        await ExecuteAsync(connection, sql, account);
        return connection;
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql, AccountRow account)
    {
        await using var command = connection.CreateCommand();
#pragma warning disable CA2100 // Constants of this class.
        command.CommandText = sql;
#pragma warning restore CA2100
        command.Parameters.AddWithValue("account", account.AccountId);
        await command.ExecuteNonQueryAsync(Stop);
    }

    private void Execute(string sql)
    {
        using var command = Database.CreateCommand(sql);
        command.ExecuteNonQuery();
    }

    /// <summary>Waits until a connection waits for a lock, and tells which.</summary>
    private async Task WaitingAsync(Action<int> act)
    {
        await using var command = Database.CreateCommand("SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'");
        while (true)
        {
            if (await command.ExecuteScalarAsync(Stop) is int backend)
            {
                act(backend);
                return;
            }
        }
    }
}
