using OrleansSync.Grains.Interfaces;
using OrleansSync.Grains.Interfaces.Accounts;
using OrleansSync.Grains.Interfaces.Portals;
using OrleansSync.Grains.Interfaces.Runs;
using OrleansSync.Grains.Portals;

namespace OrleansSync.Grains.Tests.Portals;

public sealed class ScheduleTests(PortalCluster cluster) : PortalTests(cluster)
{
    [Fact]
    [Trait("Rule", "R1.1")]
    public async Task Tick_ASecondTimeInOneSlot_ImportsOnce()
    {
        var portal = await Cluster.ConnectAsync("ticks", users: 1);
        await AdvanceToNextSlotAsync(portal);

        await Cluster.TickAsync("ticks");
        await IdleAsync(portal);
        await Cluster.TickAsync("ticks");
        await IdleAsync(portal);

        var runs = (await portal.ListRunsAsync(new RunQuery(null, 10)))!.Items;
        Assert.Equal([RunTrigger.Scheduled, RunTrigger.Connected], runs.Select(run => run.Trigger));
        Assert.Equal(RunStatus.Succeeded, runs[0].Status);
    }

    [Fact]
    [Trait("Rule", "R1.1")]
    public async Task Watch_AfterTicksWereLost_ImportsTheOverdueAccount()
    {
        var portal = await Cluster.ConnectAsync("overdue", users: 1);
        await portal.WatchAsync();
        await IdleAsync(portal);
        Assert.Single((await portal.ListRunsAsync(new RunQuery(null, 10)))!.Items);

        await AdvanceToNextSlotAsync(portal);
        await portal.WatchAsync();
        await IdleAsync(portal);

        Assert.Equal(RunTrigger.Scheduled, (await portal.ListRunsAsync(new RunQuery(null, 10)))!.Items[0].Trigger);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(1440)]
    [Trait("Rule", "R1.1")]
    public async Task Period_ThatTheOperatorChanged_LeavesTheAccountScheduled(int minutes)
    {
        var name = $"period-{minutes}";
        var portal = await Cluster.ConnectAsync(name, users: 1);
        await AdvanceToNextSlotAsync(portal);
        await Cluster.TickAsync(name);
        await IdleAsync(portal);
        var runs = (await portal.ListRunsAsync(new RunQuery(null, 100)))!.Items.Length;
        var before = Cluster.Imports.Period;
        try
        {
            Cluster.Imports.Period = TimeSpan.FromMinutes(minutes);
            await PortalCluster.DeactivateAsync(portal);
            await AdvanceToNextSlotAsync(portal);
            await Cluster.TickAsync(name);
            await IdleAsync(portal);

            Assert.Equal(runs + 1, (await portal.ListRunsAsync(new RunQuery(null, 100)))!.Items.Length);
        }
        finally
        {
            Cluster.Imports.Period = before;
            await PortalCluster.DeactivateAsync(portal);
        }
    }

    [Fact]
    [Trait("Rule", "R8.9")]
    public async Task RejectedCredentials_TriedByHand_DoNotPutTheScheduleOff()
    {
        var portal = await Cluster.ConnectAsync("suspended-by-hand", users: 1);
        var bitrix24 = Cluster.Sandbox.Portal("suspended-by-hand");
        bitrix24.Settings = bitrix24.Settings with { UserAccessDenied = true };

        await PortalCluster.SynchronizeAsync(portal);
        var first = (await portal.GetAccountAsync())!.NextRunAt;
        await PortalCluster.SynchronizeAsync(portal);
        await PortalCluster.SynchronizeAsync(portal);

        Assert.Equal(first, (await portal.GetAccountAsync())!.NextRunAt);
    }

    [Fact]
    [Trait("Rule", "R1.5")]
    public async Task Paused_ByScheduleAndEvent_DoesNothing_ByHandImports()
    {
        var portal = await Cluster.ConnectAsync("paused", users: 1, new AccountSettings { Paused = true });
        Assert.Null((await portal.GetAccountAsync())!.NextRunAt);
        Cluster.Time.Advance(TimeSpan.FromMinutes(31));

        await Cluster.TickAsync("paused");
        Assert.Equal(RunRequestOutcome.NotNow, (await portal.RequestRunAsync(new RunRequest(RunTrigger.Event))).Outcome);
        await IdleAsync(portal);
        Assert.Empty((await portal.ListRunsAsync(new RunQuery(null, 10)))!.Items);

        Assert.Equal(1, (await PortalCluster.SynchronizeAsync(portal)).Counts.Created);
        Assert.Equal(AccountStatus.Paused, (await portal.GetAccountAsync())!.Status);
    }

    [Fact]
    [Trait("Rule", "R8.9")]
    public async Task RejectedCredentials_MakeScheduledCallsRarer_UntilAPersonMendsThem()
    {
        var portal = await Cluster.ConnectAsync("suspended", users: 1);
        var bitrix24 = Cluster.Sandbox.Portal("suspended");
        bitrix24.Settings = bitrix24.Settings with { UserAccessDenied = true };

        Assert.Equal(ProblemCode.Bitrix24Unauthorized, (await PortalCluster.SynchronizeAsync(portal)).Error!.Code);
        Assert.Equal(AccountStatus.ActionRequired, (await portal.GetAccountAsync())!.Status);
        foreach (var hours in (int[])[1, 3, 6, 12, 24, 24])
        {
            var runs = (await portal.ListRunsAsync(new RunQuery(null, 100)))!.Items.Length;
            Cluster.Time.Advance(TimeSpan.FromHours(hours) - TimeSpan.FromMinutes(1));
            await Cluster.TickAsync("suspended");
            await IdleAsync(portal);
            Assert.Equal(runs, (await portal.ListRunsAsync(new RunQuery(null, 100)))!.Items.Length);

            Cluster.Time.Advance(TimeSpan.FromMinutes(31));
            await Cluster.TickAsync("suspended");
            await IdleAsync(portal);
            Assert.Equal(runs + 1, (await portal.ListRunsAsync(new RunQuery(null, 100)))!.Items.Length);
        }

        bitrix24.Settings = bitrix24.Settings with { UserAccessDenied = false };
        Assert.Equal(ConnectOutcome.Updated, (await portal.ConnectAsync(Cluster.Connection("suspended"))).Outcome);
        await IdleAsync(portal);
        var last = (await portal.ListRunsAsync(new RunQuery(null, 1)))!.Items[0];
        Assert.Equal((RunTrigger.Connected, RunStatus.Succeeded), (last.Trigger, last.Status));
        Assert.Equal(AccountStatus.Active, (await portal.GetAccountAsync())!.Status);
    }

    [Fact]
    [Trait("Rule", "R1.1")]
    public void Phase_OfManyAccounts_SpreadsOverThePeriod()
    {
        var period = TimeSpan.FromMinutes(30);
        var now = DateTimeOffset.UnixEpoch.AddDays(20_000);
        var minutes = Enumerable.Range(0, 3000)
            .Select(number => new SchedulePhase($"account-{number}", period).NextAfter(now) - now)
            .CountBy(wait => (int)wait.TotalMinutes)
            .ToDictionary();

        Assert.Equal(30, minutes.Count);
        Assert.All(minutes.Values, count => Assert.InRange(count, 60, 140));
    }

    [Fact]
    [Trait("Rule", "R1.1")]
    public void Slot_OfATickThatIsSecondsEarly_IsTheOneItWasMeantFor()
    {
        var phase = new SchedulePhase("acme", TimeSpan.FromMinutes(30));
        var next = phase.NextAfter(DateTimeOffset.UnixEpoch.AddDays(20_000));

        Assert.Equal(phase.SlotOfTick(next), phase.SlotOfTick(next - TimeSpan.FromSeconds(4)));
        Assert.Equal(phase.SlotOfTick(next), phase.SlotOfTick(next + TimeSpan.FromMinutes(29)));
        Assert.Equal(phase.SlotOfTick(next) + 1, phase.SlotOfTick(next + TimeSpan.FromMinutes(30)));
        Assert.Equal(next + TimeSpan.FromMinutes(30), phase.NextAfter(next));
    }

    private async Task AdvanceToNextSlotAsync(IPortalGrain portal)
    {
        var next = (await portal.GetAccountAsync())!.NextRunAt!.Value;
        Cluster.Time.Advance(next - Cluster.Time.GetUtcNow() + TimeSpan.FromSeconds(1));
    }

    // A request behind everything that was asked for before: once it has ended, the account has nothing to do.
    private static async Task IdleAsync(IPortalGrain portal)
    {
        var runs = (await portal.ListRunsAsync(new RunQuery(null, 100)))!.Items;
        foreach (var run in runs.Where(run => !run.IsFinished))
        {
            await PortalCluster.EndOfAsync(portal, run.RunId);
        }
    }
}
