using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using OrleansSync.Grains.Admission;
using OrleansSync.Grains.Interfaces.Rows;
using OrleansSync.Grains.Interfaces.Runs;

namespace OrleansSync.Grains.Tests.Admission;

public sealed class RunLimiterTests
{
    private static readonly CancellationToken _never = CancellationToken.None;
    private static readonly VendorWait _callGear = new(LimitedVendor.CallGear);
    private readonly FakeTimeProvider _time = new();
    private readonly DatabaseCondition _database;
    private int _runs;

    public RunLimiterTests() => _database = new DatabaseCondition(_time);

    [Fact]
    public async Task Acquire_WhenFull_WaitsUntilSomebodyLeaves()
    {
        var limiter = Of(places: 1);
        var first = await AcquireAsync(limiter);
        var second = AcquireAsync(limiter);
        Assert.False(second.IsCompleted);

        first.Dispose();
        first.Dispose();

        using var lease = await second;
        Assert.False(AcquireAsync(limiter).IsCompleted);
    }

    [Fact]
    public async Task Acquire_Urgent_GoesBeforeThoseThatCameEarlier()
    {
        var limiter = Of(places: 1);
        var first = await AcquireAsync(limiter);
        var scheduled = AcquireAsync(limiter);
        var manual = AcquireAsync(limiter, urgent: true);

        first.Dispose();

        using (await manual)
        {
            Assert.False(scheduled.IsCompleted);
        }

        using var last = await scheduled;
    }

    [Fact]
    public async Task Acquire_Cancelled_LosesNoPlace()
    {
        var limiter = Of(places: 1);
        var first = await AcquireAsync(limiter);
        using var cancellation = new CancellationTokenSource();
        var waiting = limiter.AcquireAsync("cancelled", urgent: false, cancellation.Token);
        await cancellation.CancelAsync();
        await Assert.ThrowsAsync<TaskCanceledException>(() => waiting);

        first.Dispose();

        using var lease = await AcquireAsync(limiter);
    }

    [Fact]
    public async Task Promote_RunInTheScheduledLine_GoesBeforeThoseThatCameEarlier()
    {
        var limiter = Of(places: 1);
        var first = await AcquireAsync(limiter);
        var earlier = AcquireAsync(limiter);
        var joined = limiter.AcquireAsync("joined", urgent: false, _never);

        limiter.Promote("joined");
        first.Dispose();

        using var lease = await joined;
        Assert.False(earlier.IsCompleted);
    }

    [Fact]
    public async Task Acquire_ScheduledAfterAStart_GrowsByOneWithEachRunThatEnds()
    {
        var limiter = Of(places: 4, atStart: 1);
        var first = await AcquireAsync(limiter);
        Task<RunLease>[] waiting = [AcquireAsync(limiter), AcquireAsync(limiter), AcquireAsync(limiter)];
        Assert.Equal(0, waiting.Count(run => run.IsCompleted));

        first.Dispose();

        await Task.WhenAll(waiting[0], waiting[1]);
        Assert.False(waiting[2].IsCompleted);
    }

    [Fact]
    public async Task Acquire_ScheduledAfterAStart_GrowsByOneWithEachInterval()
    {
        var limiter = Of(places: 4, atStart: 1);
        _ = await AcquireAsync(limiter);
        Task<RunLease>[] waiting = [AcquireAsync(limiter), AcquireAsync(limiter)];

        _time.Advance(TimeSpan.FromSeconds(9.9));
        Assert.False(waiting[0].IsCompleted);
        _time.Advance(TimeSpan.FromSeconds(0.1));
        await waiting[0];
        Assert.False(waiting[1].IsCompleted);
        _time.Advance(TimeSpan.FromSeconds(10));
        await waiting[1];
    }

    [Fact]
    public async Task Acquire_UrgentAfterAStart_IsNotHeldUp()
    {
        var limiter = Of(places: 3, atStart: 1);
        _ = await AcquireAsync(limiter);
        Assert.False(AcquireAsync(limiter).IsCompleted);

        _ = await AcquireAsync(limiter, urgent: true);
        _ = await AcquireAsync(limiter, urgent: true);

        Assert.False(AcquireAsync(limiter, urgent: true).IsCompleted);
    }

    [Fact]
    public async Task Acquire_WhileTheDatabaseIsAway_WaitsForIt_AndStartsSlowly()
    {
        var limiter = Of(places: 4, atStart: 1);
        Assert.True(_database.ReportAway("away"));
        Task<RunLease>[] waiting = [AcquireAsync(limiter), AcquireAsync(limiter)];
        var urgent = AcquireAsync(limiter, urgent: true);
        Assert.False(urgent.IsCompleted);

        Assert.NotNull(_database.ReportBack());

        await urgent;
        await waiting[0];
        Assert.False(waiting[1].IsCompleted);
    }

    [Fact]
    public async Task Lend_WhileARunWaits_LetsAnotherBegin_AndItsEndGivesNoSecondPlace()
    {
        var limiter = Of(places: 1);
        var blocked = await limiter.AcquireAsync("blocked", urgent: false, _never);
        var other = AcquireAsync(limiter);
        var last = AcquireAsync(limiter);

        using (limiter.Find("blocked")!.Lend(_callGear))
        {
            using (limiter.Find("blocked")!.Lend(_callGear))
            {
                await other;
            }

            Assert.False(last.IsCompleted);
            (await other).Dispose();
            (await last).Dispose();
        }

        // Taken back by the loan's end.
        var next = AcquireAsync(limiter);
        Assert.False(next.IsCompleted);
        blocked.Dispose();
        await next;
        Assert.Null(limiter.Find("blocked"));
        Assert.False(AcquireAsync(limiter).IsCompleted);
    }

    [Fact]
    public async Task Lend_RunThatEndsMeanwhile_GivesItsPlaceOnce()
    {
        var limiter = Of(places: 1);
        var blocked = await limiter.AcquireAsync("blocked", urgent: false, _never);
        var loan = blocked.Lend(_callGear);

        var second = await AcquireAsync(limiter);
        blocked.Dispose();
        loan.Dispose();

        var third = AcquireAsync(limiter);
        Assert.False(third.IsCompleted);
        second.Dispose();
        await third;
    }

    [Fact]
    public async Task Dispose_EarlierOfTwoLeasesOfOneRun_GivesItsPermitAndLeavesTheOtherToBeFound()
    {
        var limiter = Of(places: 2);
        var earlier = await limiter.AcquireAsync("run", urgent: false, _never);
        using var later = await limiter.AcquireAsync("run", urgent: false, _never);

        earlier.Dispose();

        Assert.Same(later, limiter.Find("run"));
        using var other = await AcquireAsync(limiter);
        Assert.False(AcquireAsync(limiter).IsCompleted);
    }

    [Fact]
    public async Task LendDuring_LongWait_LendsThePermitAfterASecond()
    {
        var limiter = Of(places: 1);
        using var blocked = await AcquireAsync(limiter);
        var other = AcquireAsync(limiter);
        var wait = new TaskCompletionSource<int>();
        var lending = blocked.LendDuringAsync(wait.Task, () => _callGear);

        _time.Advance(TimeSpan.FromSeconds(0.9));
        Assert.False(other.IsCompleted);
        _time.Advance(TimeSpan.FromSeconds(0.1));
        using var lent = await other;
        Assert.Equal(_callGear, blocked.WaitsFor);

        wait.SetResult(7);
        Assert.Equal(7, await lending);
        Assert.Null(blocked.WaitsFor);
    }

    [Fact]
    public async Task Lend_MoreThanMayWaitAside_KeepsThePlace()
    {
        var limiter = Of(places: 2, aside: 1);
        var first = await AcquireAsync(limiter);
        var second = await AcquireAsync(limiter);
        using var lent = first.Lend(_callGear);
        using var kept = second.Lend(_callGear);

        await AcquireAsync(limiter);

        Assert.False(AcquireAsync(limiter).IsCompleted);
    }

    [Fact]
    public async Task IsLineFull_WithAsManyScheduledRunsAsMayWait_AndNoUrgentOnes()
    {
        var limiter = Of(places: 1, waiting: 2);
        var first = await AcquireAsync(limiter);
        var urgent = AcquireAsync(limiter, urgent: true);
        var scheduled = AcquireAsync(limiter);
        Assert.False(limiter.IsLineFull);

        _ = AcquireAsync(limiter);
        Assert.True(limiter.IsLineFull);
        var room = limiter.WhenLineHasRoomAsync();

        first.Dispose();
        Assert.False(scheduled.IsCompleted);
        Assert.False(room.IsCompleted);
        (await urgent).Dispose();
        await scheduled;
        await room;
    }

    private RunLimiter Of(int places, int atStart = 16, int aside = 32, int waiting = 500) => new(
        Options.Create(new ImportOptions
        {
            RunsPerSilo = places,
            RunsAtStart = atStart,
            RunsAside = aside,
            ScheduledRunsWaiting = waiting,
        }), _database, _time);

    private Task<RunLease> AcquireAsync(RunLimiter limiter, bool urgent = false) => limiter.AcquireAsync($"run {_runs++}", urgent, _never);
}
