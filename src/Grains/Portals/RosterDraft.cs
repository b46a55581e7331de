using System.Collections.Immutable;
using OrleansSync.Grains.Interfaces.Employees;
using OrleansSync.Grains.Interfaces.Rows;
using OrleansSync.Grains.Interfaces.Runs;

namespace OrleansSync.Grains.Portals;

/// <summary>
/// The users of an account as they are stored, and as a run wants them to be: what users' grains have written is both; the rest is the
/// portal's to write.
/// </summary>
internal sealed class RosterDraft(ImmutableSortedDictionary<long, UserRow> roster)
{
    private readonly ImmutableSortedDictionary<long, UserRow>.Builder _stored = roster.ToBuilder();
    private readonly ImmutableSortedDictionary<long, UserRow>.Builder _wanted = roster.ToBuilder();
    private readonly SortedDictionary<long, PendingNotes> _pending = [];

    /// <summary>The users as the run wants them.</summary>
    public ImmutableSortedDictionary<long, UserRow> Wanted => _wanted.ToImmutable();

    /// <summary>The users as they are stored, as far as is known.</summary>
    public ImmutableSortedDictionary<long, UserRow> Stored => _stored.ToImmutable();

    /// <summary>The user as the run wants it; null when there is none.</summary>
    public UserRow? Find(long userId) => _wanted.GetValueOrDefault(userId);

    /// <summary>The user as it is stored; null when there is none.</summary>
    public UserRow? FindStored(long userId) => _stored.GetValueOrDefault(userId);

    /// <summary>Takes over what is stored of a user now; null when there is nothing.</summary>
    public void Read(long userId, UserRow? row)
    {
        if (row is null)
        {
            _stored.Remove(userId);
            _wanted.Remove(userId);
        }
        else
        {
            _stored[userId] = row;
            _wanted[userId] = row;
        }
    }

    public void Want(UserRow row)
    {
        _wanted[row.UserId] = row;
        if (row != _stored.GetValueOrDefault(row.UserId))
        {
            PendingOf(row.UserId);
        }
    }

    public void Erase(long userId)
    {
        _wanted.Remove(userId);
        PendingOf(userId);
    }

    /// <summary>Wants an entry in a user's history.</summary>
    public void Note(long userId, HistoryEntry entry) => PendingOf(userId).History.Add(entry);

    /// <summary>Wants a change of the run to be stored that no user's grain stores.</summary>
    public void Report(RunChange change) => PendingOf(change.BitrixUserId).Changes.Add(change);

    /// <summary>What has to be written, by user id.</summary>
    public IReadOnlyList<UserWrite> Writes(string accountId, long number)
    {
        var writes = new List<UserWrite>(_pending.Count);
        foreach (var (userId, notes) in _pending)
        {
            var stored = FindStored(userId);
            if (Find(userId) is { } wanted && (wanted != stored || !notes.IsEmpty))
            {
                var row = wanted with { Version = UserRow.NewVersion(), Entries = (stored?.Entries ?? 0) + notes.History.Count };
                writes.Add(new UserWrite
                {
                    AccountId = accountId,
                    Row = row,
                    Expected = stored?.Version,
                    History = [.. notes.History],
                    Run = number,
                    Changes = [.. notes.Changes],
                });
            }
            else if (Find(userId) is null && stored is not null)
            {
                writes.Add(new UserWrite { AccountId = accountId, Row = stored, Expected = stored.Version, IsErased = true });
            }
        }

        return writes;
    }

    /// <summary>Takes over what came of writes.</summary>
    /// <returns>The writes that lost against another.</returns>
    public IReadOnlyList<UserWrite> Settle(IReadOnlyList<UserWrite> writes, ImmutableArray<bool> areWritten)
    {
        var lost = new List<UserWrite>();
        for (var index = 0; index < writes.Count; index++)
        {
            var write = writes[index];
            if (!areWritten[index])
            {
                lost.Add(write);
            }
            else
            {
                Read(write.Row.UserId, write.IsErased ? null : write.Row);
            }
        }

        _pending.Clear();
        return lost;
    }

    private PendingNotes PendingOf(long userId)
    {
        if (!_pending.TryGetValue(userId, out var notes))
        {
            notes = new PendingNotes([], []);
            _pending.Add(userId, notes);
        }

        return notes;
    }

    private sealed record PendingNotes(List<HistoryEntry> History, List<RunChange> Changes)
    {
        public bool IsEmpty => History.Count == 0 && Changes.Count == 0;
    }
}
