using Microsoft.Extensions.Logging;

namespace OrleansSync.Grains.Connections.Bitrix24;

internal sealed partial class UserListReading
{
    [LoggerMessage(3121, LogLevel.Warning, "Account {AccountId}: the list of Bitrix24 users was not whole at reading {Reading}.")]
    private static partial void LogListShifted(ILogger logger, string accountId, int reading);

    [LoggerMessage(3123, LogLevel.Warning,
        "Account {AccountId}: the Bitrix24 portal drops the filter by user id; its users are read by numbered pages.")]
    private static partial void LogFilterIgnored(ILogger logger, string accountId);
}
