using OrleansSync.Grains.Interfaces.Accounts;
using OrleansSync.Grains.Interfaces.Portals;
using OrleansSync.Grains.Interfaces.Runs;

namespace OrleansSync.Api.Web.Account;

/// <summary>Finds what waits for a decision (R8.1, R8.2, R8.12).</summary>
internal static class HeldRuns
{
    private const int MostRuns = 100;

    /// <summary>The newest run that holds the account; null when nothing waits.</summary>
    public static async Task<string?> FindHeldRunAsync(this IPortalGrain portal, AccountView account) =>
        account.Status == AccountStatus.Held
            ? (await portal.ListRunsAsync(new RunQuery(Cursor: null, MostRuns)))?.Items
                .FirstOrDefault(run => run is { Status: RunStatus.Held, DryRun: false })?.RunId
            : null;
}
