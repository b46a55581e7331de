using OrleansSync.Grains.Interfaces.Accounts;
using OrleansSync.Grains.Interfaces.Employees;
using OrleansSync.Grains.Interfaces.Rows;

namespace OrleansSync.Grains.Portals;

/// <summary>Counts the known users of an account.</summary>
internal static class RosterCounts
{
    /// <summary>How many there are of each kind.</summary>
    /// <param name="users">The users.</param>
    /// <param name="excluded">R7.2: who is taken out of the list by hand.</param>
    public static AccountCounts Of(IEnumerable<UserRow> users, IReadOnlySet<long> excluded)
    {
        var (imported, responsible, skipped, known) = (0, 0, 0, 0);
        foreach (var row in users)
        {
            imported += row.IsImported ? 1 : 0;
            responsible += row is { IsListed: true, IsImported: true } && !excluded.Contains(row.UserId) ? 1 : 0;
            skipped += row.Outcome == EmployeeOutcome.Skipped ? 1 : 0;
            known += row.Outcome is null || row.IsDeleted ? 0 : 1;
        }

        return new AccountCounts(imported, responsible, skipped, known);
    }
}
