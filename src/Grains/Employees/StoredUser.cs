using Orleans.Storage;
using OrleansSync.Grains.Interfaces.Employees;
using OrleansSync.Grains.Interfaces.Rows;
using OrleansSync.Grains.Interfaces.Runs;

namespace OrleansSync.Grains.Employees;

/// <summary>A user's row as its grain knows it. Calls of the grain come one at a time, and so do its writes.</summary>
internal sealed class StoredUser(string accountId, long userId, IUserRows rows)
{
    private bool _isKnown;
    private bool _isDoubtful;

    public long UserId => userId;

    /// <summary>The row; null when there is none.</summary>
    public UserRow? Row { get; private set; }

    /// <summary>
    /// Takes the row that comes with an instruction, so that an activation costs no read; reads it where none comes, and where the grain
    /// knows another: only the store says which is newer. A row that is out of date all the same makes the first write fail, before
    /// anything is sent.
    /// </summary>
    /// <exception cref="UnreadableRowException">What is stored cannot be read.</exception>
    public async Task TakeAsync(EmployeeInstruction instruction)
    {
        if (_isDoubtful || !instruction.IsRowGiven || (_isKnown && instruction.Row?.Version != Row?.Version))
        {
            _isDoubtful = true;
            Row = await rows.ReadAsync(accountId, userId);
            _isDoubtful = false;
        }
        else if (!_isKnown)
        {
            Row = instruction.Row;
        }

        _isKnown = true;
    }

    /// <summary>Stores the row, with what happened to the user and what the run reports of it.</summary>
    /// <param name="next">The row as it is to be; its version and entries are set here.</param>
    /// <param name="entry">An entry for the history; null for none.</param>
    /// <param name="change">The run's change; null for none.</param>
    /// <param name="run">The run's place among the account's runs.</param>
    /// <exception cref="InconsistentStateException">Another has written the row since; the activation ends.</exception>
    public async Task StoreAsync(UserRow next, HistoryEntry? entry = null, RunChange? change = null, long run = 0)
    {
        var row = next with { Version = UserRow.NewVersion(), Entries = (Row?.Entries ?? 0) + (entry is null ? 0 : 1) };

        // Until it is known to be stored, nobody knows what is.
        _isDoubtful = true;
        var isWritten = await rows.WriteAsync(new UserWrite
        {
            AccountId = accountId,
            Row = row,
            Expected = Row?.Version,
            History = entry is null ? [] : [entry],
            Run = run,
            Changes = change is null ? [] : [change],
        });
        if (!isWritten)
        {
            throw new InconsistentStateException(
                $"The row of user {userId} of account {accountId} was written by another; this activation ends.");
        }

        (Row, _isDoubtful) = (row, false);
    }
}
