namespace OrleansSync.Storage;

/// <summary>
/// The wait of a process that starts while another one upgrades the database. It lasts as long as the upgrade does, because that of a
/// large table has no time that would be too long, and is told once.
/// </summary>
internal sealed partial class UpgradeWait(TimeProvider timeProvider, ILogger logger)
{
    // Processes that start together wait for each other for less than this, which nobody need hear of.
    private static readonly TimeSpan _toldAfter = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan _longestPause = TimeSpan.FromSeconds(1);

    private readonly long _started = timeProvider.GetTimestamp();
    private TimeSpan _pause = TimeSpan.FromMilliseconds(50);
    private bool _isTold;

    /// <summary>Tries until there is something, with a pause after each attempt.</summary>
    /// <param name="attempt">Answers what it got; null while another process has it.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<T> ForAsync<T>(Func<Task<T?>> attempt, CancellationToken cancellationToken)
        where T : class
    {
        while (true)
        {
            if (await attempt() is { } got)
            {
                return got;
            }

            await PauseAsync(cancellationToken);
        }
    }

    private async Task PauseAsync(CancellationToken cancellationToken)
    {
        if (!_isTold && timeProvider.GetElapsedTime(_started) >= _toldAfter)
        {
            _isTold = true;
            LogWaiting();
        }

        await Task.Delay(_pause, timeProvider, cancellationToken);
        _pause = _pause * 2 < _longestPause ? _pause * 2 : _longestPause;
    }

    [LoggerMessage(5102, LogLevel.Warning,
        "Another process is upgrading the database or holds its lock; this process starts when that one is done, however long it takes")]
    private partial void LogWaiting();
}
