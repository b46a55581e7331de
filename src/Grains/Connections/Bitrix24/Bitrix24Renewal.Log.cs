using Microsoft.Extensions.Logging;
using OrleansSync.Vendors.Http;

namespace OrleansSync.Grains.Connections.Bitrix24;

internal sealed partial class Bitrix24Renewal
{
    [LoggerMessage(3101, LogLevel.Information, "Account {AccountId}: Bitrix24 tokens were renewed and stored.")]
    private static partial void LogRenewed(ILogger logger, string accountId);

    [LoggerMessage(3102, LogLevel.Warning, "Account {AccountId}: renewing the Bitrix24 tokens failed ({Kind}, {Code}).")]
    private static partial void LogRefused(ILogger logger, string accountId, VendorErrorKind kind, string? code);

    [LoggerMessage(3103, LogLevel.Error, "Account {AccountId}: renewed Bitrix24 tokens could not be stored.")]
    private static partial void LogNotStored(ILogger logger, Exception exception, string accountId);

    [LoggerMessage(3104, LogLevel.Warning, "Account {AccountId}: that a renewal's answer was lost could not be stored.")]
    private static partial void LogDoubtNotStored(ILogger logger, Exception exception, string accountId);
}
