using Microsoft.Extensions.Logging;

namespace OrleansSync.Grains.Connections.CallGear;

internal sealed partial class EmployeeListReading
{
    [LoggerMessage(3161, LogLevel.Warning, "Account {AccountId}: the list of CallGear employees was not whole at reading {Reading}.")]
    private static partial void LogListNotWhole(ILogger logger, string accountId, int reading);
}
