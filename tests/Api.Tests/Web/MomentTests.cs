using OrleansSync.Api.Tests.Hosting;
using OrleansSync.Api.Web.Times;
using OrleansSync.Grains.Interfaces.Runs;

namespace OrleansSync.Api.Tests.Web;

public sealed class MomentTests
{
    [Theory]
    [InlineData("en", 0, "0.0 s")]
    [InlineData("en", 1_240, "1.2 s")]
    [InlineData("en", 9_999, "9.9 s")]
    [InlineData("en", 10_000, "10 s")]
    [InlineData("en", 59_999, "59 s")]
    [InlineData("en", 60_000, "1 min 0 s")]
    [InlineData("en", 3_599_999, "59 min 59 s")]
    [InlineData("en", 3_600_000, "1 h 0 min")]
    [InlineData("en", 3_600_000_000, "1,000 h 0 min")]
    [InlineData("ru", 1_240, "1,2 с")]
    [InlineData("ru", 61_000, "1 мин 1 с")]
    [InlineData("ru", 3_660_000, "1 ч 1 мин")]
    public void LengthOf_ATime_HasTheUnitsThatMatterAndIsNeverRoundedUp(string language, long milliseconds, string expected) =>
        Assert.Equal(expected, Moment.LengthOf(TimeSpan.FromMilliseconds(milliseconds), WebTexts.In(language)));

    [Fact]
    public void LengthOf_ARun_IsADashUntilItHasEnded()
    {
        Assert.Equal("—", Moment.LengthOf(Samples.Run(status: RunStatus.Queued), WebTexts.In("en")));
        Assert.Equal("—", Moment.LengthOf(Samples.Run(status: RunStatus.Running), WebTexts.In("en")));
        Assert.Equal("1.0 s", Moment.LengthOf(Samples.Run(status: RunStatus.Succeeded), WebTexts.In("en")));
    }
}
