namespace OrleansSync.CallGear.Employees;

/// <summary>A page of the list of employees.</summary>
/// <param name="Employees">The employees, in no order that can be relied on.</param>
/// <param name="TotalItems">Number of employees in the account, as this page's answer says.</param>
public sealed record EmployeePage(IReadOnlyList<CallGearEmployee> Employees, long TotalItems);
