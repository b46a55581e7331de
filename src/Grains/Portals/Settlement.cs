using OrleansSync.Grains.Interfaces.Employees;

namespace OrleansSync.Grains.Portals;

/// <summary>Finds out what became of a create that an earlier run sent and got no answer to (R3.8).</summary>
internal static class Settlement
{
    private static readonly TimeSpan _firstPause = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan _longestPause = TimeSpan.FromSeconds(5);

    // A little more than the longest that a create is taken to be open for, so that only a clock that is wrong makes a run give up.
    private static readonly TimeSpan _mostWaiting = TimeSpan.FromMinutes(2.5);

    /// <summary>
    /// Settles one user. While the create may still appear at CallGear the run waits and looks again, because it can neither create the
    /// employee nor leave the user out.
    /// </summary>
    public static async Task<EmployeeResult> OfAsync(Func<Task<EmployeeResult>> settleAsync, ImportRunContext context)
    {
        var start = context.Time.GetTimestamp();
        for (var pause = _firstPause; ; pause = pause * 2 < _longestPause ? pause * 2 : _longestPause)
        {
            var result = await settleAsync();
            if (result.OpenUntil is not { } until || context.Time.GetElapsedTime(start) > _mostWaiting)
            {
                return result;
            }

            var left = until - context.Time.GetUtcNow();
            await Task.Delay(left > pause ? pause : left > TimeSpan.Zero ? left : TimeSpan.Zero, context.Time, context.CancellationToken);
        }
    }
}
