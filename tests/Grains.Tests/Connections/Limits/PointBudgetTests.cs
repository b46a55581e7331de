using CsCheck;
using Microsoft.Extensions.Time.Testing;
using OrleansSync.CallGear.Responses;
using OrleansSync.Grains.Connections.Limits;

namespace OrleansSync.Grains.Tests.Connections.Limits;

public sealed class PointBudgetTests
{
    private readonly FakeTimeProvider _time = new();

    [Fact]
    public void UntilPermit_NothingToldYet_IsZero() => Assert.Equal(TimeSpan.Zero, new PointBudget(_time).UntilPermit(1000));

    [Fact]
    public void TryTake_ThreePointsTold_TakesThreeAndThenWaitsForTheMinute()
    {
        var budget = Told(Minute(left: 3, reset: 20));

        Assert.Equal(3, Take(budget, 10));
        Assert.Equal(TimeSpan.FromSeconds(21), budget.UntilPermit(0));
    }

    [Fact]
    public void TryTake_MinuteIsOver_TakesThePointsOfTheNext()
    {
        var budget = Told(Minute(left: 0, reset: 20));

        _time.Advance(TimeSpan.FromSeconds(21));

        Assert.Equal(10, Take(budget, 20));
    }

    [Fact]
    public void TryTake_DayHasFewerPointsThanTheMinute_DayDecides()
    {
        var budget = Told(Minute(left: 5, reset: 20) with { DayLimit = 100, DayRemaining = 1, DayReset = TimeSpan.FromHours(3) });

        Assert.Equal(1, Take(budget, 10));
        Assert.Equal(TimeSpan.FromHours(3) + TimeSpan.FromSeconds(1), budget.UntilPermit(0));
    }

    [Fact]
    public void Settle_RequestWasRefused_ItsPointIsThereAgain()
    {
        var budget = Told(Minute(left: 1, reset: 20));
        Assert.True(budget.TryTake(urgent: false));

        budget.Settle(PointUse.Kept, null, TimeSpan.Zero);

        Assert.True(budget.TryTake(urgent: false));
    }

    [Fact]
    public void Settle_OutcomeUnknown_ItsPointIsNotCountedOn()
    {
        var budget = Told(Minute(left: 1, reset: 20));
        Assert.True(budget.TryTake(urgent: false));

        budget.Settle(PointUse.Unsure, null, TimeSpan.Zero);

        Assert.False(budget.TryTake(urgent: false));
    }

    [Fact]
    public void Settle_SomebodyElseUsesPointsToo_LowerCountIsBelieved()
    {
        var budget = Told(Minute(left: 8, reset: 20));
        Assert.True(budget.TryTake(urgent: false));

        budget.Settle(PointUse.Spent, Minute(left: 2, reset: 20), TimeSpan.Zero);

        Assert.Equal(2, Take(budget, 10));
    }

    [Fact]
    public void Settle_AnswersOvertakeEachOther_LowestCountStands()
    {
        var budget = Told(Minute(left: 5, reset: 20));
        Assert.Equal(2, Take(budget, 2));

        budget.Settle(PointUse.Spent, Minute(left: 3, reset: 20), TimeSpan.Zero);
        budget.Settle(PointUse.Spent, Minute(left: 4, reset: 20), TimeSpan.Zero);

        Assert.Equal(3, Take(budget, 10));
    }

    [Fact]
    public void Settle_AnswerOfTheMinuteBeforeComesLate_DoesNotEmptyTheNewOne()
    {
        var budget = Told(Minute(left: 1, reset: 20));
        Assert.True(budget.TryTake(urgent: false));
        _time.Advance(TimeSpan.FromSeconds(21.5));
        Assert.Equal(TimeSpan.Zero, budget.UntilPermit(0));

        budget.Settle(PointUse.Spent, Minute(left: 0, reset: 1), TimeSpan.FromSeconds(21.5));

        Assert.Equal(9, Take(budget, 20));
    }

    [Fact]
    public void Block_VendorSaysHowLong_WaitsASecondLonger()
    {
        var budget = new PointBudget(_time);

        budget.Block(TimeSpan.FromSeconds(45));

        Assert.Equal(TimeSpan.FromSeconds(46), budget.UntilPermit(0));
    }

    [Fact]
    public void UntilPermit_MoreWaitThanAMinuteHasPoints_LaterOnesWaitAnotherMinute()
    {
        var budget = Told(Minute(left: 0, reset: 20));

        Assert.Equal(TimeSpan.FromSeconds(21), budget.UntilPermit(9));
        Assert.Equal(TimeSpan.FromSeconds(81), budget.UntilPermit(10));
    }

    [Fact]
    public void TryTake_AnyOrderOfRequestsAndAnswers_VendorNeverRefuses() =>
        Gen.Select(Gen.Int[1, 30], Gen.Int[30, 60], Gen.Select(Gen.Int[0, 9], Gen.Int[0, 40_000], Gen.Int[0, 1000]).Array[1, 300])
            .Sample((minuteLimit, dayLimit, steps) =>
            {
                var time = new FakeTimeProvider();
                var vendor = new VendorPoints(minuteLimit, dayLimit, time);
                var budget = new PointBudget(time);
                var sent = new List<DateTimeOffset>();
                var processed = new List<(DateTimeOffset SentAt, CallGearLimits Told)>();
                Assert.True(budget.TryTake(urgent: false));
                budget.Settle(PointUse.Spent, vendor.Serve(), TimeSpan.Zero);
                foreach (var (what, milliseconds, which) in steps)
                {
                    switch (what)
                    {
                        case <= 4 when budget.TryTake(urgent: false):
                            sent.Add(time.GetUtcNow());
                            break;
                        case 5 or 6 when sent.Count > 0:
                            var request = sent[which % sent.Count];
                            sent.Remove(request);
                            if (vendor.Serve() is not { } told)
                            {
                                return false;
                            }

                            processed.Add((request, told));
                            break;
                        case 7 or 8 when processed.Count > 0:
                            var answer = processed[which % processed.Count];
                            processed.Remove(answer);
                            budget.Settle(PointUse.Spent, answer.Told, time.GetUtcNow() - answer.SentAt);
                            break;
                        case 9:
                            time.Advance(TimeSpan.FromMilliseconds(milliseconds));
                            break;
                    }
                }

                return true;
            });

    private PointBudget Told(CallGearLimits limits)
    {
        var budget = new PointBudget(_time);
        Assert.True(budget.TryTake(urgent: false));
        budget.Settle(PointUse.Spent, limits, TimeSpan.Zero);
        return budget;
    }

    private static CallGearLimits Minute(long left, int reset) =>
        new() { MinuteLimit = 10, MinuteRemaining = left, MinuteReset = TimeSpan.FromSeconds(reset) };

    private static int Take(PointBudget budget, int most)
    {
        var taken = 0;
        while (taken < most && budget.TryTake(urgent: false))
        {
            taken++;
        }

        return taken;
    }

    /// <summary>The vendor's points as they are documented, by the minute and day of the clock.</summary>
    private sealed class VendorPoints(int minuteLimit, int dayLimit, FakeTimeProvider time)
    {
        private (long Window, int Used) _minute;
        private (long Window, int Used) _day;

        /// <summary>Serves a request and tells the limits; null when it has to be refused.</summary>
        public CallGearLimits? Serve()
        {
            var now = time.GetUtcNow().ToUnixTimeSeconds();
            _minute = _minute.Window == now / 60 ? _minute : (now / 60, 0);
            _day = _day.Window == now / 86_400 ? _day : (now / 86_400, 0);
            return ++_minute.Used > minuteLimit || ++_day.Used > dayLimit ? null : new CallGearLimits
            {
                MinuteLimit = minuteLimit,
                MinuteRemaining = minuteLimit - _minute.Used,
                MinuteReset = TimeSpan.FromSeconds(60 - (now % 60)),
                DayLimit = dayLimit,
                DayRemaining = dayLimit - _day.Used,
                DayReset = TimeSpan.FromSeconds(86_400 - (now % 86_400)),
            };
        }
    }
}
