using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;
using OrleansSync.Api.Problems;
using OrleansSync.Grains.Interfaces.Runs;

namespace OrleansSync.Api.Runs;

/// <summary>A run without its changes.</summary>
internal record RunSummaryResponse
{
    /// <summary>The run's id.</summary>
    public required string RunId { get; init; }

    /// <summary>The account's id.</summary>
    public required string AccountId { get; init; }

    /// <summary>Why it was made.</summary>
    public required RunTrigger Trigger { get; init; }

    /// <summary>R8.3: whether it only reports.</summary>
    public required bool DryRun { get; init; }

    /// <summary>R8.8: the only user it deals with; null for all.</summary>
    public required long? User { get; init; }

    /// <summary>Where it stands.</summary>
    public required RunStatus Status { get; init; }

    /// <summary>When it was asked for, in UTC.</summary>
    public required DateTime RequestedAt { get; init; }

    /// <summary>When it began, in UTC; null while it waits.</summary>
    public required DateTime? StartedAt { get; init; }

    /// <summary>When it ended, in UTC; null until then.</summary>
    public required DateTime? FinishedAt { get; init; }

    /// <summary>What it did.</summary>
    public required RunCounts Counts { get; init; }

    /// <summary>HTTP requests it sent to each vendor.</summary>
    public required RunCalls Calls { get; init; }

    /// <summary>Why it failed, is held, or ended with errors that concern no single user; null otherwise.</summary>
    public required CodedMessage? Error { get; init; }

    public static RunSummaryResponse From(RunSummary run) => new()
    {
        RunId = run.RunId,
        AccountId = run.AccountId,
        Trigger = run.Trigger,
        DryRun = run.DryRun,
        User = run.OnlyUser,
        Status = run.Status,
        RequestedAt = run.RequestedAt.UtcDateTime,
        StartedAt = run.StartedAt?.UtcDateTime,
        FinishedAt = run.FinishedAt?.UtcDateTime,
        Counts = run.Counts,
        Calls = run.Calls,
        Error = CodedMessage.From(run.Error),
    };
}

/// <summary>A run with its changes.</summary>
internal sealed record RunResponse : RunSummaryResponse
{
    [SetsRequiredMembers]
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
