using System.Collections.Immutable;
using System.Globalization;
using OrleansSync.Grains.Interfaces;
using OrleansSync.Grains.Interfaces.Connections;

namespace OrleansSync.Grains.Import;

/// <summary>Why a user is skipped, in words for the account's administrator.</summary>
internal static class SkipReasons
{
    /// <summary>R2.4.</summary>
    public static Problem MissingField(ProblemCode code, PortalUser user)
    {
        var field = code switch
        {
            ProblemCode.MissingLastName => "last name",
            ProblemCode.MissingEmail => "e-mail address",
            _ => "department",
        };
        return new Problem(code, $"{Who(user)} has no {field} in Bitrix24. Fill it in there; the next import takes the user in.")
        {
            Arguments = Arguments(user),
        };
    }

    /// <summary>R3.4.</summary>
    public static Problem AmbiguousEmail(PortalUser user, ImmutableArray<AccountEmployee> employees) => new(
        ProblemCode.AmbiguousEmail,
        $"{Who(user)}: {employees.Length} employees in CallGear have the address {Address(user)} ({Ids(employees)}). "
        + "Leave it with one of them; the next import links the user.")
    {
        Arguments = Arguments(user, [user.Email!.Trim(), .. employees.Select(employee => Text(employee.Id))]),
    };

    /// <summary>R3.5: another user of the portal has the same address.</summary>
    public static Problem EmailTakenByUser(PortalUser user, long otherUserId) => new(
        ProblemCode.EmailTaken,
        $"{Who(user)}: user {otherUserId} has the same address {Address(user)} in Bitrix24. Give one of them an address of its own.")
    {
        Arguments = Arguments(user, user.Email!.Trim(), "user", Text(otherUserId)),
    };

    /// <summary>R3.5: the employee belongs to another user.</summary>
    public static Problem EmployeeTaken(PortalUser user, long employeeId, long holderUserId) => new(
        ProblemCode.EmailTaken,
        $"{Who(user)}: employee {employeeId} in CallGear has the address {Address(user)} but is linked to user {holderUserId}. "
        + "Correct the address in Bitrix24 or in CallGear.")
    {
        Arguments = Arguments(user, user.Email!.Trim(), "employee", Text(employeeId), Text(holderUserId)),
    };

    private static ImmutableList<string> Arguments(PortalUser user, params ReadOnlySpan<string> others) =>
        [PersonName.Of(user), Text(user.Id), .. others];

    private static string Text(long id) => id.ToString(CultureInfo.InvariantCulture);

    private static string Address(PortalUser user) => QuotedText.Of(user.Email!.Trim());

    private static string Who(PortalUser user) => $"{QuotedText.Of(PersonName.Of(user))} (user {user.Id})";

    private static string Ids(ImmutableArray<AccountEmployee> employees) =>
        string.Join(", ", employees.Take(5).Select(employee => employee.Id)) + (employees.Length > 5 ? ", …" : string.Empty);
}
