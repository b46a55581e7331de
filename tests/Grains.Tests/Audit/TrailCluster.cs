using Microsoft.Extensions.DependencyInjection;
using Orleans.Storage;
using Orleans.TestingHost;
using OrleansSync.Grains.Interfaces;
using OrleansSync.Grains.Placement;
using OrleansSync.Grains.Tests.Audit;
using OrleansSync.Grains.Tests.Connections;

[assembly: AssemblyFixture(typeof(TrailCluster))]

namespace OrleansSync.Grains.Tests.Audit;

/// <summary>A silo with the grains that need no vendor, and a clock that stands still unless a test moves it.</summary>
public sealed class TrailCluster : IAsyncLifetime
{
    private InProcessTestCluster? _cluster;

    internal MovedTime Time { get; } = new();

    internal StoredStates States { get; } = new();

    public async ValueTask InitializeAsync()
    {
        var builder = new InProcessTestClusterBuilder(1);
        builder.ConfigureSilo((_, silo) =>
        {
            silo.Services.AddSingleton<TimeProvider>(Time);
            silo.Services.AddAccountPlacement();
            silo.Services.AddSingleton<IGrainStorage>(States);
        });
        _cluster = builder.Build();
        await _cluster.DeployAsync();
    }

    public ValueTask DisposeAsync() => _cluster!.DisposeAsync();

    internal IAuditGrain Audit(string account) => _cluster!.Client.GetGrain<IAuditGrain>(GrainKeys.Account(account));

    internal IAuditChunkGrain Chunk(string account, long number) => _cluster!.Client.GetGrain<IAuditChunkGrain>(GrainKeys.AuditChunk(account, number));

    internal IAccountKeysGrain Keys(string account) => _cluster!.Client.GetGrain<IAccountKeysGrain>(GrainKeys.Account(account));

    /// <summary>Lets all grains be read from storage again.</summary>
    internal Task ForgetActivationsAsync() => _cluster!.Client.GetGrain<IManagementGrain>(0).ForceActivationCollection(TimeSpan.Zero);

    /// <summary>A clock that tests move by years. Timers go by the real one: in a fake year every one of them would fire millions of times.</summary>
    internal sealed class MovedTime : TimeProvider
    {
        private DateTimeOffset _now = new(2025, 3, 1, 12, 0, 0, TimeSpan.Zero);

        public void Advance(TimeSpan time) => _now += time;

        public override DateTimeOffset GetUtcNow() => _now;
    }
}
