using System.Globalization;
using OrleansSync.Grains.Import;
using OrleansSync.Grains.Interfaces;

namespace OrleansSync.Grains.Portals;

/// <summary>What a user's grain has to do about a decision.</summary>
internal static class Instructions
{
    /// <summary>The instruction, or null when the grain need not be called because nothing changed (R3.1).</summary>
    /// <param name="decision">The decision.</param>
    /// <param name="entry">The user as the roster had it before the run; null when it is new.</param>
    /// <param name="awaiting">Who waited for approval before the run.</param>
    public static EmployeeInstruction? For(Decision decision, UserRow? entry, AwaitingApproval awaiting) => decision switch
    {
        Match { IsReturn: true } => new NoteOutcome(ChangeOutcome.Returned, Reason: null),
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
        Skip skip => IsKnown(entry, skip.Reason) && !skip.EndsStaleLink
            ? null
            : new NoteOutcome(ChangeOutcome.Skipped, skip.Reason, EndsLink: skip.EndsStaleLink),
        HoldRecreation hold => ReasonOf(hold) is var reason && IsKnown(entry, reason) ? null : new NoteOutcome(ChangeOutcome.Skipped, reason),
        HoldRemoval hold => awaiting.Removals.Contains(hold.UserId) ? null : new NoteOutcome(ChangeOutcome.Skipped, ReasonOf(hold)),
        Remove => new NoteOutcome(ChangeOutcome.RemovedFromResponsible, Reason: null),
        _ => null,
    };

    /// <summary>R3.7: the deleted user whose link ends with a decision; null for none.</summary>
    public static long? TakenOverFrom(Decision decision) => decision switch
    {
        Link link => link.TakenOverFrom,
        Match match => match.TakenOverFrom,
        _ => null,
    };

    /// <summary>R3.7: what the deleted user's grain has to do after its employee was linked to another user.</summary>
    public static EmployeeInstruction EndLink(long newUserId) => new NoteOutcome(ChangeOutcome.RemovedFromResponsible, Reason: null, EndsLink: true)
    {
        Note = Invariant($"The link ended: user {newUserId} has the employee's e-mail address and took it over."),
    };

    /// <summary>R8.1: why a removal waits.</summary>
    public static Problem ReasonOf(HoldRemoval hold) => new(
        ProblemCode.DeletionGuard,
        Invariant($"{hold.Name} (user {hold.UserId}) is gone from Bitrix24. Employee {hold.EmployeeId} stays responsible until the run is approved or the user is back."))
    {
        Arguments = [hold.Name, Text(hold.UserId), Text(hold.EmployeeId)],
    };

    /// <summary>R8.2: why a re-creation waits.</summary>
    public static Problem ReasonOf(HoldRecreation hold) => new(
        ProblemCode.RecreationGuard,
        Invariant($"Employee {hold.EmployeeId} of {hold.Name} (user {hold.UserId}) is gone from CallGear. It is made anew when the run is approved."))
    {
        Arguments = [hold.Name, Text(hold.UserId), Text(hold.EmployeeId)],
    };

    private static bool IsKnown(UserRow? entry, Problem reason) => entry?.Outcome == EmployeeOutcome.Skipped && entry.Reason == reason;

    private static string Text(long id) => id.ToString(CultureInfo.InvariantCulture);

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
