namespace OrleansSync.CallGear;

/// <summary>
/// A change of an employee (<c>update.employees</c>). The vendor replaces the whole list of numbers, so it must be complete and come from
/// a read of the employee immediately before (R5.4).
/// </summary>
public sealed record EmployeeUpdate
{
    /// <summary>The employee's id.</summary>
    public required long Id { get; init; }

    /// <summary>The last name that the employee shall have.</summary>
    public required string LastName { get; init; }

    /// <summary>
    /// Every number that the employee shall have, in dialling order: those that were read, as they were read, and
    /// <see cref="CallGearPhoneNumber.New"/> ones.
    /// </summary>
    public required IReadOnlyList<CallGearPhoneNumber> PhoneNumbers { get; init; }

    /// <summary>The id alone: the rest is personal data, which does not belong in logs.</summary>
    public override string ToString() => $"update of CallGear employee {Id}";
}
