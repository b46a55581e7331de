using OrleansSync.Faults.Campaign;
using OrleansSync.Sandbox;
using OrleansSync.Testing;
using OrleansSync.Testing.Services;

namespace OrleansSync.Faults.Scenarios;

/// <summary>R3.8: the database goes away for moments while links are being stored.</summary>
public sealed class PostgresRestartTests
{
    [Fact]
    [Trait("Rule", "R3.8")]
    public async Task Cluster_DatabaseRestartedInOrderAndAborted_LosesNothing()
    {
        await using var postgres = await PostgresServer.StartProcessAsync();
        await using var sandbox = await SandboxServer.StartAsync(new SandboxOptions(), TestContext.Current.CancellationToken);
        await using var service = await ClusterService.StartAsync(postgres.ConnectionString);
        using var slow = new Slowness(sandbox, new Random(1));
        var scenario = new Scenario(service, sandbox, seed: 1, accounts: 4);
        await scenario.ConnectAsync();

        await scenario.ReachAsync(0.2);
        await postgres.RestartAsync(immediate: false);
        await scenario.SynchronizeAsync();
        await scenario.ReachAsync(0.6);
        await postgres.RestartAsync(immediate: true);

        await scenario.AssertSoundAfterOneMoreRunAsync();
    }
}
