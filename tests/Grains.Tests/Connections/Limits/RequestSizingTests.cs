using CsCheck;
using OrleansSync.Grains.Connections.Limits;

namespace OrleansSync.Grains.Tests.Connections.Limits;

/// <summary>R8.11: what is asked for at a time follows what the vendor answers in time.</summary>
[Trait("Rule", "R8.11")]
public sealed class RequestSizingTests
{
    private static readonly TimeSpan _allowed = TimeSpan.FromSeconds(60);
    private static readonly DateTimeOffset _now = new(2026, 3, 1, 9, 0, 0, TimeSpan.Zero);
    private static readonly RequestSizing _sizing = new(least: 1, most: 50, _allowed);

    [Fact]
    public void Next_NothingKnown_IsTheMost() => Assert.Equal(50, _sizing.Next(null, _now));

    [Fact]
    public void TimedOut_TheLeastIsNext_ThenTwiceAsMuchUpToHalfOfWhatTimedOut()
    {
        RequestSize? known = _sizing.TimedOut(50, _now);
        var sizes = new List<int>();
        for (var request = 0; request < 7; request++)
        {
            sizes.Add(_sizing.Next(known, _now));
            known = _sizing.Answered(known, sizes[^1], TimeSpan.FromMilliseconds(100 * sizes[^1]), _now);
        }

        Assert.Equal([1, 2, 4, 8, 16, 25, 25], sizes);
    }

    [Fact]
    public void Answered_SlowPages_NeverAsksForMoreThanAThirdOfTheTimeAllowed()
    {
        RequestSize? known = _sizing.TimedOut(50, _now);
        var sizes = new List<int>();
        for (var request = 0; request < 6; request++)
        {
            sizes.Add(_sizing.Next(known, _now));
            known = _sizing.Answered(known, sizes[^1], TimeSpan.FromSeconds(1.5 * sizes[^1]), _now);
        }

        Assert.Equal([1, 2, 4, 8, 13, 13], sizes);
    }

    [Fact]
    public void Answered_NearlyTimedOut_GetsSmaller() =>
        Assert.Equal(20, _sizing.Next(_sizing.Answered(null, 50, TimeSpan.FromSeconds(50), _now), _now));

    [Fact]
    public void Answered_FewSlowPages_SaysThatManyWouldTimeOut() =>
        Assert.Equal(10, _sizing.Next(_sizing.Answered(null, 2, TimeSpan.FromSeconds(4), _now), _now));

    [Theory]
    [InlineData(50, 10)]
    [InlineData(1, 1)]
    [InlineData(3, 0)]
    public void Answered_QuickVendor_NothingIsToBeKept(int asked, double seconds) =>
        Assert.Null(_sizing.Answered(null, asked, TimeSpan.FromSeconds(seconds), _now));

    [Fact]
    public void TimedOut_NotEvenTheLeast_TheSizeIsNotTheReason()
    {
        var known = _sizing.TimedOut(_sizing.Next(_sizing.TimedOut(50, _now), _now), _now);

        Assert.Equal(new RequestSize { Size = 1 }, known);
    }

    [Fact]
    public void Next_ADayLater_MayAskForTwiceAsMuchAgain()
    {
        var known = new RequestSize { Size = 4, TooMuch = 8, TooMuchAt = _now };
        Assert.Equal(4, _sizing.Next(_sizing.Answered(known, 4, TimeSpan.FromSeconds(1), _now.AddHours(23)), _now.AddHours(23)));

        known = _sizing.Answered(known, 4, TimeSpan.FromSeconds(1), _now.AddHours(24))!;

        Assert.Equal(8, _sizing.Next(known, _now.AddHours(24)));
    }

    [Fact]
    public void Answered_LongAfterTheLastTimeOut_NothingIsKept()
    {
        var known = new RequestSize { Size = 40, TooMuch = 50, TooMuchAt = _now };

        Assert.Null(_sizing.Answered(known, 40, TimeSpan.FromSeconds(1), _now.AddDays(2)));
    }

    /// <summary>Whatever a vendor's speed and patience, as long as it answers the least in time: every list is read to its end.</summary>
    [Fact]
    public void Reading_AnySpeedAndPatience_EndsWithFewTimeOuts() =>
        Gen.Select(Gen.Double[0.01, 50], Gen.Double[1.01, 100], Gen.Int[1, 400]).Sample(static (perPage, factor, pages) =>
        {
            var patience = Math.Min(60, perPage * factor);
            RequestSize? known = null;
            var timeOuts = 0;
            for (var read = 0; read < pages;)
            {
                var asked = _sizing.Next(known, _now);
                Assert.InRange(asked, 1, 50);
                if (asked * perPage > patience)
                {
                    known = _sizing.TimedOut(asked, _now);

                    // Each time-out at least halves what is asked for on that day.
                    Assert.InRange(++timeOuts, 1, 6);
                }
                else
                {
                    known = _sizing.Answered(known, asked, TimeSpan.FromSeconds(asked * perPage), _now);
                    read += asked;
                }
            }
        });
}
