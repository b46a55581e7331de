using OrleansSync.EndToEnd.Services;
using OrleansSync.Testing.Services;

namespace OrleansSync.EndToEnd.Schedule;

/// <summary>R1.1: a cluster, with the shortest period there is.</summary>
public sealed class ClusterScheduleTests(Product product)
{
    [Fact]
    [Trait("Rule", "R1.1")]
    public async Task Cluster_ImportsByItself_AlsoAfterARestart()
    {
        await using var service = await ClusterService.StartAsync(await product.NewDatabaseAsync(), EveryMinute.Options);
        await EveryMinute.AssertImportsAsync(service, product.Sandbox, service.RestartAsync);
    }
}
