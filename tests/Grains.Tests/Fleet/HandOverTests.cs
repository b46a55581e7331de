using Microsoft.Extensions.Time.Testing;
using OrleansSync.Grains.Connections;
using OrleansSync.Grains.Interfaces;
using OrleansSync.Grains.Interfaces.Runs;
using OrleansSync.Grains.Tests.Portals;
using OrleansSync.Sandbox.CallGear;
using OrleansSync.Sandbox.Faults;

namespace OrleansSync.Grains.Tests.Fleet;

/// <summary>
/// A silo that stops in order hands its runs over at once. The clock of reminders stands still, so that nothing else can bring them back.
/// </summary>
[Collection("Fleet")]
public sealed class HandOverTests
{
    // With two seconds a create and eight at a time the run goes on for much longer than a silo takes to begin its stop.
    private const int Users = 60;
    private const double CreateSeconds = 2;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    [Trait("Rule", "R3.8")]
    public async Task StoppingSilo_DuringCreates_AnotherGoesOnAtOnce_WithOneEmployeeAUser()
    {
        await using var fleet = await StartAsync();
        using var slow = fleet.Sandbox.Faults.Add(
            new Fault { Kind = FaultKind.Latency, Target = "moved", Method = "create.employees", DelaySeconds = CreateSeconds });
        var first = await fleet.ConnectAsync("moved", fleet.PutPortal("moved", Users));
        await CreatedAsync(fleet, "moved", 1);
        var stopping = await fleet.SiloOfAsync("moved");

        await fleet.Cluster.StopSiloAsync(stopping, Token);
        slow.Dispose();
        var run = await ResumedAsync(fleet, "moved");

        Assert.Equal(RunStatus.Succeeded, run.Status);
        Assert.Equal(Users, fleet.Sandbox.Account("moved").Employees.Count);
        Assert.Empty(fleet.Sandbox.Account("moved").CreatedDuplicates());
        Assert.Contains(
            (await fleet.Portal("moved").ListRunsAsync(new RunQuery(null, 10)))!.Items,
            other => other.RunId == first && other.Error?.Code == ProblemCode.Interrupted);
        Assert.NotEqual(stopping.SiloAddress, (await fleet.SiloOfAsync("moved")).SiloAddress);
    }

    [Fact]
    [Trait("Rule", "R1.2")]
    public async Task StoppingSilo_WhileARunReads_AnotherDoesItUnderItsId()
    {
        await using var fleet = await StartAsync();
        using var hold = fleet.Sandbox.Faults.Add(new Fault { Kind = FaultKind.Hold, Target = "reading", Method = "get.employees" });
        var promised = await fleet.ConnectAsync("reading", fleet.PutPortal("reading", Users));
        await hold.WaitForHeldAsync(1, Token);

        await fleet.Cluster.StopSiloAsync(await fleet.SiloOfAsync("reading"), Token);
        hold.Dispose();
        await CreatedAsync(fleet, "reading");

        Assert.Equal(RunStatus.Succeeded, (await PortalCluster.EndOfAsync(fleet.Portal("reading"), promised)).Status);
    }

    [Fact]
    [Trait("Rule", "R1.2")]
    public async Task StoppingSilo_WhileSomebodyWatchesARun_SendsThemToWhereItGoesOn()
    {
        await using var fleet = await StartAsync();
        using var hold = fleet.Sandbox.Faults.Add(new Fault { Kind = FaultKind.Hold, Target = "watched", Method = "get.employees" });
        var promised = await fleet.ConnectAsync("watched", fleet.PutPortal("watched", Users));
        await hold.WaitForHeldAsync(1, Token);
        var silo = await fleet.SiloOfAsync("watched");
        var began = TimeProvider.System.GetTimestamp();
        var watch = fleet.Portal("watched").WatchRunAsync(
            promised, version: long.MaxValue, changesSeen: 0, TimeSpan.FromSeconds(20), Token);

        await fleet.Cluster.StopSiloAsync(silo, Token);
        var seen = await watch;

        Assert.False(seen!.Run.IsFinished);
        Assert.InRange(TimeProvider.System.GetElapsedTime(began), TimeSpan.Zero, TimeSpan.FromSeconds(18));
        hold.Dispose();
        Assert.Equal(RunStatus.Succeeded, (await PortalCluster.EndOfAsync(fleet.Portal("watched"), promised)).Status);
    }

    private static Task<Fleet> StartAsync() => Fleet.StartAsync(
        silos: 3,
        new ConnectionOptions { RepeatAllowance = TimeSpan.Zero, PortalCapacity = 1_000_000, PortalInitialLevel = 0 },
        new ImportOptions(),
        new FakeTimeProvider(new DateTimeOffset(2026, 3, 2, 8, 0, 0, TimeSpan.Zero)));

    // By the sandbox alone: a question to the portal would bring its activation back by itself.
    private static async Task CreatedAsync(Fleet fleet, string account, int count = Users)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Token);
        patience.CancelAfter(TimeSpan.FromSeconds(90));
        while (fleet.Sandbox.Account(account).Employees.Count < count)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, patience.Token);
        }
    }

    private static async Task<RunSummary> ResumedAsync(Fleet fleet, string account)
    {
        await CreatedAsync(fleet, account);
        var runs = (await fleet.Portal(account).ListRunsAsync(new RunQuery(null, 10)))!.Items;
        return await PortalCluster.EndOfAsync(fleet.Portal(account), Assert.Single(runs, run => run.Trigger == RunTrigger.Resumed).RunId);
    }
}
