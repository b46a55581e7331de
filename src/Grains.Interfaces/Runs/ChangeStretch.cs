using System.Collections.Immutable;
using System.Globalization;

namespace OrleansSync.Grains.Interfaces.Runs;

/// <summary>
/// Which of a run's changes are asked for. A run may have as many as its portal has users, so that nobody gets all of them in one message.
/// </summary>
/// <param name="Skip">How many of those that match to leave out.</param>
/// <param name="Take">How many to answer, up to <see cref="Most"/>.</param>
/// <param name="HeldOnly">R8.1, R8.2, R8.12: only users whose removal, re-creation or link waits for approval.</param>
[GenerateSerializer, Immutable, Alias("ChangeStretch")]
public sealed record ChangeStretch([property: Id(0)] int Skip, [property: Id(1)] int Take, [property: Id(2)] bool HeldOnly = false)
{
    /// <summary>The most changes in one message: some 300 kB.</summary>
    public const int Most = 1_000;

    /// <summary>Only changes of these kinds; empty for all.</summary>
    [Id(3)] public ImmutableArray<ChangeKind> Kinds { get; init; } = [];

    /// <summary>
    /// Part of a name, or of the address that the user has now, compared ordinally without regard to case, or a whole user id; null or
    /// blank for all. While a run is under way addresses are not looked at.
    /// </summary>
    [Id(4)] public string? Query { get; init; }

    /// <summary>What is looked for in names, addresses and ids; null for nothing.</summary>
    public string? Text => string.IsNullOrWhiteSpace(Query) ? null : Query.Trim();

    /// <summary>Whether changes of a kind are wanted.</summary>
    /// <param name="kind">The kind.</param>
    public bool Wants(ChangeKind kind) => HeldOnly ? kind == ChangeKind.Held : Kinds.IsEmpty || Kinds.Contains(kind);

    /// <summary>Whether a change has the text that is looked for.</summary>
    /// <param name="change">The change.</param>
    public bool Finds(RunChange change)
    {
        ArgumentNullException.ThrowIfNull(change);
        return Text is not { } text
            || change.Name.Contains(text, StringComparison.OrdinalIgnoreCase)
            || change.Email?.Contains(text, StringComparison.OrdinalIgnoreCase) == true
            || change.BitrixUserId.ToString(CultureInfo.InvariantCulture) == text;
    }
}

/// <summary>Some of a run's changes.</summary>
/// <param name="Changes">The changes that were asked for, by <see cref="RunChange.Kind"/> and then by user id.</param>
/// <param name="Total">How many match, those that were left out by their number included.</param>
[GenerateSerializer, Immutable, Alias("ChangePage")]
public sealed record ChangePage([property: Id(0)] ImmutableArray<RunChange> Changes, [property: Id(1)] int Total)
{
    /// <summary>How many changes of each kind the run has, whatever was asked for; a kind that it has none of is left out.</summary>
    [Id(2)] public ImmutableDictionary<ChangeKind, int> Tallies { get; init; } = ImmutableDictionary<ChangeKind, int>.Empty;

    /// <summary>A stretch of all changes.</summary>
    /// <param name="changes">All of them, in any order.</param>
    /// <param name="stretch">Which are wanted.</param>
    public static ChangePage Of(IReadOnlyCollection<RunChange> changes, ChangeStretch stretch)
    {
        ArgumentNullException.ThrowIfNull(stretch);
        RunChange[] wanted =
        [
            .. changes.Where(change => stretch.Wants(change.Kind) && stretch.Finds(change))
                .OrderBy(change => change.Kind).ThenBy(change => change.BitrixUserId).ThenBy(change => change.Outcome),
        ];
        return new ChangePage([.. wanted.Skip(stretch.Skip).Take(Math.Min(stretch.Take, ChangeStretch.Most))], wanted.Length)
        {
            Tallies = changes.CountBy(change => change.Kind).ToImmutableDictionary(),
        };
    }
}
