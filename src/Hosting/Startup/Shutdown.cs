namespace OrleansSync.Hosting.Startup;

/// <summary>How long a process may take to stop after SIGTERM. Orchestrators give 30 seconds before they kill.</summary>
internal static class Shutdown
{
    /// <summary>For the whole host: to refuse new work, deactivate grains, leave the cluster, and close the database.</summary>
    public static readonly TimeSpan Budget = TimeSpan.FromSeconds(25);

    /// <summary>
    /// For a single activation to finish its call and store what it must; the rest of the budget is for the others and for leaving.
    /// </summary>
    public static readonly TimeSpan DeactivationBudget = TimeSpan.FromSeconds(15);
}
