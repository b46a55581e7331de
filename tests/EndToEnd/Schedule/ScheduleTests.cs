using OrleansSync.EndToEnd.Services;
using OrleansSync.Testing.Processes;
using OrleansSync.Testing.Services;
using OrleansSync.Testing.Tenants;

namespace OrleansSync.EndToEnd.Schedule;

/// <summary>R1.1: services of their own, with the shortest period there is.</summary>
public sealed class ScheduleTests(Product product)
{
    private static readonly ServiceOptions _everyMinute = new() { Period = "00:01:00" };
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(180);

    [Fact]
    [Trait("Rule", "R1.1")]
    public async Task Embedded_ImportsByItself_AlsoAfterARestart()
    {
        await using var service = await EmbeddedService.StartAsync(_everyMinute);
        await AssertScheduleAsync(service, service.RestartAsync);
    }

    [Fact]
    [Trait("Rule", "R1.1")]
    public async Task Cluster_ImportsByItself_AlsoAfterARestart()
    {
        await using var service = await ClusterService.StartAsync(await product.NewDatabaseAsync(), _everyMinute);
        await AssertScheduleAsync(service, service.RestartAsync);
    }

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

    private async Task AssertScheduleAsync(RunningService service, Func<Task> restartAsync)
    {
        var tenant = Tenant.Create(service, product.Sandbox, People.Seed(People.Users(2)));
        await tenant.ConnectAsync();
        tenant.Portal.PutUser(People.User(3));
        await Eventually.HoldsAsync("the schedule imports user 3", () => tenant.CallGear.Employees.Count == 3, _patience);
        Assert.Equal(1, (await tenant.FirstRunAsync("scheduled")).Counts.Created);

        await restartAsync();
        tenant.Portal.PutUser(People.User(4));
        await Eventually.HoldsAsync("the schedule imports user 4 after the restart", () => tenant.CallGear.Employees.Count == 4, _patience);
        Assert.All(await tenant.RunsAsync(), run => Assert.Contains(run.Trigger, (string[])["connected", "scheduled"]));
    }
}
