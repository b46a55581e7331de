namespace OrleansSync.Grains.Import;

/// <summary>R4: the mark in front of the last names of employees that belong to Bitrix24 users.</summary>
internal static class LastNameMark
{
    /// <summary>R4.1: what is put in front of the name.</summary>
    public const string Prefix = "(bitrix24) ";

    private const string Mark = "(bitrix24)";

    /// <summary>R4.1, R4.3: the marked name; a name that has the mark, in any case, is left as it is.</summary>
    public static string Apply(string lastName)
    {
        var trimmed = lastName.Trim();
        return trimmed.StartsWith(Mark, StringComparison.OrdinalIgnoreCase) ? trimmed : Prefix + trimmed;
    }

    /// <summary>R4.2, R4.4: the last name after linking of an employee that existed.</summary>
    /// <param name="employeeLastName">The last name it has in CallGear.</param>
    /// <param name="userLastName">The user's last name in Bitrix24, used when the employee has none.</param>
    public static string ForExisting(string? employeeLastName, string userLastName)
    {
        if (FieldText.Trimmed(employeeLastName) is not { } existing)
        {
            return Apply(userLastName);
        }

        return existing.StartsWith(Mark, StringComparison.OrdinalIgnoreCase) ? employeeLastName! : Prefix + existing;
    }
}
