namespace OrleansSync.Hosting.Clustering;

/// <summary>Keeps a client trying while the silos are still starting, as they do when everything is started at once.</summary>
internal sealed partial class PatientConnect(TimeProvider timeProvider, ILogger<PatientConnect> logger) : IClientConnectionRetryFilter
{
    /// <summary>A cluster that has no silo by then has a problem of its own.</summary>
    internal static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private static readonly TimeSpan _pause = TimeSpan.FromSeconds(2);
    private readonly long _started = timeProvider.GetTimestamp();

    /// <inheritdoc />
    public async Task<bool> ShouldRetryConnectionAttempt(Exception exception, CancellationToken cancellationToken)
    {
        if (timeProvider.GetElapsedTime(_started) >= Patience)
        {
            return false;
        }

        LogWaitingForSilo(exception.Message);
        await Task.Delay(_pause, timeProvider, cancellationToken);
        return true;
    }

    [LoggerMessage(3001, LogLevel.Warning, "No silo answers yet, trying again: {Reason}")]
    private partial void LogWaitingForSilo(string reason);
}
