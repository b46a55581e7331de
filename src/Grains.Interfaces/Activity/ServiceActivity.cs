using System.Collections.Immutable;

namespace OrleansSync.Grains.Interfaces;

/// <summary>What the operator's overview has to know of a run that ended.</summary>
/// <param name="AccountId">The account.</param>
/// <param name="At">When it ended.</param>
/// <param name="Status">How it ended.</param>
/// <param name="Code">Why it failed; null otherwise.</param>
/// <param name="Calls">What it asked of the vendors.</param>
[GenerateSerializer, Immutable, Alias("FinishedRun")]
public sealed record FinishedRun(
    [property: Id(0)] string AccountId,
    [property: Id(1)] DateTimeOffset At,
    [property: Id(2)] RunStatus Status,
    [property: Id(3)] ProblemCode? Code,
    [property: Id(4)] RunCalls Calls);

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

/// <summary>What the service as a whole has done lately. Kept in memory: it begins anew with the silo that keeps it.</summary>
/// <param name="Since">Since when it is kept.</param>
/// <param name="Minutes">The minutes of the last hour in which a run ended, oldest first.</param>
/// <param name="LastRuns">When each account's last run ended, as far as that is known.</param>
[GenerateSerializer, Immutable, Alias("ServiceActivity")]
public sealed record ServiceActivity(
    [property: Id(0)] DateTimeOffset Since,
    [property: Id(1)] ImmutableArray<ActivityMinute> Minutes,
    [property: Id(2)] ImmutableDictionary<string, DateTimeOffset> LastRuns);
