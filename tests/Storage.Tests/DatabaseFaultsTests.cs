using Microsoft.Data.Sqlite;
using Npgsql;
using OrleansSync.Storage.PostgreSql;
using OrleansSync.Testing;

namespace OrleansSync.Storage.Tests;

public sealed class DatabaseFaultsTests(PostgresServer server)
{
    [Theory]
    [InlineData(3, "may only be read")]
    [InlineData(8, "may only be read")]
    [InlineData(10, "cannot be read or written")]
    [InlineData(11, "is damaged")]
    [InlineData(13, "is full")]
    [InlineData(14, "cannot be read or written")]
    [InlineData(26, "is damaged")]
    public void Describe_SqliteThatCannotBeUsed_SaysWhy(int code, string expected) =>
        Assert.Contains(expected, DatabaseFaults.Describe(new SqliteException("failed", code)), StringComparison.Ordinal);

    [Theory]
    [InlineData(1)]
    [InlineData(5)]
    [InlineData(19)]
    public void Describe_SqliteErrorOfOneOperation_IsNone(int code) =>
        Assert.Null(DatabaseFaults.Describe(new SqliteException("failed", code)));

    [Theory]
    [InlineData("08006", "does not answer")]
    [InlineData("25006", "may only be read")]
    [InlineData("28P01", "refuses the service's user")]
    [InlineData("3D000", "refuses the service's user")]
    [InlineData("53100", "is full")]
    [InlineData("53300", "no connections or memory left")]
    [InlineData("57P01", "does not answer")]
    [InlineData("57P03", "does not answer")]
    [InlineData("58030", "does not answer")]
    public void Describe_PostgreSqlThatCannotBeUsed_SaysWhy(string state, string expected) =>
        Assert.Contains(expected, DatabaseFaults.Describe(Refusal(state)), StringComparison.Ordinal);

    [Theory]
    [InlineData("23505")]
    [InlineData("40001")]
    [InlineData("57014")]
    public void Describe_PostgreSqlErrorOfOneOperation_IsNone(string state) => Assert.Null(DatabaseFaults.Describe(Refusal(state)));

    [Fact]
    public void Describe_BrokenConnection_DoesNotAnswer() =>
        Assert.Equal(DatabaseFaults.NoAnswer, DatabaseFaults.Describe(new NpgsqlException("broken")));

    [Fact]
    public async Task Describe_PoolWithoutAFreeConnection_IsNotADatabaseThatDoesNotAnswer()
    {
        var address = new NpgsqlConnectionStringBuilder(await server.CreateDatabaseAsync()) { Timeout = 1 };
        await using var pool = PostgreSqlConnect.CreateDataSource(address.ConnectionString, maxConnections: 2);
        await using var one = await pool.OpenConnectionAsync(TestContext.Current.CancellationToken);
        await using var other = await pool.OpenConnectionAsync(TestContext.Current.CancellationToken);

        var failure = await Assert.ThrowsAsync<NpgsqlException>(
            async () => await pool.OpenConnectionAsync(TestContext.Current.CancellationToken));

        Assert.Equal(DatabaseFaults.NoFreeConnection, DatabaseFaults.Describe(failure));
    }

    [Fact]
    public void Describe_ErrorOfOurOwn_IsNone() => Assert.Null(DatabaseFaults.Describe(new InvalidOperationException("a mistake")));

    private static PostgresException Refusal(string state) => new("failed", "ERROR", "ERROR", state);
}
