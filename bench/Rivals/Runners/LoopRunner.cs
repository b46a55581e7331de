using OrleansSync.Rivals.Accounts;
using OrleansSync.Rivals.Messages;

namespace OrleansSync.Rivals.Runners;

/// <summary>Nothing but a loop: what is under way when the process ends is forgotten.</summary>
/// <param name="import">The work.</param>
/// <param name="time">Tells the end.</param>
internal sealed class LoopRunner(AccountImport import, TimeProvider time) : IRunner
{
    /// <summary>Accounts that are imported at the same time: the runs of a silo, and the workers of a server of jobs.</summary>
    public const int AccountsAtATime = 16;

    /// <inheritdoc />
    public Task StartAsync() => Task.CompletedTask;

    /// <inheritdoc />
    public async Task<RivalAnswer> RunAsync(IReadOnlyList<RivalAccount> accounts)
    {
        string? failure = null;
        await Parallel.ForEachAsync(accounts, new ParallelOptions { MaxDegreeOfParallelism = AccountsAtATime }, async (account, token) =>
        {
            try
            {
                await import.RunAsync(account, token);
            }
            catch (Exception exception) when (exception is not OutOfMemoryException)
            {
                failure = $"{account.Id}: {exception.Message}";
            }
        });
        return new RivalAnswer(time.GetUtcNow(), failure);
    }

    /// <inheritdoc />
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
