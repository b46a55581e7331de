using System.Collections.Concurrent;
using OrleansSync.Storage.Rows;

namespace OrleansSync.Storage.Tests.Rows;

/// <summary>A database that notes what it gets and does as a test says.</summary>
internal sealed class ScriptedEngine : IRowEngine
{
    private readonly ConcurrentQueue<string[]> _batches = new();
    private readonly TaskCompletionSource _begun = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>The rows of the batches that came, users before accounts.</summary>
    public IReadOnlyCollection<string[]> Batches => _batches;

    /// <summary>What is waited for before an answer.</summary>
    public Task Held { get; set; } = Task.CompletedTask;

    /// <summary>Whether a row is written; by default each.</summary>
    public Func<string, bool> IsWritten { get; set; } = _ => true;

    /// <summary>What a batch fails with, given its rows; null for nothing.</summary>
    public Func<string[], Exception?> Failure { get; set; } = _ => null;

    /// <summary>What every error means.</summary>
    public RowFault Fault { get; set; } = RowFault.Whole;

    public string Invariant => string.Empty;

    public bool IsBlocking => false;

    public string LockAccount => string.Empty;

    public string HoldAccount => string.Empty;

    public string? ShortWaits => null;

    public string Ordinal => string.Empty;

    /// <summary>Waits until the first batch has come.</summary>
    public Task BegunAsync() => _begun.Task;

    public string Elements(string json) => json;

    public string Seconds(string moment) => moment;

    public async Task<bool[]> WriteAsync(IReadOnlyList<RowWrite> rows)
    {
        string[] names = [.. rows.Select(row => row.UserId is { } user ? $"{row.AccountId}/{user}" : row.AccountId)];
        _batches.Enqueue(names);
        _begun.TrySetResult();
        await Held;
        return Failure(names) is { } failure ? throw failure : [.. names.Select(IsWritten)];
    }

    public RowFault Judge(Exception exception) => Fault;
}
