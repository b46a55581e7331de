using System.Collections.Immutable;
using OrleansSync.Grains.Interfaces.Runs;

namespace OrleansSync.Grains.Interfaces.Employees;

/// <summary>What the last run found or did for a user.</summary>
[GenerateSerializer, Alias("EmployeeOutcome")]
public enum EmployeeOutcome
{
    /// <summary>R3.1.</summary>
    Matched,

    /// <summary>R3.3.</summary>
    Created,

    /// <summary>R3.2.</summary>
    Linked,

    /// <summary>R2.4, R3.4, R3.5, R8.2.</summary>
    Skipped,

    /// <summary>R8.5.</summary>
    Failed,

    /// <summary>R6.2.</summary>
    Deleted,
}

/// <summary>How a link came about.</summary>
[GenerateSerializer, Alias("LinkOrigin")]
public enum LinkOrigin
{
    /// <summary>The employee was created for the user (R3.3).</summary>
    Created,

    /// <summary>The employee was found by its e-mail address (R3.2).</summary>
    Email,
}

/// <summary>One known user of an account.</summary>
[GenerateSerializer, Immutable, Alias("EmployeeRow")]
public sealed record EmployeeRow
{
    /// <summary>The user's id in Bitrix24.</summary>
    [Id(0)] public required long BitrixUserId { get; init; }

    /// <summary>First and last name as Bitrix24 has them.</summary>
    [Id(1)] public required string Name { get; init; }

    /// <summary>E-mail address as Bitrix24 has it; null when blank.</summary>
    [Id(2)] public string? Email { get; init; }

    /// <summary>What the last run found or did.</summary>
    [Id(3)] public required EmployeeOutcome Outcome { get; init; }

    /// <summary>Why it was skipped, failed, or done only in part.</summary>
    [Id(4)] public Problem? Reason { get; init; }

    /// <summary>The linked employee.</summary>
    [Id(5)] public long? CallGearEmployeeId { get; init; }

    /// <summary>How the link came about.</summary>
    [Id(6)] public LinkOrigin? LinkedBy { get; init; }

    /// <summary>When the link was stored.</summary>
    [Id(7)] public DateTimeOffset? LinkedAt { get; init; }

    /// <summary>R7: whether the employee is on the account's list.</summary>
    [Id(8)] public bool Responsible { get; init; }
}

/// <summary>One entry of a user's history.</summary>
[GenerateSerializer, Immutable, Alias("HistoryEntry")]
public sealed record HistoryEntry
{
    /// <summary>When it happened.</summary>
    [Id(0)] public required DateTimeOffset At { get; init; }

    /// <summary>The run that did it.</summary>
    [Id(1)] public required string RunId { get; init; }

    /// <summary>What happened.</summary>
    [Id(2)] public required ChangeOutcome Outcome { get; init; }

    /// <summary>Why; null when there is nothing to say.</summary>
    [Id(3)] public Problem? Reason { get; init; }

    /// <summary>The employee it happened to; null when there was none.</summary>
    [Id(4)] public long? CallGearEmployeeId { get; init; }

    /// <summary>What was changed in CallGear.</summary>
    [Id(5)] public ImmutableArray<FieldChange> Fields { get; init; } = [];

    /// <summary>A sentence on what the other members cannot say, such as a link that moved to another user (R3.7).</summary>
    [Id(6)] public string? Note { get; init; }
}

/// <summary>A known user with its history, newest first.</summary>
/// <param name="Row">The user.</param>
/// <param name="History">Its changes.</param>
[GenerateSerializer, Immutable, Alias("EmployeeDetails")]
public sealed record EmployeeDetails([property: Id(0)] EmployeeRow Row, [property: Id(1)] ImmutableArray<HistoryEntry> History);

/// <summary>Which known users are wanted.</summary>
/// <param name="Cursor">Where to go on, from the page before; null for the start.</param>
/// <param name="Limit">The most rows to answer.</param>
/// <param name="Outcome">Only these, or null for all.</param>
/// <param name="Query">Part of a name, e-mail address or id, compared without regard to case; null for all.</param>
[GenerateSerializer, Immutable, Alias("EmployeeQuery")]
public sealed record EmployeeQuery(
    [property: Id(0)] string? Cursor,
    [property: Id(1)] int Limit,
    [property: Id(2)] EmployeeOutcome? Outcome,
    [property: Id(3)] string? Query);
