using System.Collections.Immutable;

namespace OrleansSync.Grains.Interfaces.Runs;

/// <summary>Which of an account's runs are wanted.</summary>
/// <param name="Cursor">Where to go on, from the page before, which had the same conditions; null for the newest run.</param>
/// <param name="Limit">The most runs to answer.</param>
[GenerateSerializer, Immutable, Alias("RunQuery")]
public sealed record RunQuery([property: Id(0)] string? Cursor, [property: Id(1)] int Limit)
{
    /// <summary>Only runs that stand at one of these; empty for all.</summary>
    [Id(2)] public ImmutableArray<RunStatus> Statuses { get; init; } = [];

    /// <summary>Only runs with a <see cref="RunSummary.Changes"/> above zero.</summary>
    [Id(3)] public bool ChangedOnly { get; init; }

    /// <summary>Only runs that were asked for at this time or later; null for any.</summary>
    [Id(4)] public DateTimeOffset? From { get; init; }

    /// <summary>Only runs that were asked for before this time; null for any.</summary>
    [Id(5)] public DateTimeOffset? Until { get; init; }

    /// <summary>R8.3: whether dry runs are left out.</summary>
    [Id(6)] public bool WithoutPreviews { get; init; }

    /// <summary>Whether no run is left out.</summary>
    public bool IsOfAll => Statuses.IsEmpty && !ChangedOnly && From is null && Until is null && !WithoutPreviews;

    /// <summary>Whether a run is wanted, wherever in the list it is.</summary>
    /// <param name="run">One of the account's runs.</param>
    public bool Wants(RunSummary run)
    {
        ArgumentNullException.ThrowIfNull(run);
        return (Statuses.IsEmpty || Statuses.Contains(run.Status))
            && (!ChangedOnly || run.Changes > 0)
            && !(run.RequestedAt < From)
            && !(run.RequestedAt >= Until)
            && !(WithoutPreviews && run.DryRun);
    }
}
