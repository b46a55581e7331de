using System.Collections.Immutable;
using OrleansSync.Grains.Interfaces.Runs;

namespace OrleansSync.Grains.Portals;

/// <summary>
/// Writes what only the account's own books say about users: skips, names, ended and imported links. A row that has another version is left
/// as it is.
/// </summary>
internal sealed class RosterWriting(ImportRunContext context, RunTally tally)
{
    // Bounds what is held in memory twice, and how long one write of an account keeps others waiting.
    private const int RowsAtATime = 500;

    private readonly List<RunChange> _unstored = [];
    private int _takeOversMoved;

    /// <summary>Users whose row turned out to be another than was known.</summary>
    public ImmutableSortedSet<long> Doubtful { get; private set; } = [];

    /// <summary>Changes of the run that could not be stored with their user.</summary>
    public IReadOnlyList<RunChange> Unstored => _unstored;

    /// <summary>Writes what there is to write; a dry run writes nothing.</summary>
    public async Task WriteAsync()
    {
        if (context.Request.DryRun || tally.Draft.Writes(context.AccountId, number: 0) is not { Count: > 0 } writes)
        {
            return;
        }

        var number = await context.Begin.NowAsync();
        if (tally.TakenOver.Count > _takeOversMoved)
        {
            // Before the former link ends: a run that dies in between is followed by one that sees the take-over.
            await context.MoveExclusionsAsync(tally.TakenOver);
            _takeOversMoved = tally.TakenOver.Count;
        }

        var numbered = writes.Select(write => write with { Run = number, Row = write.Row with { Run = number } }).ToArray();
        var areWritten = ImmutableArray.CreateBuilder<bool>(numbered.Length);
        foreach (var chunk in numbered.Chunk(RowsAtATime))
        {
            areWritten.AddRange(await context.Users.WriteAsync(chunk));
        }

        foreach (var lost in tally.Draft.Settle(numbered, areWritten.MoveToImmutable()))
        {
            Doubtful = Doubtful.Add(lost.Row.UserId);
            _unstored.AddRange(lost.Changes);
        }
    }
}
