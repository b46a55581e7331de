using Microsoft.Extensions.Logging;
using OrleansSync.Grains.Interfaces;
using OrleansSync.Grains.Interfaces.Runs;

namespace OrleansSync.Grains.Portals;

/// <content>What the portal writes to the log.</content>
internal sealed partial class PortalGrain
{
    [LoggerMessage(1201, LogLevel.Information, "Account {AccountId} is connected (new: {IsNew}).")]
    private partial void LogConnected(string accountId, bool isNew);

    [LoggerMessage(1202, LogLevel.Information, "Account {AccountId} is disconnected; its data is being erased.")]
    private partial void LogDisconnected(string accountId);

    [LoggerMessage(1203, LogLevel.Information, "The data of account {AccountId} is erased.")]
    private partial void LogErased(string accountId);

    [LoggerMessage(1204, LogLevel.Debug, "Run {RunId} of account {AccountId} started ({Trigger}).")]
    private partial void LogRunStarted(string accountId, string runId, RunTrigger trigger);

    [LoggerMessage(1205, LogLevel.Information, "Run {RunId} of account {AccountId} ended: {Status} {Code}")]
    private partial void LogRunFinished(string accountId, string runId, RunStatus status, ProblemCode? code);

    [LoggerMessage(1206, LogLevel.Warning, "Run {RunId} of account {AccountId} was interrupted; run {ResumedRunId} takes its place.")]
    private partial void LogTakenUp(string accountId, string runId, string resumedRunId);

    [LoggerMessage(1213, LogLevel.Error,
        "Run {RunId} of account {AccountId} was interrupted, and so were those that took it up; the schedule goes on with the next run.")]
    private partial void LogNotTakenUp(string accountId, string runId);

    [LoggerMessage(1207, LogLevel.Information, "The activation of account {AccountId} ends during a run; the next one takes it up.")]
    private partial void LogHandedOver(string accountId);

    [LoggerMessage(1208, LogLevel.Error, "The work of account {AccountId} stopped; the next activation goes on from what is stored.")]
    private partial void LogWorkFailed(string accountId, Exception exception);

    [LoggerMessage(1209, LogLevel.Error, "Run {RunId} of account {AccountId} broke off before it changed anything.")]
    private partial void LogRunBroken(string accountId, string runId, Exception exception);

    [LoggerMessage(1210, LogLevel.Warning, "The group of account {AccountId} does not follow its responsible employees: {Code} {Message}")]
    private partial void LogGroupDoesNotFollow(string accountId, ProblemCode code, string message);

    [LoggerMessage(
        1211, LogLevel.Warning, "Run {RunId} of account {AccountId} broke off before it changed anything; it begins again in {Pause}.")]
    private partial void LogRunBeginsAgain(string accountId, string runId, TimeSpan pause, Exception exception);

    [LoggerMessage(1212, LogLevel.Warning,
        "Run {RunId} of account {AccountId} could not be finished because a silo or the storage failed; run {NextRunId} follows.")]
    private partial void LogFollowedUp(string accountId, string runId, string nextRunId);
}
