using OrleansSync.Grains.Interfaces;

namespace OrleansSync.Api.Web.Operation;

/// <summary>Which accounts should have been imported by now and were not.</summary>
internal static class Overdue
{
    /// <summary>The account that has waited longest for a run that is due; null when none is overdue.</summary>
    /// <param name="accounts">The accounts.</param>
    /// <param name="activity">What is known of their runs. An account that it does not know has been quiet for as long as it is kept.</param>
    /// <param name="now">The present.</param>
    /// <param name="period">R1.1: the time between two runs. An account is overdue when a run was due and there is none half a period later.</param>
    public static (string AccountId, string DisplayName, DateTimeOffset At)? Oldest(
        IEnumerable<DirectoryEntry> accounts, ServiceActivity activity, DateTimeOffset now, TimeSpan period)
    {
        var oldest = accounts
            .Where(account => account.Status is AccountStatus.Active or AccountStatus.Held)
            .Select(account => (account.AccountId, account.DisplayName, At: activity.LastRuns.GetValueOrDefault(account.AccountId, activity.Since)))
            .Where(account => now - account.At > 1.5 * period)
            .OrderBy(account => account.At).ThenBy(account => account.AccountId, StringComparer.Ordinal)
            .Take(1).ToList();
        return oldest is [var found] ? found : null;
    }
}
