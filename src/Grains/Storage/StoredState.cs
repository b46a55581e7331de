using System.Diagnostics.CodeAnalysis;

namespace OrleansSync.Grains.Storage;

/// <summary>
/// A grain's state as an immutable value that is swapped only after it is stored, with writes one behind the other. Calls of a grain
/// interleave at every await while a run is under way, so that a state changed in place could be half stored or written twice at a time.
/// </summary>
/// <typeparam name="T">The state; an immutable record.</typeparam>
[SuppressMessage("Design", "CA1001", Justification = "A semaphore whose wait handle is never asked for holds nothing to dispose of.")]
internal sealed class StoredState<T>(IPersistentState<T> storage)
    where T : class, new()
{
    private readonly SemaphoreSlim _writing = new(1);
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
        await _writing.WaitAsync();
        try
        {
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
        finally
        {
            _writing.Release();
        }
    }

    public async Task ClearAsync()
    {
        await _writing.WaitAsync();
        try
        {
            await ReadAgainIfDoubtfulAsync();
            _isDoubtful = true;
            await storage.ClearStateAsync();
            _current = new T();
            _isDoubtful = false;
        }
        finally
        {
            _writing.Release();
        }
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
