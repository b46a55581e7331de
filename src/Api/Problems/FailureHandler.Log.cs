namespace OrleansSync.Api.Problems;

internal sealed partial class FailureHandler
{
    [LoggerMessage(4001, LogLevel.Error, "A request failed for an unforeseen reason")]
    private partial void RequestFailed(Exception exception);

    [LoggerMessage(4002, LogLevel.Warning, "A request could not be served because the cluster or its database did not answer")]
    private partial void ClusterUnavailable(Exception exception);
}
