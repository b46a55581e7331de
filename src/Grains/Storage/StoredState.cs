using OrleansSync.Grains.Concurrency;

namespace OrleansSync.Grains.Storage;

/// <summary>
/// A grain's state as an immutable value that is swapped only after it is stored, with writes one behind the other. Calls of a grain
/// interleave at every await while a run is under way, so that a state changed in place could be half stored or written twice at a time.
/// </summary>
/// <typeparam name="T">The state; an immutable record.</typeparam>
internal sealed class StoredState<T>(IPersistentState<T> storage)
    where T : class, new()
{
    private readonly Turnstile _writing = new();
    private T? _current;
    private bool _isDoubtful;

    public T Current => _current ??= storage.State;

    public bool Exists => storage.RecordExists;

    /// <summary>Stores a changed state; a change that returns the same instance writes nothing.</summary>
    /// <param name="change">Makes the new state of the current one; must not have side effects.</param>
    /// <exception cref="Orleans.Storage.InconsistentStateException">Another activation wrote in between; the activation is
    /// dropped.</exception>
    public async Task UpdateAsync(Func<T, T> change)
    {
        using var turn = await _writing.EnterAsync();
        await ReadAgainIfDoubtfulAsync();
        var next = change(Current);
        if (ReferenceEquals(next, Current))
        {
            return;
        }

        _isDoubtful = true;
        storage.State = next;
        await storage.WriteStateAsync();
        _current = next;
        _isDoubtful = false;
    }

    public async Task ClearAsync()
    {
        using var turn = await _writing.EnterAsync();
        await ReadAgainIfDoubtfulAsync();
        _isDoubtful = true;
        await storage.ClearStateAsync();
        _current = new T();
        _isDoubtful = false;
    }

    // After a write that failed nobody knows whether it was stored: its version decides, and only the store has it.
    private async Task ReadAgainIfDoubtfulAsync()
    {
        if (!_isDoubtful)
        {
            return;
        }

        await storage.ReadStateAsync();
        _current = storage.State;
        _isDoubtful = false;
    }
}
