using OrleansSync.Grains.Portals;

namespace OrleansSync.Grains.Tests.Portals;

[Trait("Rule", "R8.9")]
public sealed class SuspensionTests
{
    [Fact]
    public void After_EachRejection_WaitsOneThreeSixTwelveHoursThenADay()
    {
        var now = DateTimeOffset.UnixEpoch;
        var waits = new List<double>();
        Suspension? suspension = null;
        for (var rejection = 0; rejection < 7; rejection++)
        {
            suspension = Suspension.After(suspension, now);
            waits.Add((suspension.Until - now).TotalHours);
        }

        Assert.Equal([1, 3, 6, 12, 24, 24, 24], waits);
    }
}
