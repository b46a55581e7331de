namespace OrleansSync.Hosting.Clustering;

/// <summary>
/// Whether a client of the cluster is connected to any silo, as Orleans tells it; a process with a silo of its own has no such service.
/// </summary>
/// <param name="time">The clock.</param>
/// <param name="logger">Where losses are told.</param>
public sealed partial class ClusterConnection(TimeProvider time, ILogger<ClusterConnection> logger) : IClusterConnectionStatusObserver
{
    private readonly Lock _lock = new();
    private DateTimeOffset? _lostAt;
    private TaskCompletionSource _lost = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Since when there has been no connection to any silo; null while there is one.</summary>
    public DateTimeOffset? LostAt
    {
        get
        {
            lock (_lock)
            {
                return _lostAt;
            }
        }
    }

    /// <summary>Waits until there is no connection to any silo; at once when there is none.</summary>
    internal Task WhenLostAsync(CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            return _lost.Task.WaitAsync(cancellationToken);
        }
    }

    /// <inheritdoc />
    public void NotifyGatewayCountChanged(int currentNumberOfGateways, int previousNumberOfGateways, bool connectionRecovered) =>
        Set(isLost: currentNumberOfGateways == 0);

    /// <inheritdoc />
    public void NotifyClusterConnectionLost() => Set(isLost: true);

    private void Set(bool isLost)
    {
        lock (_lock)
        {
            if (isLost == _lostAt is not null)
            {
                return;
            }

            _lostAt = isLost ? time.GetUtcNow() : null;
            if (isLost)
            {
                _lost.SetResult();
            }
            else
            {
                _lost = new(TaskCreationOptions.RunContinuationsAsynchronously);
            }
        }

        if (isLost)
        {
            LogLost();
        }
        else
        {
            LogBack();
        }
    }

    [LoggerMessage(3002, LogLevel.Error, "No silo of the cluster can be reached; requests are refused until one can")]
    private partial void LogLost();

    [LoggerMessage(3003, LogLevel.Warning, "A silo of the cluster can be reached again")]
    private partial void LogBack();
}
