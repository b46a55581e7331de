using OrleansSync.Rivals.Messages;

namespace OrleansSync.Rivals.Runners;

/// <summary>A way to have many accounts imported.</summary>
internal interface IRunner : IAsyncDisposable
{
    /// <summary>Gets ready.</summary>
    Task StartAsync();

    /// <summary>Imports accounts, each once, and waits until all imports have ended.</summary>
    /// <param name="accounts">The accounts.</param>
    /// <returns>When the last ended, and why one failed.</returns>
    Task<RivalAnswer> RunAsync(IReadOnlyList<RivalAccount> accounts);
}
