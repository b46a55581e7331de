using Microsoft.Extensions.Logging;

namespace OrleansSync.Grains.Connections.CallGear;

internal sealed partial class CallGearConnectionGrain
{
    [LoggerMessage(3162, LogLevel.Warning, "Account {AccountId}: what was learned of CallGear's list could not be stored.")]
    private static partial void LogLearnedNotStored(ILogger logger, Exception exception, string accountId);
}
