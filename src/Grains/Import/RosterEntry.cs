using OrleansSync.Grains.Interfaces;

namespace OrleansSync.Grains.Import;

/// <summary>What an account remembers of one known user between runs. The link mirrors the one that the user's grain owns.</summary>
internal sealed record RosterEntry
{
    /// <summary>The user's id in Bitrix24.</summary>
    public required long UserId { get; init; }

    /// <summary>First and last name as Bitrix24 had them last.</summary>
    public required string Name { get; init; }

    /// <summary>The e-mail address as Bitrix24 had it last; null when blank.</summary>
    public string? Email { get; init; }

    /// <summary>What the last run found or did.</summary>
    public required EmployeeOutcome Outcome { get; init; }

    /// <summary>Why.</summary>
    public Problem? Reason { get; init; }

    /// <summary>The link; kept when the user is deleted (R6.3).</summary>
    public EmployeeLink? Link { get; init; }

    /// <summary>Whether the user is imported and not deleted (R7.1).</summary>
    public bool IsImported => Link is not null && Outcome != EmployeeOutcome.Deleted;

    /// <summary>Whether the user was imported and is deleted (R6.2).</summary>
    public bool IsDeleted => Outcome == EmployeeOutcome.Deleted;
}
