using System.Collections.Immutable;
using OrleansSync.Grains.Interfaces.Runs;

namespace OrleansSync.Grains.Interfaces.Activity;

/// <summary>What the runs of all accounts came to within a stretch of time.</summary>
/// <param name="Span">The stretch.</param>
/// <param name="Parts">What ended within each of its parts, oldest first; parts without a run are among them.</param>
/// <param name="CompleteSince">
/// From when on every run is counted: accounts forget their oldest runs, and one has forgotten some that ended before. Null when none has.
/// </param>
[GenerateSerializer, Immutable, Alias("ActivityReport")]
public sealed record ActivityReport(
    [property: Id(0)] ActivitySpan Span,
    [property: Id(1)] ImmutableArray<ActivityPart> Parts,
    [property: Id(2)] DateTimeOffset? CompleteSince);

/// <summary>What ended within one part of a stretch of time.</summary>
/// <param name="Start">Where the part begins.</param>
[GenerateSerializer, Immutable, Alias("ActivityPart")]
public sealed record ActivityPart([property: Id(0)] DateTimeOffset Start)
{
    /// <summary>Runs of any kind.</summary>
    [Id(1)] public int Runs { get; init; }

    /// <summary>Those of them that failed.</summary>
    [Id(2)] public FailedRuns Failed { get; init; } = FailedRuns.None;

    /// <summary>Requests that they sent to the vendors.</summary>
    [Id(3)] public RunCalls Calls { get; init; } = RunCalls.None;

    /// <summary>Runs that a vendor refused, by vendor.</summary>
    [Id(4)] public RunCalls Refusals { get; init; } = RunCalls.None;

    /// <summary>How long they had waited before they started; null when that is known of none.</summary>
    [Id(5)] public RunWait? Wait { get; init; }
}

/// <summary>How long runs waited between being asked for and starting.</summary>
/// <param name="Median">Half of them waited no longer than this.</param>
/// <param name="Most">95 of 100 waited no longer than this.</param>
[GenerateSerializer, Immutable, Alias("RunWait")]
public sealed record RunWait([property: Id(0)] TimeSpan Median, [property: Id(1)] TimeSpan Most);
