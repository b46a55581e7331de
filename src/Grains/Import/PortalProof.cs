using System.Collections.Immutable;
using OrleansSync.Grains.Interfaces.Connections;
using OrleansSync.Grains.Interfaces.Employees;
using OrleansSync.Grains.Interfaces.Rows;

namespace OrleansSync.Grains.Import;

/// <summary>
/// R8.12: whether the users of a portal are those whom an account's links were made with. Ids alone say nothing: they are 1..N in every
/// portal.
/// </summary>
/// <param name="Links">Links there are, those of deleted users included.</param>
/// <param name="There">Links whose user id the portal has, as an active employee.</param>
/// <param name="Proven">Those of them whose user has the address of the link or of its employee.</param>
internal sealed record PortalProof(int Links, int There, int Proven)
{
    /// <summary>Whether it is the same portal, or there is nothing that another could harm.</summary>
    public bool IsGiven => Links == 0 || (There > 0 && 2 * Proven >= There);

    /// <summary>Compares a portal's users with the links.</summary>
    /// <param name="users">All users of the portal.</param>
    /// <param name="employees">The account's employees as they are now.</param>
    /// <param name="roster">The users known from earlier runs, by id.</param>
    public static PortalProof Of(
        ImmutableArray<PortalUser> users, ImmutableArray<AccountEmployee> employees, ImmutableSortedDictionary<long, UserRow> roster)
    {
        var present = users.Where(Importability.IsEmployee).ToDictionary(user => user.Id);
        var addresses = employees.DistinctBy(employee => employee.Id).ToDictionary(employee => employee.Id, employee => employee.Email);
        var linked = roster.Values.Where(row => row.Link is not null).ToArray();
        var there = linked.Where(row => present.ContainsKey(row.UserId)).ToArray();
        return new PortalProof(
            linked.Length,
            there.Length,
            there.Count(row => IsProven(present[row.UserId], row, addresses.GetValueOrDefault(row.Link!.EmployeeId))));
    }

    /// <summary>What becomes of each imported user when its link ends.</summary>
    /// <param name="users">All users of the portal.</param>
    /// <param name="input">What the run decides on.</param>
    public static ImmutableArray<HoldLink> Waiting(ImmutableArray<PortalUser> users, ImportInput input)
    {
        var heirs = Heirs(input with { Users = users, OnlyUser = null });
        return [.. input.Roster.Values
            .Where(row => row.IsImported && (input.OnlyUser is null || input.OnlyUser == row.UserId))

            // Who waits for another approval goes on waiting for it: the hold must not be lost when the former portal comes back.
            .Where(row => !input.Awaiting.Removals.Contains(row.UserId) && !input.Awaiting.Recreations.Contains(row.UserId))
            .Select(row => new HoldLink(
                row.UserId, row.Name, row.Email, row.Link!.EmployeeId,
                heirs.TryGetValue(row.Link.EmployeeId, out var heir) ? heir : null))];
    }

    /// <summary>The users that would be linked by e-mail address, by employee, if no link were left.</summary>
    public static ImmutableDictionary<long, long> Heirs(ImportInput input) =>
        ImportPlan.Create(input with { Roster = WithoutLinks(input.Roster), Awaiting = AwaitingApproval.None }).Decisions
            .OfType<LinkEmployee>()
            .ToImmutableDictionary(link => link.Employee.Id, link => link.UserId);

    /// <summary>The roster after all links have ended: who was linked is deleted (R6.2).</summary>
    private static ImmutableSortedDictionary<long, UserRow> WithoutLinks(ImmutableSortedDictionary<long, UserRow> roster) =>
        roster.SetItems(roster.Values.Where(row => row.Link is not null).Select(row => KeyValuePair.Create(row.UserId, Ended(row))));

    /// <summary>A linked user's row after its link has ended.</summary>
    public static UserRow Ended(UserRow row) =>
        row with { Outcome = EmployeeOutcome.Deleted, Reason = null, Link = null, IsListed = false };

    private static bool IsProven(PortalUser user, UserRow row, string? employeeEmail) =>
        IsSame(user.Email, row.Link!.Email ?? row.Email) || IsSame(user.Email, employeeEmail);

    private static bool IsSame(string? one, string? other) =>
        FieldText.Trimmed(one) is { } given && FieldText.EmailComparer.Equals(given, FieldText.Trimmed(other));
}
