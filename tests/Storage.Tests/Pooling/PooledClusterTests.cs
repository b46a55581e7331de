using Microsoft.Extensions.DependencyInjection;
using OrleansSync.Storage.PostgreSql;
using OrleansSync.Testing.Processes;
using OrleansSync.Testing.Silos;

namespace OrleansSync.Storage.Tests.Pooling;

/// <summary>Membership and upgrades behind a pooler of transactions; what operators say about prepared statements.</summary>
[Collection(nameof(PooledSilo))]
public sealed class PooledClusterTests(PooledFixture fixture)
{
    [Fact]
    public async Task Silos_BehindAPooler_MeetAndFindTheSchemaDone()
    {
        var ports = LoopbackPorts.TakeFree(2);
        var settings = fixture.Settings with
        {
            Cluster = fixture.Settings.Cluster with { SiloPort = ports[0], GatewayPort = ports[1] },
        };
        var second = await TestHost.BuildSilo(settings).StartedAsync();
        await fixture.Host.ActiveSilosAsync(2);
        await second.StopAndDisposeAsync();
        await fixture.Host.ActiveSilosAsync(1);

        Assert.Equal(2, (await Members()).Count);

        async Task<IReadOnlyList<object>> Members() =>
            [.. (await fixture.Host.Services.GetRequiredService<IMembershipTable>()
                .ReadAllAsync(TestContext.Current.CancellationToken)).Members];
    }

    [Theory]
    [InlineData("Host=db", 50)]
    [InlineData("Host=db;Max Auto Prepare=0", 0)]
    [InlineData("Host=db;MaxAutoPrepare=0", 0)]
    [InlineData("max auto prepare=7;Host=db", 7)]
    public async Task Statements_AsManyArePreparedAsTheStringSays(string connectionString, int expected)
    {
        await using var source = PostgreSqlConnect.CreateDataSource(connectionString, 2);

        Assert.Equal(expected, new Npgsql.NpgsqlConnectionStringBuilder(source.ConnectionString).MaxAutoPrepare);
    }
}
