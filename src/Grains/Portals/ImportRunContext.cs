using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using OrleansSync.Grains.Import;
using OrleansSync.Grains.Interfaces;
using OrleansSync.Grains.Interfaces.Accounts;
using OrleansSync.Grains.Interfaces.Connections;
using OrleansSync.Grains.Interfaces.Rows;
using OrleansSync.Grains.Interfaces.Runs;
using OrleansSync.Grains.Storage;

namespace OrleansSync.Grains.Portals;

/// <summary>What a run gets from its portal.</summary>
internal sealed partial class ImportRunContext
{
    public required string AccountId { get; init; }

    public required QueuedRun Request { get; init; }

    public required StoredConnection Connection { get; init; }

    public AccountSettings Settings => Connection.Connection.Settings;

    /// <summary>The users known before the run.</summary>
    public required ImmutableSortedDictionary<long, UserRow> Roster { get; init; }

    /// <summary>Who waits for approval before the run.</summary>
    public required AwaitingApproval Awaiting { get; init; }

    /// <summary>Users whose row may be another than in <see cref="Roster"/>.</summary>
    public required ImmutableSortedSet<long> Doubtful { get; init; }

    /// <summary>R7.2: who is taken out of the list by hand at the moment.</summary>
    public required Func<ImmutableSortedSet<long>> Excluded { get; init; }

    /// <summary>R3.7: lets exclusions go with the employees that were taken over, given the former holder by the new one.</summary>
    public required Func<ImmutableDictionary<long, long>, Task> MoveExclusionsAsync { get; init; }

    /// <summary>R8.12: makes exactly these users the ones that are taken out of the list by hand.</summary>
    public required Func<ImmutableArray<long>, Task> ReplaceExclusionsAsync { get; init; }

    /// <summary>R8.12: the portal that the links were made with, before the run.</summary>
    public required LinkedPortal Linked { get; init; }

    /// <summary>R8.12: stores what the links belong to, before the run has ended.</summary>
    public required Func<LinkedPortal, Task> KeepPortalAsync { get; init; }

    /// <summary>R8.12: the portal that the run reads.</summary>
    /// <param name="renewed">What renewals of the account's tokens told of it; null for nothing.</param>
    public PortalIdentity PortalAs(RenewedPortal? renewed)
    {
        var access = Connection.Connection.Bitrix24;
        return PortalIdentity.Of(renewed?.ApplyTo(access) ?? access, renewed?.Identity.MemberId ?? Connection.Portal?.MemberId);
    }

    public required int UsersAtATime { get; init; }

    /// <summary>The run as it can be watched.</summary>
    public required RunProgress Progress { get; init; }

    public required IGrainFactory Grains { get; init; }

    public required IUserRows Users { get; init; }

    /// <summary>Stores that the run is under way, before it changes anything.</summary>
    public required RunStart Begin { get; init; }

    public required TimeProvider Time { get; init; }

    public required ILogger Logger { get; init; }

    /// <summary>Why a person's wish ends the run; null while nobody wishes it.</summary>
    public required Func<Problem?> Stopped { get; init; }

    /// <summary>Set when the activation ends, the account is disconnected, or a person stops the run.</summary>
    public required CancellationToken CancellationToken { get; init; }

    /// <summary>Set some seconds after <see cref="CancellationToken"/>: changes that are under way may finish until then.</summary>
    public required CancellationToken Changes { get; init; }

    public void CountBitrix24(int calls) => Count(calls, 0);

    public void CountCallGear(int calls) => Count(0, calls);

    /// <summary>Tells that a user's grain failed for a reason of our own.</summary>
    public void LogEmployeeFailed(long userId, Exception exception) =>
        LogEmployeeFailed(Logger, AccountId, Request.RunId, userId, exception);

    private void Count(int bitrix24, int callGear)
    {
        var summary = Progress.Summary;
        Progress.Set(summary with { Calls = new RunCalls(summary.Calls.Bitrix24 + bitrix24, summary.Calls.CallGear + callGear) });
    }

    [LoggerMessage(1301, LogLevel.Error, "Run {RunId} of account {AccountId}: the grain of user {UserId} failed.")]
    private static partial void LogEmployeeFailed(ILogger logger, string accountId, string runId, long userId, Exception exception);
}
