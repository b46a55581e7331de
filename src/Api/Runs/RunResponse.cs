using System.Collections.Immutable;
using System.Text.Json.Serialization;
using OrleansSync.Api.Problems;
using OrleansSync.Grains.Interfaces.Runs;

namespace OrleansSync.Api.Runs;

/// <summary>A run without its changes.</summary>
/// <param name="RunId">The run's id.</param>
/// <param name="AccountId">The account's id.</param>
/// <param name="Trigger">Why it was made.</param>
/// <param name="DryRun">R8.3: whether it only reports.</param>
/// <param name="User">R8.8: the only user it deals with; null for all.</param>
/// <param name="Status">Where it stands.</param>
/// <param name="RequestedAt">When it was asked for, in UTC.</param>
/// <param name="StartedAt">When it began, in UTC; null while it waits.</param>
/// <param name="FinishedAt">When it ended, in UTC; null until then.</param>
/// <param name="Counts">What it did.</param>
/// <param name="Calls">HTTP requests it sent to each vendor.</param>
/// <param name="Error">Why it failed, is held, or ended with errors that concern no single user; null otherwise.</param>
internal record RunSummaryResponse(
    string RunId,
    string AccountId,
    RunTrigger Trigger,
    bool DryRun,
    long? User,
    RunStatus Status,
    DateTime RequestedAt,
    DateTime? StartedAt,
    DateTime? FinishedAt,
    RunCounts Counts,
    RunCalls Calls,
    CodedMessage? Error)
{
    public static RunSummaryResponse From(RunSummary run) => new(
        run.RunId,
        run.AccountId,
        run.Trigger,
        run.DryRun,
        run.OnlyUser,
        run.Status,
        run.RequestedAt.UtcDateTime,
        run.StartedAt?.UtcDateTime,
        run.FinishedAt?.UtcDateTime,
        run.Counts,
        run.Calls,
        CodedMessage.From(run.Error));
}

/// <summary>A run with its changes.</summary>
internal sealed record RunResponse : RunSummaryResponse
{
    public RunResponse(WholeRun run)
        : base(From(run.Summary)) => Changes = [.. run.Changes.Select(ChangeResponse.From)];

    /// <summary>Everything but the matched users.</summary>
    [JsonPropertyOrder(1)]
    public ImmutableArray<ChangeResponse> Changes { get; }
}

/// <summary>What a run did for one user.</summary>
/// <param name="BitrixUserId">The user's id in Bitrix24.</param>
/// <param name="Name">First and last name.</param>
/// <param name="Outcome">What happened.</param>
/// <param name="Reason">Why, when it was skipped, failed, or done only in part.</param>
/// <param name="CallGearEmployeeId">The employee; null when there is none.</param>
/// <param name="Fields">What was changed in CallGear.</param>
internal sealed record ChangeResponse(
    long BitrixUserId,
    string Name,
    ChangeOutcome Outcome,
    CodedMessage? Reason,
    long? CallGearEmployeeId,
    ImmutableArray<FieldChange> Fields)
{
    public static ChangeResponse From(RunChange change) => new(
        change.BitrixUserId, change.Name, change.Outcome, CodedMessage.From(change.Reason), change.CallGearEmployeeId, change.Fields);
}

/// <summary>How far a run is.</summary>
/// <param name="Done">Users dealt with.</param>
/// <param name="Total">Users to deal with; 0 until the lists are read.</param>
internal sealed record ProgressResponse(int Done, int Total);
