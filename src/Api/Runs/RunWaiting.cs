using OrleansSync.Grains.Interfaces.Portals;
using OrleansSync.Grains.Interfaces.Runs;

namespace OrleansSync.Api.Runs;

/// <summary>Waits for a run's end on behalf of a caller.</summary>
internal sealed class RunWaiting(TimeProvider time, IHostApplicationLifetime lifetime)
{
    /// <summary>One look waits for so long at most: shorter than the time after which a grain call is given up.</summary>
    internal static readonly TimeSpan LongestLook = TimeSpan.FromSeconds(15);

    /// <summary>A run signals each user it deals with. Looking that often would cost a large run more than its work.</summary>
    internal static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    /// <summary>Waits; null when the run still goes on then, or the process stops.</summary>
    public async Task<RunResponse?> WaitAsync(IPortalGrain portal, RunSummary run, TimeSpan wait, CancellationToken cancellationToken)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, lifetime.ApplicationStopping);
        var deadline = time.GetUtcNow() + wait;
        var changesSeen = 0;
        long version = 0;
        try
        {
            while (true)
            {
                var left = deadline - time.GetUtcNow();
                var look = left < TimeSpan.Zero ? TimeSpan.Zero : left < LongestLook ? left : LongestLook;
                if (await portal.WatchRunAsync(run.RunId, version, changesSeen, look, ending.Token) is not { } seen)
                {
                    return null;
                }

                if (seen.Run.IsFinished)
                {
                    return new RunResponse(await WholeRun.ReadAsync(portal, run.RunId) ?? new WholeRun(seen.Run, []));
                }

                if (left <= TimeSpan.Zero)
                {
                    return null;
                }

                changesSeen = seen.Seen;
                version = seen.Version;

                // Throws too when the look came back early because its token ended it.
                await Task.Delay(Pause, time, ending.Token);
            }
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return null;
        }
    }

}
