using Microsoft.Extensions.Logging;

namespace OrleansSync.Grains.Connections.Bitrix24;

internal sealed partial class Bitrix24ConnectionGrain
{
    [LoggerMessage(3121, LogLevel.Warning, "Account {AccountId}: the list of Bitrix24 users was not whole at reading {Reading}.")]
    private static partial void LogListShifted(ILogger logger, string accountId, int reading);

    [LoggerMessage(3122, LogLevel.Error, "Account {AccountId}: the stored application token cannot be opened; events are refused.")]
    private static partial void LogTokenNotOpened(ILogger logger, Exception exception, string accountId);
}
