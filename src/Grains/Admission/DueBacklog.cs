using Microsoft.Extensions.Logging;
using OrleansSync.Grains.Interfaces;

namespace OrleansSync.Grains.Admission;

/// <summary>
/// Accounts of this silo that were due when the line of scheduled runs was full: their ids alone, so that tens of thousands of them cost little. They are asked to look
/// again, in the order they came, as the line gets shorter. If the silo ends before, the sweep that follows finds them.
/// </summary>
internal sealed partial class DueBacklog
{
    // Few at a time: an account that is asked joins the line before the next is.
    private const int AccountsAtATime = 8;

    // Never held while the limiter is asked, which has a lock of its own.
    private readonly Lock _lock = new();
    private readonly Queue<string> _accounts = new();
    private readonly HashSet<string> _known = [];
    private readonly RunLimiter _runs;
    private readonly IGrainFactory _grains;
    private readonly ILogger<DueBacklog> _logger;
    private int _asking;

    public DueBacklog(RunLimiter runs, IGrainFactory grains, ILogger<DueBacklog> logger)
    {
        _runs = runs;
        _grains = grains;
        _logger = logger;
        runs.LineMoved += AskNext;
    }

    /// <summary>Whether an account that is due should wait here; then it is noted.</summary>
    /// <param name="accountId">The account.</param>
    public bool MustWait(string accountId)
    {
        if (!_runs.IsLineFull)
        {
            return false;
        }

        lock (_lock)
        {
            if (_known.Add(accountId))
            {
                _accounts.Enqueue(accountId);
            }
        }

        // The line may have moved since it was looked at, and nobody would be told of it again.
        AskNext();
        return true;
    }

    private void AskNext()
    {
        while (TryNext() is { } accountId)
        {
            _ = AskAsync(accountId);
        }
    }

    private string? TryNext()
    {
        if (_runs.IsLineFull)
        {
            return null;
        }

        lock (_lock)
        {
            if (_asking >= AccountsAtATime || !_accounts.TryDequeue(out var accountId))
            {
                return null;
            }

            _known.Remove(accountId);
            _asking++;
            return accountId;
        }
    }

    private async Task AskAsync(string accountId)
    {
        try
        {
            await _grains.GetGrain<IPortalGrain>(GrainKeys.Account(accountId)).WatchAsync().ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            LogNotAsked(accountId, exception);
        }
        finally
        {
            lock (_lock)
            {
                _asking--;
            }
        }

        AskNext();
    }

    [LoggerMessage(1503, LogLevel.Warning, "Account {AccountId}, which was due, could not be asked to look again; its next tick does.")]
    private partial void LogNotAsked(string accountId, Exception exception);
}
