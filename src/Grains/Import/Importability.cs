using OrleansSync.Grains.Interfaces;
using OrleansSync.Grains.Interfaces.Accounts;
using OrleansSync.Grains.Interfaces.Connections;

namespace OrleansSync.Grains.Import;

/// <summary>R2: who can be imported.</summary>
internal static class Importability
{
    private const string EmployeeType = "employee";

    /// <summary>R2.1, R2.3, R6.2: whether the user is active and an employee; otherwise it counts as deleted if it was imported.</summary>
    public static bool IsEmployee(PortalUser user) =>
        user.IsActive && (FieldText.Trimmed(user.UserType) ?? EmployeeType).Equals(EmployeeType, StringComparison.OrdinalIgnoreCase);

    /// <summary>
    /// R8.4: whether every list of users has the user. Lists leave out extranet users and users without a department, whom a call by id
    /// answers.
    /// </summary>
    public static bool IsAlwaysListed(PortalUser user) => IsEmployee(user) && user.HasDepartment;

    /// <summary>R2.4: the first required field that the user lacks; null when it has all.</summary>
    public static ProblemCode? MissingField(PortalUser user, Bitrix24Edition edition)
    {
        if (FieldText.Trimmed(user.LastName) is null)
        {
            return ProblemCode.MissingLastName;
        }

        if (FieldText.Trimmed(user.Email) is null)
        {
            return ProblemCode.MissingEmail;
        }

        return edition == Bitrix24Edition.OnPremise && !user.HasDepartment ? ProblemCode.MissingDepartment : null;
    }
}
