using OrleansSync.Sandbox;
using OrleansSync.Testing.Processes;
using OrleansSync.Testing.Services;
using OrleansSync.Testing.Tenants;

namespace OrleansSync.EndToEnd.Schedule;

/// <summary>A service with the shortest period there is. A class for each kind of service: they wait beside each other.</summary>
internal static class EveryMinute
{
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(180);

    /// <summary>The service's.</summary>
    public static ServiceOptions Options { get; } = new() { Period = "00:01:00" };

    /// <summary>Changes the portal before and after a restart, and waits until the schedule has imported each change.</summary>
    public static async Task AssertImportsAsync(RunningService service, SandboxServer sandbox, Func<Task> restartAsync)
    {
        var tenant = Tenant.Create(service, sandbox, People.Seed(People.Users(2)));
        await tenant.ConnectAsync();
        tenant.Portal.PutUser(People.User(3));
        await Eventually.HoldsAsync("the schedule imports user 3", () => tenant.CallGear.Employees.Count == 3, _patience);

        // Runs of the minutes before may have found nothing.
        await Eventually.GetAsync(
            "the run that imported user 3 ends",
            tenant.RunsAsync,
            runs => runs.Any(run => run is { Trigger: "scheduled", IsFinished: true, Counts.Created: 1 }));

        await restartAsync();
        tenant.Portal.PutUser(People.User(4));
        await Eventually.HoldsAsync("the schedule imports user 4 after the restart", () => tenant.CallGear.Employees.Count == 4, _patience);
        Assert.All(await tenant.RunsAsync(), run => Assert.Contains(run.Trigger, (string[])["connected", "scheduled"]));
    }
}
