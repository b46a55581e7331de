using Microsoft.Extensions.DependencyInjection;
using OrleansSync.Testing.Processes;
using OrleansSync.Testing.Silos;

namespace OrleansSync.Storage.Tests.Pooling;

/// <summary>Membership and the schema behind a pooler of transactions.</summary>
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
}
