namespace OrleansSync.Api.Authorization;

/// <summary>
/// Evens out the time that a refusal takes. To look up a key of an account that is in memory, of one that is not, and of none at all takes
/// different times; a caller without a key could tell from them which accounts there are.
/// </summary>
internal sealed class RefusalPace(TimeProvider time)
{
    /// <summary>
    /// Refusals come at multiples of this after the request: far above the difference, and not above what a person with a mistyped key
    /// would notice.
    /// </summary>
    public static readonly TimeSpan Step = TimeSpan.FromMilliseconds(250);

    /// <summary>The beginning of a request that may be refused.</summary>
    public long Begin() => time.GetTimestamp();

    /// <summary>Waits until the refusal may go out.</summary>
    public Task HoldAsync(long begin, CancellationToken cancellationToken)
    {
        var intoStep = time.GetElapsedTime(begin).Ticks % Step.Ticks;
        return Task.Delay(TimeSpan.FromTicks(Step.Ticks - intoStep), time, cancellationToken);
    }
}
