namespace OrleansSync.Sandbox.CallGear;

/// <summary>What must never have happened to an account, whatever crashed on the way: for the last lines of a test.</summary>
public static class AccountInvariants
{
    /// <summary>
    /// Groups of employees that share an e-mail address (trimmed, without regard to case), at least one of which was created by the API.
    /// </summary>
    public static IReadOnlyList<IReadOnlyList<Employee>> CreatedDuplicates(this CallGearAccount account)
    {
        ArgumentNullException.ThrowIfNull(account);
        return
        [
            .. account.Employees.Where(e => !string.IsNullOrWhiteSpace(e.Email))
                .GroupBy(e => e.Email!.Trim(), StringComparer.OrdinalIgnoreCase)
                .Where(g => g.Count() > 1 && g.Any(e => e.CreatedByApi))
                .Select(g => g.ToArray()),
        ];
    }

    /// <summary>Numbers that a write of the API removed or altered, with the change that did it.</summary>
    public static IReadOnlyList<(EmployeeChange Change, PhoneNumber Number)> LostNumbers(this CallGearAccount account)
    {
        ArgumentNullException.ThrowIfNull(account);
        return [.. account.Changes.Where(c => c.After is not null).SelectMany(c => c.LostNumbers.Select(n => (c, n)))];
    }

    /// <summary>Employees that are gone; only the control API can delete.</summary>
    public static IReadOnlyList<Employee> DeletedEmployees(this CallGearAccount account)
    {
        ArgumentNullException.ThrowIfNull(account);
        return [.. account.Changes.Where(c => c.After is null).Select(c => c.Before!)];
    }

    /// <summary>Employees whose last name carries the mark more than once (R4.3).</summary>
    public static IReadOnlyList<Employee> MarkedTwice(this CallGearAccount account)
    {
        ArgumentNullException.ThrowIfNull(account);
        const string Mark = "(bitrix24)";
        return
        [
            .. account.Employees.Where(e => e.LastName is { } name &&
                name.IndexOf(Mark, StringComparison.OrdinalIgnoreCase) != name.LastIndexOf(Mark, StringComparison.OrdinalIgnoreCase)),
        ];
    }
}
