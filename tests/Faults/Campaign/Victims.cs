using OrleansSync.Faults.Invariants;
using OrleansSync.Testing.Services;

namespace OrleansSync.Faults.Campaign;

/// <summary>The processes that a campaign kills.</summary>
internal abstract class Victims : IAsyncDisposable
{
    /// <summary>The product.</summary>
    public abstract RunningService Service { get; }

    /// <summary>
    /// Kills the process of one of the accounts and starts it again at once, on the same ports and data; answers when it was, and for which
    /// accounts it counts.
    /// </summary>
    /// <param name="random">Chooses.</param>
    /// <param name="underWay">Asks, immediately before the kill and immediately after, which accounts are being imported.</param>
    public abstract Task<(Interruption Interruption, IReadOnlyList<string> Accounts)> KillAsync(
        Random random, Func<IReadOnlyList<string>> underWay);

    /// <summary>Waits until what was killed serves again.</summary>
    public abstract Task ReadyAsync();

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => Service.DisposeAsync();

    /// <summary>Starts the product.</summary>
    /// <param name="kind">How it runs.</param>
    /// <param name="newDatabaseAsync">Makes an empty database.</param>
    public static async Task<Victims> StartAsync(ServiceKind kind, Func<Task<string>> newDatabaseAsync)
    {
        var options = new ServiceOptions
        {
            Silos = 3,
            More = new Dictionary<string, string>
            {
                // Says which silo does which account's run.
                ["Logging__LogLevel__OrleansSync.Grains.Portals.PortalGrain"] = "Debug",

                // Processes that live for seconds have nothing of code that is compiled well.
                ["DOTNET_TC_QuickJit"] = "1",
            },
        };
        return kind == ServiceKind.Cluster
            ? new SiloVictims(await ClusterService.StartAsync(await newDatabaseAsync(), options))
            : new EmbeddedVictim(await EmbeddedService.StartAsync(options));
    }
}
