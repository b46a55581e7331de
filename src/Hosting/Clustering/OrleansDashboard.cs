using Orleans.Dashboard;

namespace OrleansSync.Hosting.Clustering;

/// <summary>
/// What the page of the Orleans dashboard shows is gathered by silos, wherever it is served. The pages decide who sees it.
/// </summary>
internal static class OrleansDashboard
{
    // The default looks at every silo each second, which costs more than a person can follow.
    private const int MillisecondsBetweenLooks = 5_000;

    /// <summary>
    /// Has a silo gather its figures, but for those of Orleans' instruments: the dashboard would read them each second whether somebody
    /// looks or not, and one of them goes through all grains whose place the silo knows. Whoever wants them has them exported by OTLP.
    /// </summary>
    public static void AddOrleansDashboard(this ISiloBuilder silo)
    {
        silo.AddDashboard(Configure);
        silo.Services.Remove(silo.Services
            .SkipWhile(service => service.ServiceType.Name != "DashboardHost")
            .First(service => service.ServiceType == typeof(ILifecycleParticipant<ISiloLifecycle>)));
    }

    /// <summary>Lets a client of the cluster show them.</summary>
    public static void AddOrleansDashboard(this IClientBuilder client) => client.AddDashboard(Configure);

    private static void Configure(DashboardOptions options)
    {
        options.CounterUpdateIntervalMs = MillisecondsBetweenLooks;

        // Logs name accounts and go where the operator sends them, not to whoever has the page open.
        options.HideTrace = true;
    }
}
