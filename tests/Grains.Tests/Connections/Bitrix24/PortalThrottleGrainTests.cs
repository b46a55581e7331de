using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using OrleansSync.Grains.Connections;
using OrleansSync.Grains.Connections.Bitrix24;
using OrleansSync.Grains.Connections.Calls;
using OrleansSync.Grains.Interfaces;
using OrleansSync.Grains.Interfaces.Connections;
using OrleansSync.Grains.Tests.Connections.Cluster;

namespace OrleansSync.Grains.Tests.Connections.Bitrix24;

public sealed class PortalThrottleGrainTests(ConnectionCluster cluster) : ConnectionTests(cluster)
{
    private static readonly TimeSpan _patience = TimeSpan.FromMinutes(1);

    [Fact]
    public async Task Acquire_MoreThanTheBucketHas_OthersWaitAndUrgentOnesGoFirst()
    {
        var time = new FakeTimeProvider();
        var environment = new ConnectionEnvironment(null!, null!, Cluster.Secrets, new ConnectionOptions(), Cluster.OAuth, null!, time);
        var throttle = new PortalThrottleGrain(environment, NullLogger<PortalThrottleGrain>.Instance);
        Assert.True(await throttle.AcquireAsync(false, TimeSpan.Zero, Token));
        Assert.True(await throttle.AcquireAsync(false, TimeSpan.Zero, Token));

        var waiting = throttle.AcquireAsync(false, _patience, Token);
        Assert.False(await throttle.AcquireAsync(false, TimeSpan.FromSeconds(0.9), Token));
        var urgent = throttle.AcquireAsync(true, TimeSpan.FromSeconds(0.6), Token);

        time.Advance(TimeSpan.FromSeconds(0.6));
        Assert.True(await urgent);
        Assert.False(waiting.IsCompleted);
        time.Advance(TimeSpan.FromSeconds(0.6));
        Assert.True(await waiting);
    }

    [Fact]
    public async Task Acquire_Blocked_IsRefusedToTheImpatientAndServedAfterwards()
    {
        var throttle = Throttle("throttle-blocked");
        await throttle.ReportBlockedAsync(Cluster.Time.GetUtcNow() + TimeSpan.FromSeconds(30));

        Assert.False(await throttle.AcquireAsync(true, TimeSpan.FromSeconds(29), Token));
        var start = Cluster.Time.GetUtcNow();
        Assert.True(await Cluster.DriveAsync(throttle.AcquireAsync(false, _patience, Token), TimeSpan.FromSeconds(31)));
        Assert.Equal(TimeSpan.FromSeconds(30), Cluster.Time.GetUtcNow() - start);
    }

    [Fact]
    public async Task Acquire_CallerLeaves_ItsPlaceGoesToTheNext()
    {
        var throttle = await FullAsync("throttle-left");
        using var leaving = new CancellationTokenSource();
        var left = throttle.AcquireAsync(false, _patience, leaving.Token);
        await Cluster.Time.WaitForTimersAsync(1);
        await leaving.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => left);
        await Cluster.Time.WaitForTimersAsync(0);

        var start = Cluster.Time.GetUtcNow();
        Assert.True(await Cluster.DriveAsync(throttle.AcquireAsync(false, _patience, Token), TimeSpan.FromSeconds(1)));
        Assert.InRange(Cluster.Time.GetUtcNow() - start, TimeSpan.Zero, TimeSpan.FromSeconds(0.6));
    }

    private IPortalThrottleGrain Throttle(string portal) => Cluster.Grains.GetGrain<IPortalThrottleGrain>(GrainKeys.Throttle(portal));

    private async Task<IPortalThrottleGrain> FullAsync(string portal)
    {
        var throttle = Throttle(portal);
        while (await throttle.AcquireAsync(false, TimeSpan.Zero, Token))
        {
        }

        return throttle;
    }
}
