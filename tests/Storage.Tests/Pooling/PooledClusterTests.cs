using Microsoft.Extensions.DependencyInjection;
using Orleans.Storage;
using OrleansSync.Testing;
using OrleansSync.Testing.Processes;
using OrleansSync.Testing.Silos;

namespace OrleansSync.Storage.Tests.Pooling;

/// <summary>Membership and the schema behind a pooler of transactions.</summary>
[Collection(nameof(PooledSilo))]
public sealed class PooledClusterTests(PooledFixture fixture, PostgresServer server)
{
    [Fact]
    public async Task Silo_BehindAPoolerOfSessions_StartsAndStoresWithTheDefaults()
    {
        var database = await server.CreateDatabaseAsync();
        await using var pooler = await PgBouncer.StartAsync(database, "session");
        using var directory = new TemporaryDirectory();
        var ports = LoopbackPorts.TakeFree(2);
        var silo = await TestHost.BuildSilo(
            TestHost.Cluster(pooler.Through(database), TestKeyFile.Create(directory), ports[0], ports[1])).StartedAsync();
        var storage = silo.Services.GetRequiredKeyedService<IGrainStorage>("Default");

        for (var number = 1; number <= 20; number++)
        {
            var (grain, read) = (GrainId.Create("pooled", $"n{number}"), new GrainState<TestState>(new()));
            await storage.WriteStateAsync("pooled", grain, new GrainState<TestState>(new() { Number = number }));
            await storage.ReadStateAsync("pooled", grain, read);
            Assert.Equal(number, read.State!.Number);
        }

        await silo.StopAndDisposeAsync();
    }

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
}
