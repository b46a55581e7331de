using CsCheck;
using Microsoft.Extensions.Time.Testing;
using OrleansSync.Grains.Connections;
using OrleansSync.Grains.Connections.Limits;

namespace OrleansSync.Grains.Tests.Connections.Limits;

public sealed class LeakyBucketTests
{
    private static readonly ConnectionOptions _options = new();

    [Fact]
    public void TryTake_EmptyBucket_TakesItsCapacityAndNoMore()
    {
        var bucket = new LeakyBucket(2, 50, 0, new FakeTimeProvider());

        Assert.Equal(50, Take(bucket, 100));
        Assert.Equal(TimeSpan.FromSeconds(0.5), bucket.UntilPermit(0));
        Assert.Equal(TimeSpan.FromSeconds(2), bucket.UntilPermit(3));
    }

    [Fact]
    public void TryTake_HalfASecondAfterItWasFull_TakesOne()
    {
        var time = new FakeTimeProvider();
        var bucket = new LeakyBucket(2, 50, 50, time);

        time.Advance(TimeSpan.FromSeconds(0.5));

        Assert.Equal(1, Take(bucket, 10));
    }

    [Fact]
    public void TryTake_AnyPaceOfRequests_NeverMoreThanCapacityAndLeakInAnyStretch() =>
        Gen.Select(Gen.Double[0.5, 10], Gen.Int[1, 60], Gen.Int[0, 3000].Array[1, 200]).Sample((perSecond, capacity, pauses) =>
        {
            var time = new FakeTimeProvider();
            var bucket = new LeakyBucket(perSecond, capacity, 0, time);
            var taken = new List<double>();
            foreach (var pause in pauses)
            {
                time.Advance(TimeSpan.FromMilliseconds(pause));
                var now = (time.GetUtcNow() - time.Start).TotalSeconds;
                taken.AddRange(Enumerable.Repeat(now, Take(bucket, 5)));
            }

            return Enumerable.Range(0, taken.Count).All(first => Enumerable.Range(first, taken.Count - first)
                .All(last => last - first + 1 <= capacity + (perSecond * (taken[last] - taken[first])) + 1e-6));
        });

    [Fact]
    public void TryTake_ThrottlesThatFollowEachOtherAtAnyTime_VendorNeverRefuses() =>
        Gen.Select(Gen.Int[0, 60_000].Array[1, 6], Gen.Int[0, 5000].Array[1, 100]).Sample((lives, pauses) =>
        {
            var time = new FakeTimeProvider();
            var vendor = new VendorBucket(time);
            foreach (var life in lives)
            {
                var bucket = Default(time);
                var end = time.GetUtcNow() + TimeSpan.FromMilliseconds(life);
                foreach (var pause in pauses)
                {
                    if (Enumerable.Range(0, Take(bucket, 100)).Any(_ => !vendor.Accepts()))
                    {
                        return false;
                    }

                    time.Advance(TimeSpan.FromMilliseconds(pause));
                    if (time.GetUtcNow() >= end)
                    {
                        break;
                    }
                }
            }

            return true;
        });

    [Fact]
    public void Fill_RoomLeft_BucketCountsAsFullAndIsLeftAlone()
    {
        var time = new FakeTimeProvider();
        var bucket = new LeakyBucket(2, 50, 0, time);

        bucket.Fill();

        Assert.Equal(TimeSpan.FromSeconds(1), bucket.UntilPermit(0));
        time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(2, Take(bucket, 10));
    }

    [Fact]
    public void Fill_AgainAndAgain_EachWaitTwiceAsLongUpToHalfAMinute()
    {
        var time = new FakeTimeProvider();
        var bucket = new LeakyBucket(2, 50, 0, time);
        var waits = new List<double>();
        for (var refusal = 0; refusal < 7; refusal++)
        {
            bucket.Fill();
            waits.Add(bucket.UntilPermit(0).TotalSeconds);
            time.Advance(bucket.UntilPermit(0));
        }

        Assert.Equal([1, 2, 4, 8, 16, 30, 30], waits);
    }

    [Fact]
    public void Fill_SeveralRequestsWereUnderWay_CountsAsOneRefusal()
    {
        var bucket = new LeakyBucket(2, 50, 0, new FakeTimeProvider());

        bucket.Fill();
        bucket.Fill();
        bucket.Fill();

        Assert.Equal(TimeSpan.FromSeconds(1), bucket.UntilPermit(0));
    }

    [Fact]
    public void Fill_AfterAQuietTime_StartsWithTheShortWait()
    {
        var time = new FakeTimeProvider();
        var bucket = new LeakyBucket(2, 50, 0, time);
        bucket.Fill();
        time.Advance(TimeSpan.FromSeconds(1));
        bucket.Fill();

        time.Advance(TimeSpan.FromMinutes(3));
        bucket.Fill();

        Assert.Equal(TimeSpan.FromSeconds(1), bucket.UntilPermit(0));
    }

    [Fact]
    public void Block_TimeBeyondTheVendorsWindow_IsCutToTenMinutes()
    {
        var bucket = new LeakyBucket(2, 50, 0, new FakeTimeProvider());

        bucket.Block(TimeSpan.FromDays(365));

        Assert.Equal(TimeSpan.FromMinutes(10), bucket.UntilPermit(0));
    }

    [Fact]
    public void Block_ShorterThanTheOneThatIs_ChangesNothing()
    {
        var bucket = new LeakyBucket(2, 50, 0, new FakeTimeProvider());
        bucket.Block(TimeSpan.FromSeconds(60));

        bucket.Block(TimeSpan.FromSeconds(5));

        Assert.Equal(TimeSpan.FromSeconds(60), bucket.UntilPermit(0));
    }

    private static LeakyBucket Default(TimeProvider time) =>
        new(_options.PortalRequestsPerSecond, _options.PortalCapacity, _options.PortalInitialLevel, time);

    private static int Take(LeakyBucket bucket, int most)
    {
        var taken = 0;
        while (taken < most && bucket.TryTake(urgent: false))
        {
            taken++;
        }

        return taken;
    }

    /// <summary>The vendor's bucket as it is documented: leaks 2 a second and refuses what would go above 50.</summary>
    private sealed class VendorBucket(FakeTimeProvider time)
    {
        private double _level;
        private DateTimeOffset _at = time.GetUtcNow();

        public bool Accepts()
        {
            var now = time.GetUtcNow();
            _level = Math.Max(0, _level - (2 * (now - _at).TotalSeconds));
            _at = now;
            return ++_level <= 50 + 1e-6;
        }
    }
}
