using System.Collections.Immutable;
using System.Text.Json.Serialization;
using OrleansSync.Api.Problems;
using OrleansSync.Grains.Interfaces.Employees;
using OrleansSync.Grains.Interfaces.Runs;

namespace OrleansSync.Api.Employees;

/// <summary>A known user as it is shown.</summary>
/// <param name="BitrixUserId">The user's id in Bitrix24.</param>
/// <param name="Name">First and last name.</param>
/// <param name="Email">E-mail address; null when there is none.</param>
/// <param name="Outcome">What the last run found or did.</param>
/// <param name="Reason">Why it was skipped, failed, or done only in part; null otherwise.</param>
/// <param name="CallGearEmployeeId">The linked employee; null when there is none.</param>
/// <param name="LinkedBy">How the link came about; null when there is none.</param>
/// <param name="LinkedAt">When the link was stored, in UTC; null when there is none.</param>
/// <param name="Responsible">R7: whether the employee is on the account's list.</param>
internal record EmployeeResponse(
    long BitrixUserId,
    string Name,
    string? Email,
    EmployeeOutcome Outcome,
    CodedMessage? Reason,
    long? CallGearEmployeeId,
    LinkOrigin? LinkedBy,
    DateTime? LinkedAt,
    bool Responsible)
{
    public static EmployeeResponse From(EmployeeRow row) => new(
        row.BitrixUserId,
        row.Name,
        row.Email,
        row.Outcome,
        CodedMessage.From(row.Reason),
        row.CallGearEmployeeId,
        row.LinkedBy,
        row.LinkedAt?.UtcDateTime,
        row.Responsible);
}

/// <summary>A known user with its history as it is shown.</summary>
internal sealed record EmployeeDetailsResponse : EmployeeResponse
{
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
