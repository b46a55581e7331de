using Microsoft.Extensions.Logging;

namespace OrleansSync.Grains.Connections.Bitrix24;

internal sealed partial class PortalThrottleGrain
{
    [LoggerMessage(
        3131, LogLevel.Warning, "{Portal}: the portal's bucket is full although there was room by our count; others call it too.")]
    private static partial void LogFull(ILogger logger, string portal);

    [LoggerMessage(3132, LogLevel.Information, "{Portal}: the portal is left alone until {Until}.")]
    private static partial void LogBlocked(ILogger logger, string portal, DateTimeOffset until);
}
