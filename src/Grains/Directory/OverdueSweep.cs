using System.Collections.Immutable;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OrleansSync.Grains.Interfaces;
using OrleansSync.Grains.Interfaces.Portals;
using OrleansSync.Grains.Interfaces.Rows;

namespace OrleansSync.Grains.Directory;

/// <summary>
/// Has the accounts look that are overdue or have work left after a silo came or went, or after the database was away: ticks of reminders
/// that passed in between are lost. Each minute those with work left alone: their activation may have ended for a reason of its own. Of the
/// silos that are there, the one with the lowest address does it.
/// </summary>
internal sealed partial class OverdueSweep(
    IClusterMembershipService membership,
    ILocalSiloDetails self,
    IGrainFactory grains,
    IAccountRows accounts,
    DatabaseCondition database,
    TimeProvider time,
    ILogger<OverdueSweep> logger) : BackgroundService
{
    // Silos that are restarted one after the other make one sweep, and reminders get the time to find their new owners.
    private static readonly TimeSpan _settling = TimeSpan.FromSeconds(20);

    // A database that comes back may go again, and connections have to be made anew.
    private static readonly TimeSpan _settlingOfDatabase = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan _pauseAfterFailure = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan _patrol = TimeSpan.FromMinutes(1);

    private const int AccountsAPage = 100;

    // Few at a time: the accounts that are due start runs of their own.
    private const int AccountsAtATime = 4;

    private SiloAddress[] _swept = [];

    /// <inheritdoc />
    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll(
            KeepAsync(SweepAfterChangesAsync, stoppingToken),
            KeepAsync(SweepAfterOutagesAsync, stoppingToken),
            KeepAsync(PatrolAsync, stoppingToken));

    /// <summary>
    /// Begins again whenever something fails or what is followed ends: a background service that fails takes the process with it.
    /// </summary>
    private async Task KeepAsync(Func<CancellationToken, Task> sweepAsync, CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                await sweepAsync(cancellationToken);
            }
            catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
            {
                LogInterrupted(_pauseAfterFailure, exception);
            }

            await Task.Delay(_pauseAfterFailure, time, cancellationToken);
        }
    }

    private async Task SweepAfterChangesAsync(CancellationToken cancellationToken)
    {
        await foreach (var snapshot in membership.MembershipUpdates.WithCancellation(cancellationToken))
        {
            var active = ActiveSilos(snapshot);
            if (IsFirst(active) && !active.SequenceEqual(_swept))
            {
                _swept = await SettleAndSweepAsync(_settling, cancellationToken);
            }
        }
    }

    private async Task SweepAfterOutagesAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            await database.WhenAwayAsync(cancellationToken);
            await database.WhenBackAsync(cancellationToken);
            await SettleAndSweepAsync(_settlingOfDatabase, cancellationToken);
        }
    }

    private async Task PatrolAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            await SettleAndSweepAsync(_patrol, accounts.UnfinishedAsync, cancellationToken);
        }
    }

    private Task<SiloAddress[]> SettleAndSweepAsync(TimeSpan settling, CancellationToken cancellationToken) =>
        SettleAndSweepAsync(settling, (after, limit) => accounts.DueAsync(time.GetUtcNow(), after, limit), cancellationToken);

    /// <summary>Answers the silos that there were when the sweep began, or when it was left to another.</summary>
    private async Task<SiloAddress[]> SettleAndSweepAsync(
        TimeSpan settling, Func<string?, int, Task<ImmutableArray<string>>> pageAsync, CancellationToken cancellationToken)
    {
        await Task.Delay(settling, time, cancellationToken);
        var active = ActiveSilos(membership.CurrentSnapshot);
        if (IsFirst(active) && database.Outage is null)
        {
            await SweepAsync(pageAsync, cancellationToken);
        }

        return active;
    }

    private bool IsFirst(SiloAddress[] active) => active is [var first, ..] && first.Equals(self.SiloAddress);

    private async Task SweepAsync(Func<string?, int, Task<ImmutableArray<string>>> pageAsync, CancellationToken cancellationToken)
    {
        try
        {
            string? after = null;
            do
            {
                var page = await pageAsync(after, AccountsAPage);
                var few = new ParallelOptions { MaxDegreeOfParallelism = AccountsAtATime, CancellationToken = cancellationToken };
                await Parallel.ForEachAsync(page, few, async (accountId, ending) => await WatchAsync(accountId, ending));
                after = page.Length < AccountsAPage ? null : page[^1];
            }
            while (after is not null);
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            LogNotSwept(exception);
        }
    }

    private async Task WatchAsync(string accountId, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        try
        {
            await grains.GetGrain<IPortalGrain>(GrainKeys.Account(accountId)).WatchAsync();
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            // One account that cannot look now must not keep the others from it; it is asked again.
            LogAccountNotWatched(accountId, exception);
        }
    }

    private static SiloAddress[] ActiveSilos(ClusterMembershipSnapshot snapshot) =>
        [.. snapshot.Members.Values.Where(member => member.Status == SiloStatus.Active).Select(member => member.SiloAddress).Order()];

    [LoggerMessage(1501, LogLevel.Warning, "Account {AccountId} could not look whether it is overdue.")]
    private partial void LogAccountNotWatched(string accountId, Exception exception);

    [LoggerMessage(1502, LogLevel.Warning, "Not all accounts that are overdue could be found; each waits for its own reminder.")]
    private partial void LogNotSwept(Exception exception);

    [LoggerMessage(1503, LogLevel.Warning,
        "The search for overdue accounts was interrupted and begins again after {Pause}; until then each waits for its own reminder.")]
    private partial void LogInterrupted(TimeSpan pause, Exception exception);
}
