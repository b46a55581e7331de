using Microsoft.Extensions.Time.Testing;
using OrleansSync.Grains.Admission;

namespace OrleansSync.Grains.Tests.Admission;

public sealed class TimeAllowanceTests
{
    private readonly FakeTimeProvider _time = new();

    [Fact]
    public void Remaining_NothingSpent_TimeCostsNothing()
    {
        var allowance = new TimeAllowance(TimeSpan.FromSeconds(60), _time);

        _time.Advance(TimeSpan.FromHours(1));

        Assert.Equal(TimeSpan.FromSeconds(60), allowance.Remaining);
    }

    [Fact]
    public void Remaining_TwoSpendAtOnce_TimeCountsOnce()
    {
        var allowance = new TimeAllowance(TimeSpan.FromSeconds(60), _time);
        using (allowance.Spend())
        {
            _time.Advance(TimeSpan.FromSeconds(10));
            using (allowance.Spend())
            {
                _time.Advance(TimeSpan.FromSeconds(10));
            }

            Assert.Equal(TimeSpan.FromSeconds(40), allowance.Remaining);
        }

        _time.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal(TimeSpan.FromSeconds(40), allowance.Remaining);
    }

    [Fact]
    public void Remaining_SpendingIsForgiven_ItCostsNothing()
    {
        var allowance = new TimeAllowance(TimeSpan.FromSeconds(60), _time);
        using (var spending = allowance.Spend())
        {
            _time.Advance(TimeSpan.FromSeconds(10));
            spending.Forgive();
        }

        Assert.Equal(TimeSpan.FromSeconds(60), allowance.Remaining);
    }

    [Fact]
    public void Remaining_OneOfTwoIsForgiven_TheOthersTimeCounts()
    {
        var allowance = new TimeAllowance(TimeSpan.FromSeconds(60), _time);
        using (var spending = allowance.Spend())
        {
            using (allowance.Spend())
            {
                _time.Advance(TimeSpan.FromSeconds(10));
            }

            spending.Forgive();
        }

        Assert.Equal(TimeSpan.FromSeconds(50), allowance.Remaining);
    }

    [Fact]
    public void Remaining_MoreSpentThanThereWas_IsZero()
    {
        var allowance = new TimeAllowance(TimeSpan.FromSeconds(5), _time);
        using var spending = allowance.Spend();

        _time.Advance(TimeSpan.FromSeconds(6));

        Assert.Equal(TimeSpan.Zero, allowance.Remaining);
    }
}
