using Microsoft.Extensions.Time.Testing;
using OrleansSync.Grains.Connections;

namespace OrleansSync.Grains.Tests.Connections;

public sealed class AdmissionLineTests
{
    private static readonly TimeSpan _patience = TimeSpan.FromMinutes(1);

    private readonly FakeTimeProvider _time = new();
    private readonly LeakyBucket _full;
    private readonly AdmissionLine _line;

    public AdmissionLineTests()
    {
        _full = new LeakyBucket(1, 10, 10, _time);
        _line = new AdmissionLine(_full, _time);
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Enter_Room_IsAdmittedAtOnce()
    {
        _time.Advance(TimeSpan.FromSeconds(1));

        Assert.True(await _line.EnterAsync(false, TimeSpan.Zero, Token));
    }

    [Fact]
    public async Task Enter_Full_IsAdmittedWhenThereIsRoom()
    {
        var entering = _line.EnterAsync(false, _patience, Token);
        Assert.False(entering.IsCompleted);

        _time.Advance(TimeSpan.FromSeconds(1));

        Assert.True(await entering);
    }

    [Fact]
    public async Task Enter_UrgentComesLater_IsServedFirstAndTheOthersInTheirOrder()
    {
        Task<bool> first = Enter(urgent: false), second = Enter(urgent: false), urgent = Enter(urgent: true), urgentToo = Enter(urgent: true);

        foreach (var next in (Task<bool>[])[urgent, urgentToo, first, second])
        {
            Assert.False(next.IsCompleted);
            _time.Advance(TimeSpan.FromSeconds(1));
            Assert.True(await next);
        }

        Task<bool> Enter(bool urgent) => _line.EnterAsync(urgent, _patience, Token);
    }

    [Fact]
    public async Task Enter_WaitWouldBeLongerThanPatience_IsSentAwayAtOnce()
    {
        _ = _line.EnterAsync(false, _patience, Token);

        Assert.False(await _line.EnterAsync(false, TimeSpan.FromSeconds(1.9), Token));
    }

    [Fact]
    public async Task Enter_UrgentOnesPushPatienceOut_IsSentAwayAsSoonAsThatIsKnown()
    {
        var waiting = _line.EnterAsync(false, TimeSpan.FromSeconds(1.5), Token);

        _ = _line.EnterAsync(true, _patience, Token);

        Assert.False(await waiting);
    }

    [Fact]
    public async Task Enter_Cancelled_LeavesTheLineToTheNext()
    {
        using var leaving = new CancellationTokenSource();
        var first = _line.EnterAsync(false, _patience, leaving.Token);
        var second = _line.EnterAsync(false, _patience, Token);

        await leaving.CancelAsync();
        _time.Advance(TimeSpan.FromSeconds(1));

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
        Assert.True(await second);
    }

    [Fact]
    public async Task Enter_CancelledBefore_TakesNothing()
    {
        _time.Advance(TimeSpan.FromSeconds(1));

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => _line.EnterAsync(false, _patience, new CancellationToken(true)));

        Assert.True(_full.TryTake());
    }

    [Fact]
    public async Task Change_BlockedForLongerThanPatience_WaitersAreSentAway()
    {
        var waiting = _line.EnterAsync(false, _patience, Token);

        _line.Change(() => _full.Block(TimeSpan.FromMinutes(5)));

        Assert.False(await waiting);
    }

    [Fact]
    public async Task Change_SlotGivenBack_NextIsAdmitted()
    {
        var slots = new Slots(1);
        var line = new AdmissionLine(slots, _time);
        Assert.True(await line.EnterAsync(false, Timeout.InfiniteTimeSpan, Token));
        var waiting = line.EnterAsync(false, Timeout.InfiniteTimeSpan, Token);
        _time.Advance(TimeSpan.FromDays(3));
        Assert.False(waiting.IsCompleted);

        line.Change(slots.Give);

        Assert.True(await waiting);
    }

    [Fact]
    public async Task Enter_RoomComesAboutBetweenTwoLooks_IsAdmittedSoon()
    {
        var line = new AdmissionLine(new OpeningRoom(), _time);
        var entering = line.EnterAsync(false, _patience, Token);

        _time.Advance(OpeningRoom.Wait);

        Assert.True(await entering.WaitAsync(TimeSpan.FromSeconds(10), Token));
    }

    /// <summary>Has no room when it is first tried, and is free when it is asked next, as a limit is on a machine that is busy in between.</summary>
    private sealed class OpeningRoom : IRoom
    {
        public static readonly TimeSpan Wait = TimeSpan.FromMilliseconds(1);

        private bool _isOpen;

        public TimeSpan UntilRoom(int ahead) => _isOpen ? TimeSpan.Zero : Wait;

        public bool TryTake()
        {
            var wasOpen = _isOpen;
            _isOpen = true;
            return wasOpen;
        }
    }
}
