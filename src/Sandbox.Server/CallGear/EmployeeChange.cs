namespace OrleansSync.Sandbox.CallGear;

/// <summary>A change of one employee.</summary>
/// <param name="At">When.</param>
/// <param name="EmployeeId">Whose.</param>
/// <param name="Before">The employee before; null when it was created.</param>
/// <param name="After">The employee after; null when it was deleted.</param>
public sealed record EmployeeChange(DateTimeOffset At, long EmployeeId, Employee? Before, Employee? After)
{
    /// <summary>Numbers that the employee had before and has no longer, or that were altered in any way.</summary>
    public IEnumerable<PhoneNumber> LostNumbers => Before is null ? [] : Before.PhoneNumbers.Except(After?.PhoneNumbers ?? []);
}
