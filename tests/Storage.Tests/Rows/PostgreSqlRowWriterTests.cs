using Npgsql;
using OrleansSync.Grains.Interfaces;
using OrleansSync.Grains.Interfaces.Rows;

namespace OrleansSync.Storage.Tests.Rows;

[Collection(nameof(PostgreSqlSilo))]
public sealed class PostgreSqlRowWriterTests(PostgreSqlFixture fixture) : RowWriterConformance(fixture)
{
    [Fact]
    public async Task Write_WhenItsRowIsLockedForAMoment_WaitsAndIsWritten()
    {
        var account = await ConnectAsync();
        await using var other = await RowLocks.TakeAsync(Database, account);
        var write = WriteAgainAsync(account);

        await RowLocks.WaiterAsync(Database);
        await other.DisposeAsync();

        Assert.True(await write);
    }

    [Fact]
    public async Task Write_WhenItsConnectionIsLost_IsNotRepeatedAndSaysThatTheDatabaseIsAway()
    {
        var account = await ConnectAsync();
        await using var other = await RowLocks.TakeAsync(Database, account);
        var (write, together) = (WriteAgainAsync(account), Users.WriteAsync(First(account.AccountId, User(1))));

        await Fixture.ExecuteAsync($"SELECT pg_terminate_backend({await RowLocks.WaiterAsync(Database)})");

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
        await using var other = await RowLocks.TakeAsync(Database, account, "UPDATE employee SET name = name WHERE account_id = @account");

        // While the writer waits for the first row, the next batch gathers.
        var lockBefore = await RowLocks.TakeAsync(Database, before);
        var busy = WriteAgainAsync(before);
        await RowLocks.WaiterAsync(Database);
        var (first, second) = (WriteAgainAsync(account), Users.WriteAsync(Next(account.AccountId, row, row)));
        await lockBefore.DisposeAsync();
        Assert.True(await busy);

        // This silo has the account and waits for the user; the other has the user and now wants the account.
        await RowLocks.WaiterAsync(Database);
        var lost = await Record.ExceptionAsync(
            () => RowLocks.ExecuteAsync(other, "UPDATE account SET state = state WHERE account_id = @account", account));
        await other.DisposeAsync();

        Assert.True(await first && await second);
        Assert.True(lost is null or PostgresException { SqlState: PostgresErrorCodes.DeadlockDetected });
    }

    private Task<bool> WriteAgainAsync(AccountRow account) =>
        Accounts.WriteAsync(new AccountWrite { Row = account with { Version = UserRow.NewVersion() }, Expected = account.Version });
}
