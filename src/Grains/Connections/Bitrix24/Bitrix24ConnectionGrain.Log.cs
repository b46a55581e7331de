using Microsoft.Extensions.Logging;

namespace OrleansSync.Grains.Connections.Bitrix24;

internal sealed partial class Bitrix24ConnectionGrain
{
    [LoggerMessage(3122, LogLevel.Error, "Account {AccountId}: the stored application token cannot be opened; events are refused.")]
    private static partial void LogTokenNotOpened(ILogger logger, Exception exception, string accountId);

    [LoggerMessage(3124, LogLevel.Warning, "Account {AccountId}: what was learned of the Bitrix24 portal could not be stored.")]
    private static partial void LogLearnedNotStored(ILogger logger, Exception exception, string accountId);
}
