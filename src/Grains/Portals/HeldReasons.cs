using System.Globalization;
using OrleansSync.Grains.Import;
using OrleansSync.Grains.Interfaces;

namespace OrleansSync.Grains.Portals;

/// <summary>R8.1, R8.2, R8.12: why something about one user waits, in words for the account's administrator.</summary>
internal static class HeldReasons
{
    /// <summary>R8.1: why a removal waits.</summary>
    public static Problem Of(HoldRemoval hold) => new(
        ProblemCode.DeletionGuard,
        Invariant($"{QuotedText.Of(hold.Name)} (user {hold.UserId}) is gone from Bitrix24. Employee {hold.EmployeeId} stays responsible ")
        + "until the run is approved or the user is back.")
    {
        Arguments = [hold.Name, Text(hold.UserId), Text(hold.EmployeeId)],
    };

    /// <summary>R8.2: why a re-creation waits.</summary>
    public static Problem Of(HoldRecreation hold) => new(
        ProblemCode.RecreationGuard,
        Invariant($"Employee {hold.EmployeeId} of {QuotedText.Of(hold.Name)} (user {hold.UserId}) is gone from CallGear. ")
        + "It is made anew when the run is approved.")
    {
        Arguments = [hold.Name, Text(hold.UserId), Text(hold.EmployeeId)],
    };

    /// <summary>R8.12: why a link waits.</summary>
    public static Problem Of(HoldLink hold) => new(
        ProblemCode.PortalChanged,
        Invariant($"{hold.Name} (user {hold.UserId}) was linked to employee {hold.EmployeeId} in another portal. ")
        + (hold.Heir is { } heir
            ? Invariant($"In the present one user {heir} has the employee's e-mail address, and is linked when the run is approved.")
            : "Nobody in the present one has the employee's e-mail address: it leaves the responsible employees when the run is approved."))
    {
        Arguments = [hold.Name, Text(hold.UserId), Text(hold.EmployeeId), hold.Heir is { } found ? Text(found) : string.Empty],
    };

    private static string Text(long id) => id.ToString(CultureInfo.InvariantCulture);

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
