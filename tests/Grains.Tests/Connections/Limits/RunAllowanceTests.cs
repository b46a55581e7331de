using Microsoft.Extensions.Time.Testing;
using OrleansSync.Grains.Connections;

namespace OrleansSync.Grains.Tests.Connections;

public sealed class RunAllowanceTests
{
    private readonly FakeTimeProvider _time = new();

    [Fact]
    public void Remaining_NothingSpent_TimeCostsNothing()
    {
        var allowance = new RunAllowance(TimeSpan.FromSeconds(60), _time);

        _time.Advance(TimeSpan.FromHours(1));

        Assert.Equal(TimeSpan.FromSeconds(60), allowance.Remaining);
    }

    [Fact]
    public void Remaining_TwoSpendAtOnce_TimeCountsOnce()
    {
        var allowance = new RunAllowance(TimeSpan.FromSeconds(60), _time);
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
    public void Remaining_MoreSpentThanThereWas_IsZero()
    {
        var allowance = new RunAllowance(TimeSpan.FromSeconds(5), _time);
        using var spending = allowance.Spend();

        _time.Advance(TimeSpan.FromSeconds(6));

        Assert.Equal(TimeSpan.Zero, allowance.Remaining);
    }

    [Fact]
    public void Of_SameRun_SharesOneAllowanceAndTheNextRunHasItsOwn()
    {
        var allowances = new RunAllowances(new ConnectionOptions(), _time);

        var one = allowances.Of("run-1");

        Assert.Same(one, allowances.Of("run-1"));
        Assert.NotSame(one, allowances.Of(null));
        Assert.Same(one, allowances.Of("run-1"));
        Assert.NotSame(one, allowances.Of("run-2"));
    }
}
