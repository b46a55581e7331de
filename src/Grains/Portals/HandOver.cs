using Microsoft.Extensions.Logging;
using OrleansSync.Grains.Interfaces;
using OrleansSync.Grains.Interfaces.Portals;

namespace OrleansSync.Grains.Portals;

/// <summary>
/// Brings accounts that had work left when their silo stopped in order back at once, on the silos that have them from then on: the
/// sweep would do it within a minute only. The silo goes on stopping when all are back, or after a while.
/// </summary>
internal sealed partial class HandOver(
    IGrainFactory grains, TimeProvider time, ILogger<HandOver> logger) : ILifecycleParticipant<ISiloLifecycle>
{
    private const int MostTries = 20;

    // While activations and the directory of grains move, a call may be turned away from a silo that no longer has the account.
    private static readonly TimeSpan _pause = TimeSpan.FromMilliseconds(200);

    // Within what a process has to stop in.
    private static readonly TimeSpan _longest = TimeSpan.FromSeconds(6);

    private readonly Lock _lock = new();
    private readonly HashSet<Task> _underWay = [];

    /// <summary>Brings an account back. Its activation here may still be ending: the call is passed on when it has.</summary>
    public void Announce(string accountId)
    {
        var bringing = Task.Run(() => BringBackAsync(accountId));
        lock (_lock)
        {
            _underWay.Add(bringing);
        }

        bringing.ContinueWith(Forget, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
    }

    /// <inheritdoc />
    public void Participate(ISiloLifecycle lifecycle) => lifecycle.Subscribe<HandOver>(
        // Ends after the activations have, and before the silo can no longer call others.
        ServiceLifecycleStage.ApplicationServices,
        _ => Task.CompletedTask,
        async cancellationToken =>
        {
            Task all;
            lock (_lock)
            {
                all = Task.WhenAll(_underWay);
            }

            await Task.WhenAny(all, Task.Delay(_longest, time, cancellationToken)).ConfigureAwait(false);
        });

    private void Forget(Task ended)
    {
        lock (_lock)
        {
            _underWay.Remove(ended);
        }
    }

    private async Task BringBackAsync(string accountId)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await grains.GetGrain<IPortalGrain>(GrainKeys.Account(accountId)).WatchAsync().ConfigureAwait(false);
                return;
            }
            catch (Exception exception)
            {
                if (attempt == MostTries)
                {
                    LogNotBroughtBack(accountId, exception);
                    return;
                }
            }

            await Task.Delay(_pause, time).ConfigureAwait(false);
        }
    }

    [LoggerMessage(1504, LogLevel.Warning,
        "Account {AccountId} could not be handed over to another silo at once; the sweep does it within a minute.")]
    private partial void LogNotBroughtBack(string accountId, Exception exception);
}
