using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using OrleansSync.Faults.Accounts;
using OrleansSync.Faults.Campaign;
using OrleansSync.Sandbox;
using OrleansSync.Testing;
using OrleansSync.Testing.Processes;
using OrleansSync.Testing.Services;

namespace OrleansSync.Faults.Scenarios;

/// <summary>R3.8: PostgreSQL's disk is full while links are being stored. PostgreSQL itself may end over it.</summary>
public sealed class FullDiskTests
{
    private const int Megabytes = 300;

    [Fact]
    [Trait("Rule", "R3.8")]
    [Trait("Length", "Long")]
    public async Task Cluster_DiskOfTheDatabaseFullDuringImports_LosesNothing()
    {
        await using var disk = await SmallDisk.MountAsync(Megabytes);
        Assert.SkipWhen(disk is null, "This process may not mount a disk; run it as root.");
        await using var postgres = await PostgresServer.StartProcessAsync(disk!.Path);
        await using var sandbox = await SandboxServer.StartAsync(new SandboxOptions(), TestContext.Current.CancellationToken);
        await using var service = await ClusterService.StartAsync(postgres.ConnectionString);
        using var slow = new Slowness(sandbox, new Random(7));
        var scenario = new Scenario(service, sandbox, seed: 7, accounts: 6);
        await scenario.ConnectAsync();
        await scenario.ReachAsync(0.2);

        disk.Fill();
        var told = await Eventually.GetAsync("the service tells of it", () =>
            TellAsync(service, scenario.Accounts[0]), problem => problem is not null, TimeSpan.FromMinutes(3));
        Report.Tell($"{told} PostgreSQL said: "
            + $"{string.Join(" | ", postgres.Output.Split('\n').Where(line => line.Contains("space", StringComparison.Ordinal)).Take(3))}");
        Assert.All(service.Silos, silo => Assert.False(silo.HasEnded, $"{silo.Name} ended while the disk was full."));

        disk.Free();
        if (!await postgres.WaitUntilReadyAsync(TimeSpan.FromSeconds(10)))
        {
            await postgres.RestartAsync(immediate: false);
        }

        await scenario.ReachAsync(1);
        await scenario.AssertSoundAfterOneMoreRunAsync();
    }

    // What a person is told who asks for a run; null while the run is accepted.
    private static async Task<string?> TellAsync(ClusterService service, ImportedAccount account)
    {
        using var answer = await service.Api.SendAsync(HttpMethod.Post, $"{account.Tenant.Path}/synchronize");
        if (answer.IsSuccessStatusCode)
        {
            return null;
        }

        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        Assert.NotNull(answer.Headers.RetryAfter?.Delta);
        var problem = await answer.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken);
        return problem.GetProperty("detail").GetString();
    }
}
