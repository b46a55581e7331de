using System.Text.Json.Nodes;
using OrleansSync.EndToEnd.Services;
using OrleansSync.Sandbox.Seeding;
using OrleansSync.Testing.Processes;
using OrleansSync.Testing.Services;
using OrleansSync.Testing.Tenants;

namespace OrleansSync.EndToEnd.Restarts;

/// <summary>What is there after a process was stopped in order.</summary>
public sealed class RestartTests(Product product)
{
    [Fact]
    public async Task Embedded_Restarted_HasEverythingAtTheSameAddress()
    {
        await using var service = await EmbeddedService.StartAsync();
        await AssertKeepsEverythingAsync(service, service.RestartAsync);
    }

    [Fact]
    public async Task Cluster_Restarted_HasEverythingAtTheSameAddress()
    {
        await using var service = await ClusterService.StartAsync(await product.NewDatabaseAsync());
        await AssertKeepsEverythingAsync(service, service.RestartAsync);
    }

    /// <summary>The API knows the silos of a moment ago: here the one that it is connected to and none that joined since.</summary>
    [Fact]
    public async Task Cluster_TheOnlySiloThatTheApiKnowsStops_ServesByTheOneThatJoinedAtOnce()
    {
        await using var service = await ClusterService.StartAsync(await product.NewDatabaseAsync(), new ServiceOptions { Silos = 1 });
        var tenant = Tenant.Create(service, product.Sandbox, People.Seed(People.Users(2)));
        await tenant.ConnectAsync();
        await ClusterService.WaitForSiloAsync(service.StartSilo());

        Assert.Equal(0, await service.Silos[0].StopAsync());
        var stopped = System.Diagnostics.Stopwatch.StartNew();
        await Eventually.GetAsync(
            "the account is served",
            () => service.Api.StatusAsync(HttpMethod.Get, tenant.Path),
            status => status == System.Net.HttpStatusCode.OK);

        TestContext.Current.TestOutputHelper!.WriteLine($"Served again after {stopped.Elapsed.TotalSeconds:0.0} s.");
        Assert.InRange(stopped.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(10));
    }

    [Fact]
    public async Task Embedded_SecondProcessOnOneDataDirectory_StopsWithAMessage()
    {
        var service = await product.EmbeddedAsync();
        var address = new Uri($"http://127.0.0.1:{LoopbackPorts.TakeFree(1)[0]}/");
        await using var second = service.StartProcess("second", address);

        Assert.NotEqual(0, await second.WaitForEndAsync());

        Assert.Contains(service.DataDirectory, second.Output.Text, StringComparison.Ordinal);
        Assert.Contains("in use", second.Output.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", second.Output.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Embedded_SeveralInstances_RunBesideEachOther()
    {
        await using var other = await EmbeddedService.StartAsync();
        var tenant = Tenant.Create(other, product.Sandbox, People.Seed(People.Users(2)));

        Assert.Equal("succeeded", (await tenant.ConnectAsync()).Status);

        Assert.Equal(
            System.Net.HttpStatusCode.NotFound, await (await product.EmbeddedAsync()).Api.StatusAsync(HttpMethod.Get, tenant.Path));
    }

    private async Task AssertKeepsEverythingAsync(RunningService service, Func<Task> restartAsync)
    {
        var tenant = Tenant.Create(
            service, product.Sandbox, SeedGenerator.Create(new SeedOptions { Users = 8, Employees = 6, SpecialCases = true }));
        await tenant.ConnectAsync();
        await tenant.SetResponsibleAsync(3, responsible: false);
        string[] paths =
        [
            tenant.Path, $"{tenant.Path}/runs", $"{tenant.Path}/runs/{(await tenant.RunsAsync())[0].RunId}",
            $"{tenant.Path}/employees?limit=200",
            $"{tenant.Path}/employees/3", $"{tenant.Path}/responsible-employees", $"{tenant.Path}/audit", "api/v1/accounts",
        ];
        var before = await ReadAsync(service, paths);

        await restartAsync();

        Assert.Equal(before, await ReadAsync(service, paths));
        var requests = tenant.Writes().Count;
        var run = await tenant.SynchronizeAsync();
        Assert.Equal(requests + 1, tenant.Writes().Count);
        Assert.Equal("rejected", Assert.Single(run.Changes!, change => change.Outcome == "failed").Reason!.Code);
        Assert.Equal(0, run.Counts.Created + run.Counts.Linked + run.Counts.AddedToResponsible);
    }

    private static async Task<string[]> ReadAsync(RunningService service, string[] paths)
    {
        var answers = new List<string>();
        foreach (var path in paths)
        {
            using var answer = await service.Api.SendAsync(HttpMethod.Get, path);
            answers.Add($"{path} {answer.StatusCode} "
                + $"{JsonNode.Parse(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))}");
        }

        return [.. answers];
    }
}
