namespace OrleansSync.CallGear.Employees;

/// <summary>
/// An employee as <c>get.employees</c> answers it, where a text that is absent or null is null; or one to create or update, of which only
/// what the method names is sent.
/// </summary>
public sealed record CallGearEmployee
{
    /// <summary>The employee's id, positive; 0 for one that is to be created.</summary>
    public long Id { get; init; }

    /// <summary>First name; null when there is none.</summary>
    public string? FirstName { get; init; }

    /// <summary>Last name; null when there is none.</summary>
    public string? LastName { get; init; }

    /// <summary>Patronymic; null when there is none.</summary>
    public string? Patronymic { get; init; }

    /// <summary>E-mail address.</summary>
    public string? Email { get; init; }

    /// <summary>Phone numbers in dialling order, inactive ones among them.</summary>
    public IReadOnlyList<CallGearPhoneNumber> PhoneNumbers { get; init; } = [];

    /// <summary>
    /// Whether an update does not send the numbers: for an employee without any, where the plan refuses the parameter itself.
    /// </summary>
    public bool LeavesNumbers { get; init; }

    /// <summary>The id alone: the rest is personal data, which does not belong in logs.</summary>
    public override string ToString() => $"CallGear employee {Id}";
}
