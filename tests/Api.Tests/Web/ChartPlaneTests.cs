using OrleansSync.Api.Web.Charts;

namespace OrleansSync.Api.Tests.Web;

/// <summary>The picture of a chart: how high a scale reaches, and what stands where.</summary>
public sealed class ChartPlaneTests
{
    [Fact]
    public void Scale_ForAnyNumber_IsTheNextOneWhoseThirdIsOneTwoOrFive()
    {
        int[] thirds = [.. from power in (int[])[1, 10, 100, 1_000, 10_000] from step in (int[])[1, 2, 5] select step * power];
        for (var number = 0; number <= 20_000; number += number < 200 ? 1 : 37)
        {
            var scale = ChartScale.For(number);

            var third = thirds.First(third => third * 3 >= number);
            Assert.Equal((number, third * 3), (number, scale.Highest));
            Assert.Equal([third * 3, third * 2, third, 0], scale.Marks);
        }
    }

    [Theory]
    [InlineData(0, 0.3)]
    [InlineData(0.01, 0.3)]
    [InlineData(0.31, 0.6)]
    [InlineData(0.7, 1.5)]
    [InlineData(1.6, 3)]
    [InlineData(81.5, 150)]
    public void Scale_ForAPartOfOne_HasThirdsDownToTheLeast(double number, double highest) =>
        Assert.Equal(highest, ChartScale.For(number, least: 0.1).Highest, precision: 9);

    [Fact]
    public void Line_WithValuesMissing_IsBrokenAndShowsAPointThatIsAlone() =>
        Assert.Equal("M80 100L240 50M560 0h80M880 100h80", new ChartPlane(6, new ChartScale(10)).Line([0, 5, null, 10, null, 0]));

    [Fact]
    public void Line_OfNothing_IsEmpty() => Assert.Equal("", new ChartPlane(2, new ChartScale(1)).Line([null, null]));

    [Fact]
    public void Area_OfValues_IsClosedAtTheFoot() =>
        Assert.Equal("M240 50L720 0V100H240z", new ChartPlane(2, new ChartScale(2)).Area([1, 2]));

    [Fact]
    public void Columns_OnOthers_StandAboveThem_AndLeaveNoTraceWhereTheyAreNone() =>
        Assert.Equal(
            "M72 80h336v19.2h-336zM552 40h336v39.2h-336z",
            new ChartPlane(2, new ChartScale(10)).Columns([(0, 2), (2, 4)]) + new ChartPlane(2, new ChartScale(10)).Columns([(1, 0)]));
}
