namespace OrleansSync.Hosting.Clustering;

/// <summary>
/// Whether a client of the cluster is connected to any silo, as Orleans tells it; a process with a silo of its own has no such service.
/// </summary>
/// <param name="time">The clock.</param>
/// <param name="logger">Where losses are told.</param>
public sealed partial class ClusterConnection(TimeProvider time, ILogger<ClusterConnection> logger) : IClusterConnectionStatusObserver
{
    // The loss in ticks of universal time; zero while there is a connection.
    private long _lostAt;

    /// <summary>Since when there has been no connection to any silo; null while there is one.</summary>
    public DateTimeOffset? LostAt => Interlocked.Read(ref _lostAt) is var ticks and not 0 ? new(ticks, TimeSpan.Zero) : null;

    /// <inheritdoc />
    public void NotifyGatewayCountChanged(int currentNumberOfGateways, int previousNumberOfGateways, bool connectionRecovered) =>
        Set(isLost: currentNumberOfGateways == 0);

    /// <inheritdoc />
    public void NotifyClusterConnectionLost() => Set(isLost: true);

    private void Set(bool isLost)
    {
        if (isLost && Interlocked.CompareExchange(ref _lostAt, time.GetUtcNow().UtcTicks, 0) == 0)
        {
            LogLost();
        }
        else if (!isLost && Interlocked.Exchange(ref _lostAt, 0) != 0)
        {
            LogBack();
        }
    }

    [LoggerMessage(3002, LogLevel.Error, "No silo of the cluster can be reached; requests are refused until one can")]
    private partial void LogLost();

    [LoggerMessage(3003, LogLevel.Warning, "A silo of the cluster can be reached again")]
    private partial void LogBack();
}
