using Microsoft.Extensions.Time.Testing;
using OrleansSync.Grains.Admission;
using OrleansSync.Grains.Connections.Limits;

namespace OrleansSync.Grains.Tests.Admission;

public sealed class PriorityLimiterTests
{
    private static readonly TimeSpan _patience = TimeSpan.FromMinutes(1);

    private readonly FakeTimeProvider _time = new();
    private readonly LeakyBucket _full;
    private readonly PriorityLimiter _limiter;

    public PriorityLimiterTests()
    {
        _full = new LeakyBucket(1, 10, 10, _time);
        _limiter = new PriorityLimiter(_full, _time);
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Acquire_Permit_IsGrantedAtOnce()
    {
        _time.Advance(TimeSpan.FromSeconds(1));

        Assert.True(await _limiter.AcquireAsync(false, TimeSpan.Zero, Token));
    }

    [Fact]
    public async Task Acquire_Full_IsGrantedWhenThereIsAPermit()
    {
        var entering = _limiter.AcquireAsync(false, _patience, Token);
        Assert.False(entering.IsCompleted);

        _time.Advance(TimeSpan.FromSeconds(1));

        Assert.True(await entering);
    }

    [Fact]
    public async Task Acquire_UrgentComesLater_IsServedFirstAndTheOthersInTheirOrder()
    {
        Task<bool> first =
            Acquire(urgent: false), second = Acquire(urgent: false), urgent = Acquire(urgent: true), urgentToo = Acquire(urgent: true);

        foreach (var next in (Task<bool>[])[urgent, urgentToo, first, second])
        {
            Assert.False(next.IsCompleted);
            _time.Advance(TimeSpan.FromSeconds(1));
            Assert.True(await next);
        }

        Task<bool> Acquire(bool urgent) => _limiter.AcquireAsync(urgent, _patience, Token);
    }

    [Fact]
    public async Task Acquire_WaitWouldBeLongerThanPatience_IsRefusedAtOnce()
    {
        _ = _limiter.AcquireAsync(false, _patience, Token);

        Assert.False(await _limiter.AcquireAsync(false, TimeSpan.FromSeconds(1.9), Token));
    }

    [Fact]
    public async Task Acquire_UrgentOnesPushPatienceOut_IsRefusedAsSoonAsThatIsKnown()
    {
        var waiting = _limiter.AcquireAsync(false, TimeSpan.FromSeconds(1.5), Token);

        _ = _limiter.AcquireAsync(true, _patience, Token);

        Assert.False(await waiting);
    }

    [Fact]
    public async Task Acquire_Cancelled_LeavesTheLineToTheNext()
    {
        using var leaving = new CancellationTokenSource();
        var first = _limiter.AcquireAsync(false, _patience, leaving.Token);
        var second = _limiter.AcquireAsync(false, _patience, Token);

        await leaving.CancelAsync();
        _time.Advance(TimeSpan.FromSeconds(1));

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
        Assert.True(await second);
    }

    [Fact]
    public async Task Acquire_CancelledBefore_TakesNothing()
    {
        _time.Advance(TimeSpan.FromSeconds(1));

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => _limiter.AcquireAsync(false, _patience, new CancellationToken(true)));

        Assert.True(_full.TryTake(urgent: false));
    }

    [Fact]
    public async Task Change_BlockedForLongerThanPatience_RequestsThatWaitAreRefused()
    {
        var waiting = _limiter.AcquireAsync(false, _patience, Token);

        _limiter.Change(() => _full.Block(TimeSpan.FromMinutes(5)));

        Assert.False(await waiting);
    }

    [Fact]
    public async Task Change_PermitGivenBack_NextIsGranted()
    {
        var concurrency = new ConcurrencyLimit(1);
        var limiter = new PriorityLimiter(concurrency, _time);
        Assert.True(await limiter.AcquireAsync(false, Timeout.InfiniteTimeSpan, Token));
        var waiting = limiter.AcquireAsync(false, Timeout.InfiniteTimeSpan, Token);
        _time.Advance(TimeSpan.FromDays(3));
        Assert.False(waiting.IsCompleted);

        limiter.Change(concurrency.Give);

        Assert.True(await waiting);
    }

    [Fact]
    public async Task Acquire_PermitComesAboutBetweenTwoLooks_IsGrantedSoon()
    {
        var limiter = new PriorityLimiter(new OpeningLimit(), _time);
        var entering = limiter.AcquireAsync(false, _patience, Token);

        _time.Advance(OpeningLimit.Wait);

        Assert.True(await entering.WaitAsync(TimeSpan.FromSeconds(10), Token));
    }

    /// <summary>
    /// Has no permit when it is first tried, and is free when it is asked next, as a limit is on a machine that is busy in between.
    /// </summary>
    private sealed class OpeningLimit : ILimit
    {
        public static readonly TimeSpan Wait = TimeSpan.FromMilliseconds(1);

        private bool _isOpen;

        public TimeSpan UntilPermit(int ahead) => _isOpen ? TimeSpan.Zero : Wait;

        public bool TryTake(bool urgent)
        {
            var wasOpen = _isOpen;
            _isOpen = true;
            return wasOpen;
        }
    }
}
