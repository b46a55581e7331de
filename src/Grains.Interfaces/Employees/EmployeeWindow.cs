using System.Collections.Immutable;

namespace OrleansSync.Grains.Interfaces.Employees;

/// <summary>Which stretch of the known users is wanted, for lists that are scrolled rather than read from the start.</summary>
/// <param name="Skip">How many of the matching users to leave out.</param>
/// <param name="Take">The most rows to answer.</param>
/// <param name="Outcome">Only these, or null for all.</param>
/// <param name="Reason">Only those with this reason, or null for all.</param>
/// <param name="Query">Part of a name, e-mail address or id, compared without regard to case; null for all.</param>
/// <param name="TakenOut">R7.2: only those who are imported and not responsible, because somebody took them out.</param>
[GenerateSerializer, Immutable, Alias("EmployeeStretch")]
public sealed record EmployeeStretch(
    [property: Id(0)] int Skip,
    [property: Id(1)] int Take,
    [property: Id(2)] EmployeeOutcome? Outcome,
    [property: Id(3)] ProblemCode? Reason,
    [property: Id(4)] string? Query,
    [property: Id(5)] bool TakenOut = false)
{
    /// <summary>What the users are sorted by; who is alike in it is sorted by rising id.</summary>
    [Id(6)] public EmployeeOrder Order { get; init; }

    /// <summary>Whether the order is turned round; who has nothing to be sorted by comes last all the same.</summary>
    [Id(7)] public bool IsDescending { get; init; }
}

/// <summary>What known users are sorted by.</summary>
[GenerateSerializer, Alias("EmployeeOrder")]
public enum EmployeeOrder
{
    /// <summary>The id in Bitrix24.</summary>
    Id,

    /// <summary>The name without regard to case, by code point; those of one name by address.</summary>
    Name,

    /// <summary>The e-mail address without regard to case, by code point.</summary>
    Email,

    /// <summary>What the last run found or did, in the order of <see cref="EmployeeOutcome"/>.</summary>
    Outcome,

    /// <summary>When the link was stored.</summary>
    LinkedAt,

    /// <summary>The linked employee's id in CallGear.</summary>
    CallGearId,
}

/// <summary>How many known users have an outcome for a reason.</summary>
/// <param name="Outcome">The outcome of their last run.</param>
/// <param name="Reason">Why; null when there is nothing to say.</param>
/// <param name="Count">How many.</param>
[GenerateSerializer, Immutable, Alias("EmployeeTally")]
public sealed record EmployeeTally(
    [property: Id(0)] EmployeeOutcome Outcome, [property: Id(1)] ProblemCode? Reason, [property: Id(2)] int Count);

/// <summary>A stretch of the known users.</summary>
/// <param name="Rows">The users, in the order that was asked for.</param>
/// <param name="Matching">How many users match in all.</param>
/// <param name="Tallies">All known users of the account by outcome and reason, whatever was asked for.</param>
[GenerateSerializer, Immutable, Alias("EmployeeWindow")]
public sealed record EmployeeWindow(
    [property: Id(0)] ImmutableArray<EmployeeRow> Rows,
    [property: Id(1)] int Matching,
    [property: Id(2)] ImmutableArray<EmployeeTally> Tallies);
