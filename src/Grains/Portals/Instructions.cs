using System.Globalization;
using OrleansSync.Grains.Import;
using OrleansSync.Grains.Interfaces;

namespace OrleansSync.Grains.Portals;

/// <summary>What a user's grain has to do about a decision.</summary>
internal static class Instructions
{
    /// <summary>The instruction, or null where CallGear need not be called for the user (R3.1).</summary>
    /// <param name="decision">The decision.</param>
    public static EmployeeInstruction? For(Decision decision) => decision switch
    {
        Fill fill => new FillNumbers(fill.EmployeeId, fill.Numbers),
        Link link => new LinkEmployee(link.Employee.Id, link.Email!, link.UserLastName, link.Numbers)
        {
            StaleEmployeeId = link.StaleEmployeeId,
            Note = link.TakenOverFrom is { } former ? Invariant($"Employee {link.Employee.Id} was linked to user {former}, who is deleted in Bitrix24.") : null,
        },
        Create create => new CreateEmployee(create.Employee, create.LookUpFirst)
        {
            StaleEmployeeId = create.StaleEmployeeId,
            Note = create.StaleEmployeeId is { } stale ? Invariant($"Employee {stale}, to which the user was linked, no longer exists in CallGear.") : null,
        },
        _ => null,
    };

    /// <summary>R3.7: the deleted user whose link ends with a decision; null for none.</summary>
    public static long? TakenOverFrom(Decision decision) => decision switch
    {
        Link link => link.TakenOverFrom,
        Match match => match.TakenOverFrom,
        _ => null,
    };

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
