using System.Collections.Concurrent;
using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using OrleansSync.Grains.Interfaces;
using OrleansSync.Grains.Interfaces.Portals;

namespace OrleansSync.Grains.Admission;

/// <summary>
/// Accounts of this silo that were due when the line of scheduled runs was full: their ids alone, so that tens of thousands of them cost
/// little. They are asked to look again, in the order they came, as the line gets shorter. If the silo ends before, the sweep that
/// follows finds them.
/// </summary>
internal sealed partial class DueBacklog
{
    // Few at a time: an account that is asked joins the line before the next is.
    private static readonly ParallelOptions _fewAtATime = new() { MaxDegreeOfParallelism = 8 };

    private readonly Channel<string> _accounts = Channel.CreateUnbounded<string>();
    private readonly ConcurrentDictionary<string, bool> _known = new();
    private readonly RunLimiter _runs;
    private readonly IGrainFactory _grains;
    private readonly ILogger<DueBacklog> _logger;

    public DueBacklog(RunLimiter runs, IGrainFactory grains, ILogger<DueBacklog> logger)
    {
        _runs = runs;
        _grains = grains;
        _logger = logger;

        // Whoever happens to need the backlog first has no part in what is asked later.
        using (ExecutionContext.SuppressFlow())
        {
            _ = Parallel.ForEachAsync(_accounts.Reader.ReadAllAsync(), _fewAtATime, AskAsync);
        }
    }

    /// <summary>Whether an account that is due should wait here; then it is noted.</summary>
    public bool MustWait(string accountId)
    {
        var mustWait = _runs.IsLineFull;
        if (mustWait && _known.TryAdd(accountId, true))
        {
            _accounts.Writer.TryWrite(accountId);
        }

        return mustWait;
    }

    private async ValueTask AskAsync(string accountId, CancellationToken cancellationToken)
    {
        await _runs.WhenLineHasRoomAsync().ConfigureAwait(false);
        _known.TryRemove(accountId, out _);
        try
        {
            await _grains.GetGrain<IPortalGrain>(GrainKeys.Account(accountId)).WatchAsync().ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            LogNotAsked(accountId, exception);
        }
    }

    [LoggerMessage(1503, LogLevel.Warning, "Account {AccountId}, which was due, could not be asked to look again; its next tick does.")]
    private partial void LogNotAsked(string accountId, Exception exception);
}
