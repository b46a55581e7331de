using OrleansSync.EndToEnd.Services;
using OrleansSync.Testing.Services;
using OrleansSync.Testing.Tenants;

namespace OrleansSync.EndToEnd.Schedule;

/// <summary>R1.1: many accounts that are connected together.</summary>
public sealed class ScheduleSpreadTests(Product product)
{
    [Fact]
    [Trait("Rule", "R1.1")]
    public async Task Accounts_ConnectedTogether_AreSpreadOverThePeriod()
    {
        const int Accounts = 200;
        const int Parts = 10;
        await using var service = await EmbeddedService.StartAsync(new ServiceOptions { Period = "00:30:00" });
        var tenants = Enumerable.Range(0, Accounts).Select(_ => Tenant.Create(service, product.Sandbox, People.Seed([]))).ToArray();

        await Parallel.ForEachAsync(tenants, async (tenant, _) => await tenant.ConnectAsync());

        var accounts = await Task.WhenAll(tenants.Select(tenant => tenant.AccountAsync()));
        var part = TimeSpan.FromMinutes(30) / Parts;
        var sizes = accounts.GroupBy(account => account.NextRunAt!.Value.UtcTicks % TimeSpan.FromMinutes(30).Ticks / part.Ticks)
            .Select(group => group.Count()).ToArray();

        // By an even spread 20 in each tenth; bounds that chance does not reach in practice.
        Assert.Equal(Parts, sizes.Length);
        Assert.All(sizes, size => Assert.InRange(size, 5, 45));
    }
}
