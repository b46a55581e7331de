using System.Collections.Immutable;
using OrleansSync.Grains.Interfaces;

namespace OrleansSync.Grains.Employees;

/// <summary>What is stored of one user.</summary>
internal sealed record EmployeeState
{
    /// <summary>How many entries a history keeps: years of changes, since a run that changes nothing leaves none.</summary>
    public const int HistoryLimit = 100;

    /// <summary>The link.</summary>
    public EmployeeLink? Link { get; init; }

    /// <summary>A create that was about to be sent; kept until its outcome is known.</summary>
    public CreateIntent? Intent { get; init; }

    /// <summary>What happened, newest first.</summary>
    public ImmutableArray<HistoryEntry> History { get; init; } = [];

    /// <summary>The state with one more entry; a failure or skip that only repeats the newest entry adds none.</summary>
    public EmployeeState With(HistoryEntry entry)
    {
        var repeats = !History.IsEmpty
            && (entry.Outcome is ChangeOutcome.Failed or ChangeOutcome.Skipped)
            && History[0].Outcome == entry.Outcome
            && History[0].Reason == entry.Reason;
        return repeats ? this : this with { History = [entry, .. History.Take(HistoryLimit - 1)] };
    }
}
