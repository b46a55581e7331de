using System.Globalization;
using OrleansSync.Faults.Accounts;
using OrleansSync.Faults.Campaign;
using OrleansSync.Sandbox;
using OrleansSync.Testing;
using OrleansSync.Testing.Services;

namespace OrleansSync.Faults.Scenarios;

/// <summary>R1.1: all silos are stopped in order and started again, one after the other.</summary>
public sealed class RollingRestartTests(PostgresServer postgres)
{
    private static readonly TimeSpan _period = TimeSpan.FromMinutes(1);

    [Fact]
    [Trait("Rule", "R3.8")]
    [Trait("Length", "Long")]
    public async Task Cluster_SiloStoppedDuringImports_HandsThemOver()
    {
        await using var sandbox = await SandboxServer.StartAsync(new SandboxOptions(), TestContext.Current.CancellationToken);
        await using var service = await ClusterService.StartAsync(await postgres.CreateDatabaseAsync());
        using var slow = new Slowness(sandbox, new Random(5));
        var scenario = new Scenario(service, sandbox, seed: 5, accounts: 4);
        await scenario.ConnectAsync();
        await scenario.ReachAsync(0.2);

        var at = TimeProvider.System.GetUtcNow();
        Assert.Equal(0, await service.Silos[0].StopAsync());

        await scenario.ReachAsync(1);
        await scenario.AssertSoundAsync();
        var evidence = await Task.WhenAll(scenario.Accounts.Select(account => account.GatherAsync()));
        foreach (var resumed in evidence.SelectMany(account => account.Runs).Where(run => run.Trigger == "resumed"))
        {
            Report.Tell(string.Create(
                CultureInfo.InvariantCulture, $"Handed over {(resumed.StartedAt!.Value - at).TotalSeconds:0.0} s after the signal."));
        }
    }

    [Fact]
    [Trait("Rule", "R1.1")]
    [Trait("Length", "Long")]
    public async Task Cluster_AllSilosRestartedWhileAccountsAreDue_LosesNoTick()
    {
        await using var sandbox = await SandboxServer.StartAsync(new SandboxOptions(), TestContext.Current.CancellationToken);
        await using var service = await ClusterService.StartAsync(
            await postgres.CreateDatabaseAsync(),
            new ServiceOptions { Silos = 3, Period = _period.ToString("c", CultureInfo.InvariantCulture) });
        var scenario = new Scenario(service, sandbox, seed: 6, accounts: 24);
        await scenario.ConnectAsync();
        await scenario.ReachAsync(1);
        var from = TimeProvider.System.GetUtcNow() + _period;
        await WaitUntilAsync(from);

        for (var silo = 0; silo < service.Silos.Count; silo++)
        {
            Assert.Equal(0, await service.Silos[silo].StopAsync());
            await ClusterService.WaitForSiloAsync(service.StartSiloAgain(silo));
        }

        var until = TimeProvider.System.GetUtcNow();
        await WaitUntilAsync(until + (2 * _period));
        foreach (var account in scenario.Accounts)
        {
            await AssertEachSlotServedAsync(account, from, until + _period);
        }

        await scenario.AssertSoundAsync();
    }

    // Every point of the account's schedule is followed by a run before the next one; a run may come a little early by its silo's clock.
    private static async Task AssertEachSlotServedAsync(ImportedAccount account, DateTimeOffset from, DateTimeOffset until)
    {
        var evidence = await account.GatherAsync();
        var next = (await account.Tenant.AccountAsync()).NextRunAt!.Value;
        var starts = evidence.Runs.Select(run => run.StartedAt).OfType<DateTimeOffset>().ToArray();
        for (var due = next - _period; due > from; due -= _period)
        {
            var (early, late) = (due - TimeSpan.FromSeconds(6), due + _period);
            Assert.True(due > until || starts.Any(start => start >= early && start < late), $"{account.Tenant.Id} was due at {due:O} and "
                + $"had runs at {string.Join(", ", starts.Select(start => start.ToString("T", CultureInfo.InvariantCulture)))}");
        }
    }

    private static Task WaitUntilAsync(DateTimeOffset moment) => Task.Delay(
        moment - TimeProvider.System.GetUtcNow() is { Ticks: > 0 } left ? left : TimeSpan.Zero, TimeProvider.System,
        TestContext.Current.CancellationToken);
}
