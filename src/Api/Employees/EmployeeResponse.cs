using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;
using OrleansSync.Api.Problems;
using OrleansSync.Grains.Interfaces.Employees;
using OrleansSync.Grains.Interfaces.Runs;

namespace OrleansSync.Api.Employees;

/// <summary>A known user as it is shown.</summary>
internal record EmployeeResponse
{
    /// <summary>The user's id in Bitrix24.</summary>
    public required long BitrixUserId { get; init; }

    /// <summary>First and last name.</summary>
    public required string Name { get; init; }

    /// <summary>E-mail address; null when there is none.</summary>
    public required string? Email { get; init; }

    /// <summary>What the last run found or did.</summary>
    public required EmployeeOutcome Outcome { get; init; }

    /// <summary>Why it was skipped, failed, or done only in part; null otherwise.</summary>
    public required CodedMessage? Reason { get; init; }

    /// <summary>The linked employee; null when there is none.</summary>
    public required long? CallGearEmployeeId { get; init; }

    /// <summary>How the link came about; null when there is none.</summary>
    public required LinkOrigin? LinkedBy { get; init; }

    /// <summary>When the link was stored, in UTC; null when there is none.</summary>
    public required DateTime? LinkedAt { get; init; }

    /// <summary>R7: whether the employee is on the account's list.</summary>
    public required bool Responsible { get; init; }

    public static EmployeeResponse From(EmployeeRow row) => new()
    {
        BitrixUserId = row.BitrixUserId,
        Name = row.Name,
        Email = row.Email,
        Outcome = row.Outcome,
        Reason = CodedMessage.From(row.Reason),
        CallGearEmployeeId = row.CallGearEmployeeId,
        LinkedBy = row.LinkedBy,
        LinkedAt = row.LinkedAt?.UtcDateTime,
        Responsible = row.Responsible,
    };
}

/// <summary>A known user with its history as it is shown.</summary>
internal sealed record EmployeeDetailsResponse : EmployeeResponse
{
    [SetsRequiredMembers]
    public EmployeeDetailsResponse(EmployeeDetails details)
        : base(From(details.Row)) => History = [.. details.History.Select(HistoryResponse.From)];

    /// <summary>Its changes, newest first.</summary>
    [JsonPropertyOrder(1)]
    public ImmutableArray<HistoryResponse> History { get; }
}

/// <summary>A change of a user as it is shown.</summary>
/// <param name="At">When it happened, in UTC.</param>
/// <param name="RunId">The run that did it.</param>
/// <param name="Outcome">What happened.</param>
/// <param name="Reason">Why; null when there is nothing to say.</param>
/// <param name="CallGearEmployeeId">The employee; null when there is none.</param>
/// <param name="Fields">What was changed in CallGear.</param>
/// <param name="Note">What the other members cannot say, such as a link that moved to another user (R3.7).</param>
internal sealed record HistoryResponse(
    DateTime At,
    string RunId,
    ChangeOutcome Outcome,
    CodedMessage? Reason,
    long? CallGearEmployeeId,
    ImmutableArray<FieldChange> Fields,
    string? Note)
{
    public static HistoryResponse From(HistoryEntry entry) => new(
        entry.At.UtcDateTime, entry.RunId, entry.Outcome, CodedMessage.From(entry.Reason), entry.CallGearEmployeeId, entry.Fields,
        entry.Note);
}
