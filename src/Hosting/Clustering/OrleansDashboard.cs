using Orleans.Dashboard;

namespace OrleansSync.Hosting.Clustering;

/// <summary>
/// What the page of the Orleans dashboard shows is gathered by silos, wherever it is served. The pages decide who sees it.
/// </summary>
internal static class OrleansDashboard
{
    // The default looks at every silo each second, which costs more than a person can follow.
    private const int MillisecondsBetweenLooks = 5_000;

    /// <summary>Has a silo gather its figures.</summary>
    public static void AddOrleansDashboard(this ISiloBuilder silo) => silo.AddDashboard(Configure);

    /// <summary>Lets a client of the cluster show them.</summary>
    public static void AddOrleansDashboard(this IClientBuilder client) => client.AddDashboard(Configure);

    private static void Configure(DashboardOptions options)
    {
        options.CounterUpdateIntervalMs = MillisecondsBetweenLooks;

        // Logs name accounts and go where the operator sends them, not to whoever has the page open.
        options.HideTrace = true;
    }
}
