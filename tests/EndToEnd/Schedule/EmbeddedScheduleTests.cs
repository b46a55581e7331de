using OrleansSync.EndToEnd.Services;
using OrleansSync.Testing.Services;

namespace OrleansSync.EndToEnd.Schedule;

/// <summary>R1.1: the embedded service, with the shortest period there is.</summary>
public sealed class EmbeddedScheduleTests(Product product)
{
    [Fact]
    [Trait("Rule", "R1.1")]
    public async Task Embedded_ImportsByItself_AlsoAfterARestart()
    {
        await using var service = await EmbeddedService.StartAsync(EveryMinute.Options);
        await EveryMinute.AssertImportsAsync(service, product.Sandbox, service.RestartAsync);
    }
}
