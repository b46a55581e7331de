using System.Runtime.CompilerServices;
using OrleansSync.Grains.Interfaces.Portals;
using OrleansSync.Grains.Interfaces.Runs;

namespace OrleansSync.Api.Runs;

/// <summary>Looks at a run again and again on behalf of a caller.</summary>
internal sealed class RunWaiting(TimeProvider time, IHostApplicationLifetime lifetime)
{
    /// <summary>One look waits for so long at most: shorter than the time after which a grain call is given up.</summary>
    internal static readonly TimeSpan LongestLook = TimeSpan.FromSeconds(15);

    /// <summary>A run signals each user it deals with. Looking that often would cost a large run more than its work.</summary>
    internal static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    /// <summary>Waits; null when the run still goes on then, or the process stops.</summary>
    public async Task<RunResponse?> WaitAsync(IPortalGrain portal, RunSummary run, TimeSpan wait, CancellationToken cancellationToken)
    {
        using var deadline = new CancellationTokenSource(wait, time);
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, deadline.Token);
        await foreach (var look in FollowAsync(portal, run.RunId, first: null, ending.Token))
        {
            if (look.Run.IsFinished)
            {
                return new RunResponse(await WholeRun.ReadAsync(portal, run.RunId) ?? new WholeRun(look.Run, []));
            }
        }

        return null;
    }

    /// <summary>Looks at a run whenever it went on, until it has ended and all its changes were seen.</summary>
    /// <param name="portal">The account.</param>
    /// <param name="runId">The run.</param>
    /// <param name="first">The first look, where it was taken already.</param>
    /// <param name="cancellationToken">Ends the looks, as the end of the process does.</param>
    public async IAsyncEnumerable<RunWatch> FollowAsync(
        IPortalGrain portal, string runId, RunWatch? first, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, lifetime.ApplicationStopping);
        for (var look = first ?? await NextAsync(portal, runId, before: null, ending.Token);
            look is not null;
            look = look is { Run.IsFinished: true, HasMore: false } ? null : await NextAsync(portal, runId, look, ending.Token))
        {
            yield return look;
        }
    }

    private async Task<RunWatch?> NextAsync(IPortalGrain portal, string runId, RunWatch? before, CancellationToken cancellationToken)
    {
        try
        {
            if (before is not null)
            {
                // Throws too when the look before came back early because its token ended it.
                await Task.Delay(Pause, time, cancellationToken);
            }

            return await portal.WatchRunAsync(runId, before?.Version ?? 0, before?.Seen ?? 0, LongestLook, cancellationToken);
        }
        catch (OperationCanceledException)
        {
            return null;
        }
    }
}
