using Microsoft.Extensions.Time.Testing;
using OrleansSync.Grains.Interfaces.Rows;

namespace OrleansSync.Grains.Tests.Storage;

public sealed class DatabaseConditionTests
{
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 3, 2, 8, 0, 0, TimeSpan.Zero));
    private readonly DatabaseCondition _condition;

    public DatabaseConditionTests() => _condition = new DatabaseCondition(_time);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public void ReportAway_Twice_KeepsTheTimeAndTakesTheLatestReason()
    {
        Assert.True(_condition.ReportAway("no answer"));
        _time.Advance(TimeSpan.FromMinutes(1));
        Assert.False(_condition.ReportAway("full"));

        Assert.Equal(new DatabaseOutage(new DateTimeOffset(2026, 3, 2, 8, 0, 0, TimeSpan.Zero), "full"), _condition.Outage);
    }

    [Fact]
    public void ReportBack_AnswersTheOutageOnce()
    {
        _condition.ReportAway("no answer");

        Assert.Equal("no answer", _condition.ReportBack()?.Problem);
        Assert.Null(_condition.ReportBack());
        Assert.Null(_condition.Outage);
    }

    [Fact]
    public async Task Waits_EndWithEveryOutageAnew()
    {
        for (var outage = 0; outage < 2; outage++)
        {
            var away = _condition.WhenAwayAsync(Token);
            Assert.True(_condition.WhenBackAsync(Token).IsCompletedSuccessfully);
            Assert.False(away.IsCompleted);

            _condition.ReportAway("no answer");
            await away;
            var back = _condition.WhenBackAsync(Token);
            Assert.True(_condition.WhenAwayAsync(Token).IsCompletedSuccessfully);
            Assert.False(back.IsCompleted);

            _condition.ReportBack();
            await back;
        }
    }

    [Fact]
    public async Task WaitForDoubt_EndsWithADoubt_OrWithTheTime()
    {
        _condition.Doubt();
        _condition.Doubt();
        Assert.True(await _condition.WaitForDoubtAsync(TimeSpan.FromSeconds(10), Token));

        var doubted = _condition.WaitForDoubtAsync(TimeSpan.FromSeconds(10), Token);
        _condition.Doubt();
        Assert.True(await doubted);

        var quiet = _condition.WaitForDoubtAsync(TimeSpan.FromSeconds(10), Token);
        Assert.False(quiet.IsCompleted);
        _time.Advance(TimeSpan.FromSeconds(10));
        Assert.False(await quiet);
    }
}
