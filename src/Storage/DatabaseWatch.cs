using OrleansSync.Grains.Interfaces.Rows;

namespace OrleansSync.Storage;

/// <summary>
/// Looks whether the database can be used, every few seconds and whenever an operation failed, and keeps the process's
/// <see cref="DatabaseCondition"/>.
/// </summary>
internal sealed partial class DatabaseWatch(
    IDatabaseProbe probe, DatabaseCondition condition, TimeProvider time, ILogger<DatabaseWatch> logger) : BackgroundService
{
    /// <summary>Between looks at a database that can be used: an idle process should know before the first request that fails.</summary>
    public static readonly TimeSpan Period = TimeSpan.FromSeconds(10);

    /// <summary>Between looks at one that cannot: work goes on a second after it is back.</summary>
    public static readonly TimeSpan PeriodWhileAway = TimeSpan.FromSeconds(1);

    // Longer than the probe's own patience, for a server that takes the connection and then says nothing.
    private static readonly TimeSpan _longestProbe = TimeSpan.FromSeconds(8);

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (true)
        {
            var isAway = condition.Outage is not null;
            var isDoubted = await condition.WaitForDoubtAsync(isAway ? PeriodWhileAway : Period, stoppingToken);
            await LookAsync(write: isAway || isDoubted, stoppingToken);
            if (isDoubted)
            {
                // Many operations fail at once; one look answers them all.
                await Task.Delay(PeriodWhileAway, time, stoppingToken);
            }
        }
    }

    private async Task LookAsync(bool write, CancellationToken stoppingToken)
    {
        try
        {
            await probe.ProbeAsync(write, stoppingToken).WaitAsync(_longestProbe, time, stoppingToken);
            if (condition.ReportBack() is { } ended)
            {
                LogBack(time.GetUtcNow() - ended.Since);
            }
        }
        catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
        {
            var problem = DatabaseFaults.Describe(exception) ?? DatabaseFaults.NoAnswer;
            if (condition.ReportAway(problem))
            {
                LogAway(problem, exception);
            }
        }
    }

    [LoggerMessage(5201, LogLevel.Error, "{Problem}")]
    private partial void LogAway(string problem, Exception exception);

    [LoggerMessage(5202, LogLevel.Warning, "The service's database can be used again, after {Outage}; imports go on.")]
    private partial void LogBack(TimeSpan outage);
}
