using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using OrleansSync.Grains.Interfaces;
using OrleansSync.Grains.Portals;

namespace OrleansSync.Grains.Tests.Portals;

public sealed class RunAdmissionTests
{
    private static readonly CancellationToken _never = CancellationToken.None;
    private readonly FakeTimeProvider _time = new();
    private readonly DatabaseCondition _database;
    private int _runs;

    public RunAdmissionTests() => _database = new DatabaseCondition(_time);

    [Fact]
    public async Task Enter_WhenFull_WaitsUntilSomebodyLeaves()
    {
        var admission = Of(places: 1);
        var first = await EnterAsync(admission);
        var second = EnterAsync(admission);
        Assert.False(second.IsCompleted);

        first.Dispose();
        first.Dispose();

        using var place = await second;
        Assert.False(EnterAsync(admission).IsCompleted);
    }

    [Fact]
    public async Task Enter_Urgent_GoesBeforeThoseThatCameEarlier()
    {
        var admission = Of(places: 1);
        var first = await EnterAsync(admission);
        var scheduled = EnterAsync(admission);
        var manual = EnterAsync(admission, urgent: true);

        first.Dispose();

        using (await manual)
        {
            Assert.False(scheduled.IsCompleted);
        }

        using var last = await scheduled;
    }

    [Fact]
    public async Task Enter_Cancelled_LosesNoPlace()
    {
        var admission = Of(places: 1);
        var first = await EnterAsync(admission);
        using var cancellation = new CancellationTokenSource();
        var waiting = admission.EnterAsync("cancelled", urgent: false, cancellation.Token);
        await cancellation.CancelAsync();
        await Assert.ThrowsAsync<TaskCanceledException>(() => waiting);

        first.Dispose();

        using var place = await EnterAsync(admission);
    }

    [Fact]
    public async Task Promote_RunInTheScheduledLine_GoesBeforeThoseThatCameEarlier()
    {
        var admission = Of(places: 1);
        var first = await EnterAsync(admission);
        var earlier = EnterAsync(admission);
        var joined = admission.EnterAsync("joined", urgent: false, _never);

        admission.Promote("joined");
        first.Dispose();

        using var place = await joined;
        Assert.False(earlier.IsCompleted);
    }

    [Fact]
    public async Task Enter_ScheduledAfterAStart_GrowsByOneWithEachRunThatEnds()
    {
        var admission = Of(places: 4, atStart: 1);
        var first = await EnterAsync(admission);
        Task<RunPlace>[] waiting = [EnterAsync(admission), EnterAsync(admission), EnterAsync(admission)];
        Assert.Equal(0, waiting.Count(run => run.IsCompleted));

        first.Dispose();

        await Task.WhenAll(waiting[0], waiting[1]);
        Assert.False(waiting[2].IsCompleted);
    }

    [Fact]
    public async Task Enter_ScheduledAfterAStart_GrowsByOneWithEachInterval()
    {
        var admission = Of(places: 4, atStart: 1);
        _ = await EnterAsync(admission);
        Task<RunPlace>[] waiting = [EnterAsync(admission), EnterAsync(admission)];

        _time.Advance(TimeSpan.FromSeconds(9.9));
        Assert.False(waiting[0].IsCompleted);
        _time.Advance(TimeSpan.FromSeconds(0.1));
        await waiting[0];
        Assert.False(waiting[1].IsCompleted);
        _time.Advance(TimeSpan.FromSeconds(10));
        await waiting[1];
    }

    [Fact]
    public async Task Enter_UrgentAfterAStart_IsNotHeldUp()
    {
        var admission = Of(places: 3, atStart: 1);
        _ = await EnterAsync(admission);
        Assert.False(EnterAsync(admission).IsCompleted);

        _ = await EnterAsync(admission, urgent: true);
        _ = await EnterAsync(admission, urgent: true);

        Assert.False(EnterAsync(admission, urgent: true).IsCompleted);
    }

    [Fact]
    public async Task Enter_WhileTheDatabaseIsAway_WaitsForIt_AndStartsSlowly()
    {
        var admission = Of(places: 4, atStart: 1);
        Assert.True(_database.ReportAway("away"));
        Task<RunPlace>[] waiting = [EnterAsync(admission), EnterAsync(admission)];
        var urgent = EnterAsync(admission, urgent: true);
        Assert.False(urgent.IsCompleted);

        Assert.NotNull(_database.ReportBack());

        await urgent;
        await waiting[0];
        Assert.False(waiting[1].IsCompleted);
    }

    [Fact]
    public async Task Lend_WhileARunWaits_LetsAnotherBegin_AndItsEndGivesNoSecondPlace()
    {
        var admission = Of(places: 1);
        var blocked = await admission.EnterAsync("blocked", urgent: false, _never);
        var other = EnterAsync(admission);
        var last = EnterAsync(admission);

        using (admission.Find("blocked")!.Lend())
        {
            using (admission.Find("blocked")!.Lend())
            {
                await other;
            }

            Assert.False(last.IsCompleted);
            (await other).Dispose();
            (await last).Dispose();
        }

        // Taken back by the loan's end.
        var next = EnterAsync(admission);
        Assert.False(next.IsCompleted);
        blocked.Dispose();
        await next;
        Assert.Null(admission.Find("blocked"));
        Assert.False(EnterAsync(admission).IsCompleted);
    }

    [Fact]
    public async Task Lend_RunThatEndsMeanwhile_GivesItsPlaceOnce()
    {
        var admission = Of(places: 1);
        var blocked = await admission.EnterAsync("blocked", urgent: false, _never);
        var loan = blocked.Lend();

        var second = await EnterAsync(admission);
        blocked.Dispose();
        loan.Dispose();

        var third = EnterAsync(admission);
        Assert.False(third.IsCompleted);
        second.Dispose();
        await third;
    }

    [Fact]
    public async Task Lend_MoreThanMayWaitAside_KeepsThePlace()
    {
        var admission = Of(places: 2, aside: 1);
        var first = await EnterAsync(admission);
        var second = await EnterAsync(admission);
        using var lent = first.Lend();
        using var kept = second.Lend();

        await EnterAsync(admission);

        Assert.False(EnterAsync(admission).IsCompleted);
    }

    [Fact]
    public async Task IsLineFull_WithAsManyScheduledRunsAsMayWait_AndNoUrgentOnes()
    {
        var admission = Of(places: 1, waiting: 2);
        var moved = 0;
        admission.LineMoved += () => moved++;
        var first = await EnterAsync(admission);
        _ = EnterAsync(admission, urgent: true);
        var scheduled = EnterAsync(admission);
        Assert.False(admission.IsLineFull);

        _ = EnterAsync(admission);
        Assert.True(admission.IsLineFull);
        Assert.Equal(0, moved);

        first.Dispose();
        Assert.Equal(1, moved);
        Assert.False(scheduled.IsCompleted);
    }

    private RunAdmission Of(int places, int atStart = 16, int aside = 32, int waiting = 500) => new(
        Options.Create(new ImportOptions { RunsPerSilo = places, RunsAtStart = atStart, RunsAside = aside, ScheduledRunsWaiting = waiting }), _database, _time);

    private Task<RunPlace> EnterAsync(RunAdmission admission, bool urgent = false) => admission.EnterAsync($"run {_runs++}", urgent, _never);
}
