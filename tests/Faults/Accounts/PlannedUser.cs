using OrleansSync.Sandbox.Bitrix24;

namespace OrleansSync.Faults.Accounts;

/// <summary>A user whose import was thought through when it was made up, so that nothing of the product has to be believed.</summary>
/// <param name="User">The user.</param>
/// <param name="Expected">What becomes of it.</param>
internal sealed record PlannedUser(BitrixUser User, ExpectedOutcome Expected)
{
    /// <summary>Its id.</summary>
    public long Id => User.Id;

    /// <summary>The address its employee is known by; null for users that are not imported.</summary>
    public string? Email { get; init; }

    /// <summary>R4: the last name of its employee in the end.</summary>
    public string? LastName { get; init; }

    /// <summary>R5: the numbers of its employee in the end, in dialling order.</summary>
    public IReadOnlyList<string> Numbers { get; init; } = [];

    /// <summary>The employee it is linked to, when it was there before.</summary>
    public long? EmployeeId { get; init; }

    /// <summary>Why it is skipped.</summary>
    public string? Reason { get; init; }

    /// <summary>Whether it has an employee in the end.</summary>
    public bool IsImported => Expected is ExpectedOutcome.Created or ExpectedOutcome.Linked;
}
