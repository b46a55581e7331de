using Microsoft.Extensions.Logging;

namespace OrleansSync.Grains.Connections.Checks;

internal sealed partial class TwinSearch
{
    [LoggerMessage(3171, LogLevel.Warning,
        "The accounts of a Bitrix24 portal were not listed, and so not compared with a connection to it that is tried.")]
    private static partial void LogNotListed(ILogger logger, Exception exception);

    [LoggerMessage(
        3172, LogLevel.Warning, "Account {AccountId} was not compared with a connection to the same Bitrix24 portal that is tried.")]
    private static partial void LogAccountNotCompared(ILogger logger, string accountId, Exception exception);

    [LoggerMessage(
        3173, LogLevel.Warning, "Whether a connection that is tried has an account already was not found out within {Patience}.")]
    private static partial void LogGivenUp(ILogger logger, TimeSpan patience);
}
