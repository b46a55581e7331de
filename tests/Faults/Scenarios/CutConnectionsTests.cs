using System.Globalization;
using OrleansSync.Faults.Campaign;
using OrleansSync.Faults.Connections;
using OrleansSync.Sandbox;
using OrleansSync.Testing;
using OrleansSync.Testing.Services;

namespace OrleansSync.Faults.Scenarios;

/// <summary>The connections between silos, and between them and the API, break again and again.</summary>
[Trait("Length", "Long")]
public sealed class CutConnectionsTests(PostgresServer postgres)
{
    private static readonly TimeSpan _pause = TimeSpan.FromMilliseconds(500);

    [Fact]
    [Trait("Rule", "R3.8")]
    public async Task Cluster_ConnectionsBetweenSilosCut_LosesNothing()
    {
        await using var sandbox = await SandboxServer.StartAsync(new SandboxOptions(), TestContext.Current.CancellationToken);
        await using var service = await ClusterService.StartAsync(await postgres.CreateDatabaseAsync(), new ServiceOptions { Silos = 3 });
        using var slow = new Slowness(sandbox, new Random(4));
        var scenario = new Scenario(service, sandbox, seed: 4, accounts: 6);
        await scenario.ConnectAsync();
        var imported = scenario.ReachAsync(1);

        var cut = 0;
        while (!imported.IsCompleted)
        {
            cut += service.Silos.Sum(silo => ConnectionCutter.Cut(silo, service.Ports));
            await Task.WhenAny(imported, Task.Delay(_pause, TimeProvider.System, TestContext.Current.CancellationToken));
        }

        await imported;
        Assert.True(cut > 0, "No connection was cut.");
        Report.Tell(string.Create(CultureInfo.InvariantCulture, $"{cut} connections were cut."));
        await scenario.AssertSoundAfterOneMoreRunAsync();
    }
}
