using Npgsql;
using OrleansSync.Storage.Rows;

namespace OrleansSync.Storage.Tests.Rows;

[Collection(nameof(PostgreSqlSilo))]
public sealed class PostgreSqlRowAccessTests(PostgreSqlFixture fixture) : RowAccessConformance(fixture)
{
    [Fact]
    public async Task Erasure_WhenInADeadlock_IsRepeatedAndNobodyHearsOfIt()
    {
        var account = await ConnectAsync();
        await AddAsync(account, User(1));
        await using var other = await RowLocks.TakeAsync(Database, account, "UPDATE employee SET name = name WHERE account_id = @account");
        var erasure = Accounts.EraseRowAsync(account.AccountId);

        // The erasure has the account and waits for the user; the other has the user and now wants the account.
        await RowLocks.WaiterAsync(Database);
        var lost = await Record.ExceptionAsync(
            () => RowLocks.ExecuteAsync(other, "UPDATE account SET state = state WHERE account_id = @account", account));
        await other.DisposeAsync();
        await erasure;

        Assert.True(lost is null or PostgresException { SqlState: PostgresErrorCodes.DeadlockDetected });
        Assert.Null(await Accounts.ReadAsync(account.AccountId));
    }

    [Fact]
    public async Task Execute_WithLocksOfOthers_WaitsForTwoSecondsAtMost_AndLeavesTheConnectionAsItWas()
    {
        var account = await ConnectAsync();
        await AddAsync(account, User(1));
        const string Note = "UPDATE employee SET name = current_setting('lock_timeout') WHERE account_id = @account";

        await Access().ExecuteAsync([Note], command => command.With("account", account.AccountId));

        Assert.Equal("2s", (await Users.ReadAsync(account.AccountId, 1))!.Name);
        await using var connection = await Database.OpenConnectionAsync(TestContext.Current.CancellationToken);
        await using var command = connection.CreateCommand();
        command.CommandText = "SELECT current_setting('lock_timeout')";
        Assert.Equal("0", await command.ExecuteScalarAsync(TestContext.Current.CancellationToken));
    }
}
