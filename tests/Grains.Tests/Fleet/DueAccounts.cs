using Microsoft.Extensions.Time.Testing;
using OrleansSync.Grains.Connections;
using OrleansSync.Grains.Interfaces.Runs;
using OrleansSync.Grains.Tests.Portals;

namespace OrleansSync.Grains.Tests.Fleet;

/// <summary>
/// Accounts on one silo whose schedule comes round when a test says so. The clock of reminders stands still: ticks are lost unless a test
/// sends them.
/// </summary>
internal sealed class DueAccounts : IAsyncDisposable
{
    private static readonly DateTimeOffset _start = new(2026, 3, 2, 8, 0, 0, TimeSpan.Zero);

    private DueAccounts(Fleet fleet, FakeTimeProvider time, string[] names) => (Fleet, Time, Names) = (fleet, time, names);

    public Fleet Fleet { get; }

    public FakeTimeProvider Time { get; }

    public IReadOnlyList<string> Names { get; }

    /// <summary>Starts the silo and ends the first import of each account.</summary>
    public static async Task<DueAccounts> StartAsync(int accounts, ImportOptions imports, bool sweeps = false)
    {
        var time = new FakeTimeProvider(_start);
        var connections = new ConnectionOptions
        {
            RepeatAllowance = TimeSpan.Zero,
            LimitAllowance = TimeSpan.Zero,
            PortalCapacity = 1_000_000,
            PortalInitialLevel = 0,
        };
        var fleet = await Fleet.StartAsync(silos: 1, connections, imports, new FakeTimeProvider(_start), time, sweeps);
        var names = Enumerable.Range(1, accounts).Select(number => $"due-{number}").ToArray();
        foreach (var name in names)
        {
            var run = await fleet.ConnectAsync(name, fleet.PutPortal(name, users: 1, new() { RateLimited = false }));
            Assert.Equal(RunStatus.Succeeded, (await PortalCluster.EndOfAsync(fleet.Portal(name), run)).Status);
        }

        return new DueAccounts(fleet, time, names);
    }

    /// <summary>Lets a tick of the schedule's reminder arrive.</summary>
    public Task TickAsync(string account) => Fleet.Portal(account).AsReference<IRemindable>().ReceiveReminder(
        "import", new TickStatus(Time.GetUtcNow().UtcDateTime, TimeSpan.FromMinutes(30), Time.GetUtcNow().UtcDateTime));

    /// <summary>
    /// Waits until each account has read its lists so often. By the sandbox alone: a question to an account would not start a run, but
    /// shall not be what starts one.
    /// </summary>
    /// <param name="times">How often.</param>
    /// <param name="meanwhile">Done between two looks.</param>
    public async Task ReadListsAsync(int times, Action? meanwhile = null)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(TimeSpan.FromSeconds(90));
        while (Names.Any(name => Fleet.Sandbox.Requests.Count(target: name, method: "get.employees") < times))
        {
            meanwhile?.Invoke();
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, patience.Token);
        }
    }

    /// <summary>Runs of all accounts that are not finished.</summary>
    public async Task<RunSummary[]> UnfinishedAsync()
    {
        var pages = await Task.WhenAll(Names.Select(name => Fleet.Portal(name).ListRunsAsync(new RunQuery(null, 10))));
        return [.. pages.SelectMany(page => page!.Items).Where(run => !run.IsFinished)];
    }

    /// <summary>
    /// Ends what is under way, and asserts that each account has had its first import and so many scheduled ones, all well.
    /// </summary>
    public async Task AssertScheduledAsync(int times)
    {
        foreach (var run in await UnfinishedAsync())
        {
            await PortalCluster.EndOfAsync(Fleet.Portal(run.AccountId), run.RunId);
        }

        foreach (var name in Names)
        {
            var runs = (await Fleet.Portal(name).ListRunsAsync(new RunQuery(null, 10)))!.Items;
            Assert.All(runs, run => Assert.Equal(RunStatus.Succeeded, run.Status));
            Assert.Equal([.. Enumerable.Repeat(RunTrigger.Scheduled, times), RunTrigger.Connected], runs.Select(run => run.Trigger));
        }
    }

    public ValueTask DisposeAsync() => Fleet.DisposeAsync();
}
