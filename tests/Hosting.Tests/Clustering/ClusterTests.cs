using Microsoft.Extensions.DependencyInjection;
using OrleansSync.Testing.Processes;
using OrleansSync.Testing;
using OrleansSync.Testing.Silos;

namespace OrleansSync.Hosting.Tests.Clustering;

public sealed class ClusterTests(PostgresServer server) : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task Cluster_WhenSilosAndClientStartTogetherOnAnEmptyDatabase_ServesCallsOnBothSilos()
    {
        var (database, keyFile, ports) = (await server.CreateDatabaseAsync(), TestKeyFile.Create(_directory), LoopbackPorts.TakeFree(4));
        var hosts = await Task.WhenAll(
            TestHost.BuildSilo(TestHost.Cluster(database, keyFile, ports[0], ports[1])).StartedAsync(),
            TestHost.BuildSilo(TestHost.Cluster(database, keyFile, ports[2], ports[3])).StartedAsync(),
            TestHost.BuildClient(TestHost.Cluster(database, keyFile, 1, 2)).StartedAsync());

        // Each places what it is asked for first, on the silos that it knows of itself.
        await Task.WhenAll(hosts[0].ActiveSilosAsync(2), hosts[1].ActiveSilosAsync(2));
        var places = await Task.WhenAll(Enumerable.Range(0, 40).Select(async number =>
        {
            var grain = hosts[2].TestGrain($"account/{number}");
            await grain.PutAsync($"name {number}");
            Assert.Equal($"name {number}", await grain.GetAsync());
            return await grain.WhereAsync();
        }));
        foreach (var host in hosts.Reverse())
        {
            await host.StopAndDisposeAsync();
        }

        Assert.Equal(2, places.Distinct().Count());
    }

    [Fact]
    public async Task Cluster_WhenASiloStops_TheOtherHasItsStates()
    {
        var (database, keyFile, ports) = (await server.CreateDatabaseAsync(), TestKeyFile.Create(_directory), LoopbackPorts.TakeFree(4));
        var first = await TestHost.BuildSilo(TestHost.Cluster(database, keyFile, ports[0], ports[1])).StartedAsync();
        await first.TestGrain("account/acme").PutAsync("Ann");
        await first.TestGrain("account/acme").RemindAsync("due");
        var second = await TestHost.BuildSilo(TestHost.Cluster(database, keyFile, ports[2], ports[3])).StartedAsync();
        await first.ActiveSilosAsync(2);
        await first.StopAndDisposeAsync();

        Assert.Equal("Ann", await second.TestGrain("account/acme").GetAsync());
        Assert.Equal(["due"], await second.TestGrain("account/acme").RemindersAsync());
        await second.StopAndDisposeAsync();
    }

    [Fact]
    public async Task Cluster_WhenSilosHaveOtherClusterIds_TheyDoNotMeet()
    {
        var (database, keyFile, ports) = (await server.CreateDatabaseAsync(), TestKeyFile.Create(_directory), LoopbackPorts.TakeFree(4));
        var blue = TestHost.Cluster(database, keyFile, ports[0], ports[1]);
        var green = TestHost.Cluster(database, keyFile, ports[2], ports[3]);
        var hosts = await Task.WhenAll(
            TestHost.BuildSilo(blue with { Cluster = blue.Cluster with { ClusterId = "blue" } }).StartedAsync(),
            TestHost.BuildSilo(green with { Cluster = green.Cluster with { ClusterId = "green" } }).StartedAsync());

        foreach (var host in hosts)
        {
            Assert.Single((await host.Services.GetRequiredService<IMembershipTable>().ReadAllAsync(Stop)).Members);
            await host.StopAndDisposeAsync();
        }
    }
}
