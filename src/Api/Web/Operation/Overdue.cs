namespace OrleansSync.Api.Web.Operation;

/// <summary>Which accounts should have been imported by now and were not.</summary>
internal static class Overdue
{
    /// <summary>Accounts whose last run was before this moment are overdue.</summary>
    /// <param name="now">The present.</param>
    /// <param name="period">R1.1: the time between two runs. An account is overdue when a run was due and there is none half a period
    /// later.</param>
    public static DateTimeOffset Before(DateTimeOffset now, TimeSpan period) => now - (1.5 * period);
}
