namespace OrleansSync.Grains.Interfaces.Runs;

/// <summary>The least of a run that has ended: what a chart of many runs shows.</summary>
/// <param name="FinishedAt">When it ended.</param>
/// <param name="Status">What came of it.</param>
/// <param name="Changes"><see cref="RunSummary.Changes"/> of it.</param>
[GenerateSerializer, Immutable, Alias("RunMark")]
public sealed record RunMark(
    [property: Id(0)] DateTimeOffset FinishedAt, [property: Id(1)] RunStatus Status, [property: Id(2)] int Changes);
