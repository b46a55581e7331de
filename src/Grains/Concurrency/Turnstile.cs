using System.Diagnostics.CodeAnalysis;

namespace OrleansSync.Grains.Concurrency;

/// <summary>Lets one through at a time, in the order they came.</summary>
[SuppressMessage("Design", "CA1001", Justification = "A semaphore whose wait handle is never asked for holds nothing to dispose of.")]
internal sealed class Turnstile
{
    private readonly SemaphoreSlim _free = new(1);

    /// <summary>Waits for one's turn, which lasts until what is answered is disposed of.</summary>
    public async Task<IDisposable> EnterAsync()
    {
        await _free.WaitAsync();
        return new Turn(_free);
    }

    private sealed class Turn(SemaphoreSlim free) : IDisposable
    {
        public void Dispose() => free.Release();
    }
}
