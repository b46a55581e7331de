namespace OrleansSync.Hosting.Clustering;

internal sealed partial class PatientConnect
{
    [LoggerMessage(3001, LogLevel.Warning, "No silo answers yet, trying again: {Reason}")]
    private partial void LogWaitingForSilo(string reason);
}
