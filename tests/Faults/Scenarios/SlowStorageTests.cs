using Microsoft.Data.Sqlite;
using Npgsql;
using OrleansSync.Faults.Campaign;
using OrleansSync.Faults.Connections;
using OrleansSync.Sandbox;
using OrleansSync.Testing;
using OrleansSync.Testing.Services;

namespace OrleansSync.Faults.Scenarios;

/// <summary>R3.8: a storage that takes its time, while CallGear loses answers.</summary>
public sealed class SlowStorageTests(PostgresServer postgres)
{
    private static readonly TimeSpan _eachWay = TimeSpan.FromMilliseconds(40);
    private static readonly TimeSpan _locked = TimeSpan.FromMilliseconds(400);
    private static readonly TimeSpan _unlocked = TimeSpan.FromMilliseconds(100);

    [Fact]
    [Trait("Rule", "R3.8")]
    public async Task Cluster_EveryAnswerOfTheDatabaseLate_LosesNothing()
    {
        var connection = new NpgsqlConnectionStringBuilder(await postgres.CreateDatabaseAsync());
        await using var proxy = DelayingProxy.Start(connection.Port, TimeSpan.Zero);
        connection.Port = proxy.Port;
        await using var sandbox = await SandboxServer.StartAsync(new SandboxOptions(), TestContext.Current.CancellationToken);
        await using var service = await ClusterService.StartAsync(connection.ToString());
        proxy.Delay = _eachWay;

        await ImportWithTroubleAsync(service, sandbox);
    }

    [Fact]
    [Trait("Rule", "R3.8")]
    public async Task Embedded_FileLockedByAnotherMostOfTheTime_LosesNothing()
    {
        await using var sandbox = await SandboxServer.StartAsync(new SandboxOptions(), TestContext.Current.CancellationToken);
        await using var service = await EmbeddedService.StartAsync();
        using var stopping = new CancellationTokenSource();
        var locking = LockAsync(service.DatabaseFile, stopping.Token);

        await ImportWithTroubleAsync(service, sandbox);

        await stopping.CancelAsync();
        Assert.True(await locking > 0);
    }

    private static async Task ImportWithTroubleAsync(RunningService service, SandboxServer sandbox)
    {
        var random = new Random(2);
        var scenario = new Scenario(service, sandbox, seed: 2, accounts: 3);
        using (new VendorTrouble(sandbox, random))
        {
            await scenario.ConnectAsync();
            await Task.WhenAll(scenario.Accounts.Select(account => account.SettleAsync()));
        }

        await scenario.AssertSoundAfterOneMoreRunAsync();
    }

    // What a backup or a slow disk does to a file with one writer at a time.
    private static async Task<int> LockAsync(string file, CancellationToken cancellationToken)
    {
        await using var connection =
            new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = file, Pooling = false }.ToString());
        await connection.OpenAsync(CancellationToken.None);
        for (var times = 0; ; times++)
        {
            await using (var transaction = connection.BeginTransaction(deferred: false))
            {
                await PauseAsync(_locked);
            }

            if (cancellationToken.IsCancellationRequested)
            {
                return times;
            }

            await PauseAsync(_unlocked);
        }

        static Task PauseAsync(TimeSpan pause) => Task.Delay(pause, TimeProvider.System, CancellationToken.None);
    }
}
