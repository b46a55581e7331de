using Npgsql;
using OrleansSync.Storage.PostgreSql;

namespace OrleansSync.Storage.Tests;

public sealed class PostgreSqlConnectTests
{
    [Theory]
    [InlineData("Host=db", 50)]
    [InlineData("Host=db;Max Auto Prepare=0", 0)]
    [InlineData("Host=db;MaxAutoPrepare=0", 0)]
    [InlineData("max auto prepare=7;Host=db", 7)]
    public async Task Statements_AsManyArePreparedAsTheStringSays(string connectionString, int expected)
    {
        await using var source = PostgreSqlConnect.CreateDataSource(connectionString, 2);

        Assert.Equal(expected, new NpgsqlConnectionStringBuilder(source.ConnectionString).MaxAutoPrepare);
    }
}
