using Npgsql;
using OrleansSync.Faults.Campaign;
using OrleansSync.Sandbox;
using OrleansSync.Testing;
using OrleansSync.Testing.Processes;
using OrleansSync.Testing.Services;

namespace OrleansSync.Faults.Scenarios;

/// <summary>A silo that stands still for longer than the others wait for it, and then goes on where it was.</summary>
[Trait("Length", "Long")]
public sealed class FrozenSiloTests(PostgresServer postgres)
{
    // As Orleans stores it.
    private const int SiloStatusDead = 6;

    [Theory]
    [Trait("Rule", "R3.8")]
    [InlineData(1, null)]
    [InlineData(2, null)]

    // Creates wait for points while their silo is frozen, and could all be sent when it goes on.
    [InlineData(3, 25)]
    public async Task Cluster_SiloFrozenUntilItIsReplaced_DoesNoHarmWhenItComesBack(int seed, int? minuteLimit)
    {
        await using var sandbox = await SandboxServer.StartAsync(new SandboxOptions(), TestContext.Current.CancellationToken);
        await using var service = await ClusterService.StartAsync(await postgres.CreateDatabaseAsync(), new ServiceOptions { Silos = 3 });
        using var slow = new Slowness(sandbox, new Random(seed));
        var scenario = new Scenario(service, sandbox, seed, accounts: 6, minuteLimit);
        await scenario.ConnectAsync();
        await scenario.ReachAsync(0.3);

        var zombie = service.Silos[seed % 3];
        await zombie.FreezeAsync();
        await Eventually.GetAsync(
            "the others take the silo for dead", () => StatusAsync(service, service.SiloPortOf(zombie)), status => status == SiloStatusDead,
            TimeSpan.FromMinutes(8));
        await scenario.ReachAsync(1);
        await zombie.ThawAsync();

        await Eventually.HoldsAsync("the silo learns that it was replaced", () => zombie.HasEnded, TimeSpan.FromMinutes(3));
        await scenario.AssertSoundAfterOneMoreRunAsync();
    }

    private static async Task<int> StatusAsync(ClusterService service, int port)
    {
        await using var database = NpgsqlDataSource.Create(service.ConnectionString);
        await using var command =
            database.CreateCommand("SELECT status FROM membership_silo WHERE port = $1 ORDER BY generation DESC LIMIT 1");
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = port });
        return (int)(await command.ExecuteScalarAsync(TestContext.Current.CancellationToken))!;
    }
}
