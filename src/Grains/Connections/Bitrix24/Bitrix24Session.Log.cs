using Microsoft.Extensions.Logging;
using OrleansSync.Grains.Interfaces;
using OrleansSync.Vendors.Http;

namespace OrleansSync.Grains.Connections.Bitrix24;

internal sealed partial class Bitrix24Session
{
    [LoggerMessage(3111, LogLevel.Warning, "Account {AccountId}: a read of Bitrix24 failed ({Code}) and is repeated in {Delay}.")]
    private static partial void LogRepeating(ILogger logger, string accountId, ProblemCode code, TimeSpan delay);

    [LoggerMessage(3112, LogLevel.Warning,
        "Account {AccountId}: the Bitrix24 portal refused a request by its limits ({Kind}); it is sent again later.")]
    private static partial void LogRefusedByLimit(ILogger logger, string accountId, VendorErrorKind kind);

    [LoggerMessage(3113, LogLevel.Information,
        "Account {AccountId}: the Bitrix24 portal has used {OperatingSeconds} seconds of execution time and is left alone until "
        + "{ResetAt}.")]
    private static partial void LogNearOperatingLimit(ILogger logger, string accountId, double operatingSeconds, DateTimeOffset resetAt);

    [LoggerMessage(
        3114, LogLevel.Warning, "Account {AccountId}: the Bitrix24 portal's limits outlast the {Patience} that are left to wait.")]
    private static partial void LogLimitsLast(ILogger logger, string accountId, TimeSpan patience);

    [LoggerMessage(
        3116, LogLevel.Information, "Account {AccountId}: the Bitrix24 portal has moved and is called at {PortalKey} from now on.")]
    private static partial void LogMoved(ILogger logger, string accountId, string portalKey);

    [LoggerMessage(3115, LogLevel.Warning, "Account {AccountId}: the throttle of the Bitrix24 portal is not available.")]
    private static partial void LogThrottleAway(ILogger logger, Exception exception, string accountId);
}
