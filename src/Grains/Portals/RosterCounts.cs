using OrleansSync.Grains.Interfaces;

namespace OrleansSync.Grains.Portals;

/// <summary>Counts the known users of an account.</summary>
internal static class RosterCounts
{
    /// <summary>How many there are of each kind.</summary>
    /// <param name="users">The users.</param>
    /// <param name="responsible">How many employees are responsible (R7).</param>
    public static AccountCounts Of(IEnumerable<UserRow> users, int responsible)
    {
        var (imported, skipped, known) = (0, 0, 0);
        foreach (var entry in users)
        {
            imported += entry.IsImported ? 1 : 0;
            skipped += entry.Outcome == EmployeeOutcome.Skipped ? 1 : 0;
            known += entry.IsDeleted ? 0 : 1;
        }

        return new AccountCounts(imported, responsible, skipped, known);
    }
}
