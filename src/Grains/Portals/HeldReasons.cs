using System.Globalization;
using OrleansSync.Grains.Import;
using OrleansSync.Grains.Interfaces;

namespace OrleansSync.Grains.Portals;

/// <summary>R8.1, R8.2: why something about one user waits, in words for the account's administrator.</summary>
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

    private static string Text(long id) => id.ToString(CultureInfo.InvariantCulture);

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
