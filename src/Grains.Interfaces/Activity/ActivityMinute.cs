using OrleansSync.Grains.Interfaces.Runs;

namespace OrleansSync.Grains.Interfaces.Activity;

/// <summary>What ended within one minute.</summary>
/// <param name="Start">The minute's start.</param>
/// <param name="Runs">Runs of any kind.</param>
/// <param name="Failed">Those of them that failed.</param>
/// <param name="Calls">Requests that they sent to the vendors.</param>
/// <param name="Refusals">Runs that a vendor refused, by vendor.</param>
[GenerateSerializer, Immutable, Alias("ActivityMinute")]
public sealed record ActivityMinute(
    [property: Id(0)] DateTimeOffset Start,
    [property: Id(1)] int Runs,
    [property: Id(2)] int Failed,
    [property: Id(3)] RunCalls Calls,
    [property: Id(4)] RunCalls Refusals);
