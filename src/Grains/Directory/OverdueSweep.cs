using Microsoft.Extensions.Logging;
using OrleansSync.Grains.Interfaces;
using OrleansSync.Grains.Storage;

namespace OrleansSync.Grains.Directory;

/// <summary>
/// Has all accounts look whether they are overdue after a silo came or went, or after the database was away: ticks of reminders that passed in between are lost. Of the
/// silos that are there, the one with the lowest address does it.
/// </summary>
internal sealed partial class OverdueSweep(
    IClusterMembershipService membership,
    ILocalSiloDetails self,
    IGrainFactory grains,
    DatabaseCondition database,
    TimeProvider time,
    ILogger<OverdueSweep> logger) : ILifecycleParticipant<ISiloLifecycle>, IDisposable
{
    // Silos that are restarted one after the other make one sweep, and reminders get the time to find their new owners.
    private static readonly TimeSpan _settling = TimeSpan.FromSeconds(20);

    // A database that comes back may go again, and connections have to be made anew.
    private static readonly TimeSpan _settlingOfDatabase = TimeSpan.FromSeconds(5);

    private readonly CancellationTokenSource _stopping = new();
    private Task _sweeping = Task.CompletedTask;

    public void Participate(ISiloLifecycle lifecycle) => lifecycle.Subscribe<OverdueSweep>(
        ServiceLifecycleStage.Active,
        _ =>
        {
            _sweeping = Task.WhenAll(SweepAfterChangesAsync(_stopping.Token), SweepAfterOutagesAsync(_stopping.Token));
            return Task.CompletedTask;
        },
        async _ =>
        {
            await _stopping.CancelAsync();
            await _sweeping.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        });

    public void Dispose() => _stopping.Dispose();

    private async Task SweepAfterChangesAsync(CancellationToken cancellationToken)
    {
        var swept = string.Empty;
        await foreach (var snapshot in membership.MembershipUpdates.WithCancellation(cancellationToken))
        {
            var active = ActiveSilos(snapshot);
            if (active.Length == 0 || !active[0].Equals(self.SiloAddress) || Signature(active) == swept)
            {
                continue;
            }

            await Task.Delay(_settling, time, cancellationToken);
            var now = ActiveSilos(membership.CurrentSnapshot);
            if (now.Length > 0 && now[0].Equals(self.SiloAddress))
            {
                swept = Signature(now);
                await SweepAsync(cancellationToken);
            }
        }
    }

    private async Task SweepAfterOutagesAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            await database.WhenAwayAsync(cancellationToken);
            await database.WhenBackAsync(cancellationToken);
            await Task.Delay(_settlingOfDatabase, time, cancellationToken);
            if (database.Outage is null && ActiveSilos(membership.CurrentSnapshot) is [var first, ..] && first.Equals(self.SiloAddress))
            {
                await SweepAsync(cancellationToken);
            }
        }
    }

    private async Task SweepAsync(CancellationToken cancellationToken)
    {
        for (var shard = 0; shard < GrainKeys.DirectoryShards; shard++)
        {
            try
            {
                await grains.GetGrain<IAccountDirectoryGrain>(GrainKeys.Directory(shard)).SweepAsync(cancellationToken);
            }
            catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
            {
                LogShardNotSwept(shard, exception);
            }
        }
    }

    private static SiloAddress[] ActiveSilos(ClusterMembershipSnapshot snapshot) =>
        [.. snapshot.Members.Values.Where(member => member.Status == SiloStatus.Active).Select(member => member.SiloAddress).Order()];

    private static string Signature(SiloAddress[] silos) => string.Join(',', silos.Select(silo => silo.ToParsableString()));

    [LoggerMessage(1502, LogLevel.Warning, "Shard {Shard} of the directory could not be swept for overdue accounts.")]
    private partial void LogShardNotSwept(int shard, Exception exception);
}
