using Microsoft.Extensions.Time.Testing;
using OrleansSync.Api.Authorization;

namespace OrleansSync.Api.Tests.Authorization;

public sealed class OneTimeKeyTests
{
    private readonly FakeTimeProvider _time = new();
    private readonly OneTimeKey _key;

    public OneTimeKeyTests() => _key = new OneTimeKey(_time);

    [Fact]
    public void Redeem_TheKey_SucceedsOnce()
    {
        var issued = _key.Issue().Reveal();

        Assert.True(_key.Redeem(issued));
        Assert.False(_key.Redeem(issued));
    }

    [Fact]
    public void Redeem_ByManyAtOnce_SucceedsForOne()
    {
        var issued = _key.Issue().Reveal();
        var redeemed = 0;

        Parallel.For(0, 100, _ => Interlocked.Add(ref redeemed, _key.Redeem(issued) ? 1 : 0));

        Assert.Equal(1, redeemed);
    }

    [Theory]
    [InlineData(600, true)]
    [InlineData(601, false)]
    public void Redeem_WhenTimeHasPassed_SucceedsForTenMinutes(int seconds, bool isTaken)
    {
        var issued = _key.Issue().Reveal();
        _time.Advance(TimeSpan.FromSeconds(seconds));

        Assert.Equal(isTaken, _key.Redeem(issued));
    }

    [Fact]
    public void Redeem_AnotherText_FailsAndLeavesTheKey()
    {
        var issued = _key.Issue().Reveal();

        Assert.All(["", "x", issued[1..], issued + "x", issued.ToUpperInvariant()], wrong => Assert.False(_key.Redeem(wrong)));
        Assert.True(_key.Redeem(issued));
    }

    [Fact]
    public void Redeem_BeforeAnyWasMade_Fails() => Assert.False(_key.Redeem(""));

    [Fact]
    public void Issue_Again_EndsTheOneBefore()
    {
        var (first, second) = (_key.Issue().Reveal(), _key.Issue().Reveal());

        Assert.False(_key.Redeem(first));
        Assert.True(_key.Redeem(second));
        Assert.InRange(second.Length, 43, 43);
    }
}
