using Microsoft.Extensions.Logging;
using OrleansSync.Grains.Interfaces;

namespace OrleansSync.Grains.Connections.CallGear;

internal sealed partial class CallGearSession
{
    [LoggerMessage(3151, LogLevel.Warning, "Account {AccountId}: a read of CallGear failed ({Code}) and is repeated in {Delay}.")]
    private static partial void LogRepeating(ILogger logger, string accountId, ProblemCode code, TimeSpan delay);

    [LoggerMessage(
        3152, LogLevel.Warning, "Account {AccountId}: CallGear refused a request by its limits, for {Wait}; it is sent again then.")]
    private static partial void LogRefusedByLimit(ILogger logger, string accountId, TimeSpan? wait);

    [LoggerMessage(3153, LogLevel.Warning, "Account {AccountId}: CallGear's limits outlast the {Patience} that are left to wait.")]
    private static partial void LogLimitsLast(ILogger logger, string accountId, TimeSpan patience);
}
