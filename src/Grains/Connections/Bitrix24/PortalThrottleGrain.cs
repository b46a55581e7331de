using Microsoft.Extensions.Logging;
using OrleansSync.Grains.Admission;
using OrleansSync.Grains.Connections.Calls;
using OrleansSync.Grains.Connections.Limits;
using OrleansSync.Grains.Interfaces.Connections;

namespace OrleansSync.Grains.Connections.Bitrix24;

/// <summary>The leaky bucket of one portal and the line before it.</summary>
internal sealed partial class PortalThrottleGrain : Grain, IPortalThrottleGrain
{
    private readonly TimeProvider _time;
    private readonly ILogger<PortalThrottleGrain> _logger;
    private readonly LeakyBucket _bucket;
    private readonly PriorityLimiter _line;

    public PortalThrottleGrain(ConnectionEnvironment environment, ILogger<PortalThrottleGrain> logger)
    {
        var options = environment.Options;
        _time = environment.Time;
        _logger = logger;
        _bucket = new LeakyBucket(options.PortalRequestsPerSecond, options.PortalCapacity, options.PortalInitialLevel, _time);
        _line = new PriorityLimiter(_bucket, _time);
    }

    /// <inheritdoc />
    public Task<bool> AcquireAsync(bool urgent, TimeSpan patience, CancellationToken cancellationToken) =>
        _line.AcquireAsync(urgent, patience, cancellationToken);

    /// <inheritdoc />
    public Task ReportFullAsync()
    {
        LogFull(_logger, this.GetPrimaryKeyString());
        _line.Change(_bucket.Fill);
        return Task.CompletedTask;
    }

    /// <inheritdoc />
    public Task ReportBlockedAsync(DateTimeOffset until)
    {
        LogBlocked(_logger, this.GetPrimaryKeyString(), until);
        _line.Change(() => _bucket.Block(until - _time.GetUtcNow()));
        return Task.CompletedTask;
    }
}
