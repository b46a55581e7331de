using System.Diagnostics.Metrics;
using OrleansSync.Grains.Interfaces;
using OrleansSync.Grains.Interfaces.Audit;
using OrleansSync.Grains.Interfaces.Rows;

namespace OrleansSync.Storage.Rows;

/// <summary>
/// Gathers what many grains have to store at the moment and sends it in one round trip, one transaction and one flush. Nobody waits for a
/// timer: what comes while a batch is under way is the next. A row that the database refuses is refused alone. Safe for use by many.
/// </summary>
internal sealed class RowWriter(IRowEngine engine, RowAccess access, IMeterFactory meters, TimeProvider time)
{
    /// <summary>Rows that are sent together at most: more would keep the first of them waiting for longer than a flush takes.</summary>
    public const int MostRows = 500;

    /// <summary>The name of the meter that counts what is written.</summary>
    public const string MeterName = "OrleansSync.Storage";

    private readonly Counter<long> _written = meters.Create(MeterName)
        .CreateCounter<long>("orleanssync.storage.written", "By", "Bytes of the values that were written.");

    private readonly Counter<long> _batches = meters.Create(MeterName)
        .CreateCounter<long>("orleanssync.storage.batches", "{batch}", "Batches that were sent.");

    private readonly RowStatements _statements = new(engine);
    private readonly Lock _lock = new();
    private readonly LinkedList<RowWrite> _pending = [];
    private bool _isSending;

    /// <summary>Writes a user's row; false when it has another version, or its account is gone.</summary>
    public Task<bool> WriteAsync(UserWrite write) => EnqueueAsync(RowStatements.Of(write));

    /// <summary>Adds rows of users who have none, all or none; false when their account is gone.</summary>
    /// <exception cref="RowRefusedException">One of them has a row, or says what the database refuses.</exception>
    public Task<bool> AnnounceAsync(string accountId, IReadOnlyList<UserRow> rows) =>
        EnqueueAsync(_statements.OfAnnounced(accountId, rows));

    /// <summary>Writes an account's row; false when it has another version.</summary>
    public Task<bool> WriteAsync(AccountWrite write) => EnqueueAsync(_statements.Of(write));

    /// <summary>Adds an entry to an account's audit trail; false when its account is gone.</summary>
    public Task<bool> AppendAsync(string accountId, AuditEntry entry, DateTimeOffset? dropBefore) =>
        EnqueueAsync(RowStatements.Of(accountId, entry, dropBefore));

    private Task<bool> EnqueueAsync(RowWrite row)
    {
        access.ThrowIfAway();
        lock (_lock)
        {
            _pending.AddLast(row);
            if (!_isSending)
            {
                _isSending = true;
                _ = Task.Run(SendAllAsync);
            }
        }

        return row.Answer.Task;
    }

    private async Task SendAllAsync()
    {
        while (TakeBatch() is { Count: > 0 } rows)
        {
            try
            {
                await SendAsync(rows, tries: 1);
            }
            catch (Exception exception)
            {
                // Whoever waits must hear of it, and whoever comes next must not wait for ever.
                Fail(rows, exception);
            }
        }
    }

    private List<RowWrite> TakeBatch()
    {
        var rows = new List<RowWrite>();
        var keys = new HashSet<(string, long?)>();
        lock (_lock)
        {
            for (var node = _pending.First; node is not null && rows.Count < MostRows;)
            {
                var next = node.Next;

                // Never two versions of one row together: the second is decided by what came of the first.
                if (node.Value.IsAppended || keys.Add((node.Value.AccountId, node.Value.UserId)))
                {
                    rows.Add(node.Value);
                    _pending.Remove(node);
                }

                node = next;
            }

            _isSending = rows.Count > 0;
        }

        return rows;
    }

    private async Task SendAsync(IReadOnlyList<RowWrite> rows, int tries)
    {
        // Users before accounts, so that two silos lock in the same order.
        RowWrite[] ordered = [.. rows.OrderBy(row => row.UserId is null)];
        try
        {
            var areWritten = await engine.WriteAsync(ordered);
            _written.Add(rows.Sum(row => row.Bytes));
            _batches.Add(1);
            foreach (var (row, isWritten) in ordered.Zip(areWritten))
            {
                row.Answer.TrySetResult(isWritten);
            }
        }
        catch (Exception exception)
        {
            await RecoverAsync(rows, tries, exception);
        }
    }

    private async Task RecoverAsync(IReadOnlyList<RowWrite> rows, int tries, Exception exception)
    {
        var fault = engine.Judge(exception);
        if (fault == RowFault.Passing && tries < Repetition.MostTries)
        {
            await Repetition.PauseAsync(time);
            await SendAsync(rows, tries + 1);
        }
        else if (fault is RowFault.Row or RowFault.AccountGone && rows.Count > 1)
        {
            foreach (var row in rows)
            {
                await SendAsync([row], tries: 1);
            }
        }
        else if (fault == RowFault.AccountGone)
        {
            rows[0].Answer.TrySetResult(false);
        }
        else
        {
            // After a lost connection nobody repeats: whether it was stored says the version, which whoever asked reads again.
            var told = access.Unavailable(exception) ?? fault switch
            {
                RowFault.Passing => new StorageUnavailableException(DatabaseFaults.NoAnswer),
                RowFault.Row => new RowRefusedException(rows[0].Name, exception),
                _ => exception,
            };
            Fail(rows, told);
        }
    }

    private static void Fail(IEnumerable<RowWrite> rows, Exception exception)
    {
        foreach (var row in rows)
        {
            row.Answer.TrySetException(exception);
        }
    }
}

/// <summary>The database refused a row for what it says; nothing of it was written.</summary>
internal sealed class RowRefusedException(string row, Exception inner) : Exception($"The database refused the row of {row}.", inner);
