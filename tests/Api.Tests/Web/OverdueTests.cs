using OrleansSync.Api.Tests.Hosting;
using OrleansSync.Api.Web.Operation;

namespace OrleansSync.Api.Tests.Web;

public sealed class OverdueTests
{
    private static readonly TimeSpan _period = TimeSpan.FromMinutes(30);

    [Theory]
    [InlineData(45, false)]
    [InlineData(46, true)]
    public void Before_HalfAPeriodAfterARunWasDue_IsOverdue(int minutes, bool expected) =>
        Assert.Equal(expected, Samples.Noon.AddMinutes(-minutes) < Overdue.Before(Samples.Noon, _period));
}
