using OrleansSync.Sandbox.Faults;
using OrleansSync.Sandbox.Requests;

namespace OrleansSync.Sandbox.Tests.Faults;

public sealed class FaultScheduleTests
{
    [Theory]
    [InlineData(0, 1, null, "111111")]
    [InlineData(0, 1, 2, "110000")]
    [InlineData(2, 1, null, "001111")]
    [InlineData(0, 3, null, "001001")]
    [InlineData(1, 2, 1, "001000")]
    [InlineData(0, 1, 0, "000000")]
    public void Fault_BySkipEveryAndTimes_StrikesTheRequestsItShould(int skip, int every, int? times, string expected)
    {
        using var handle = new FaultBook().Add(new Fault { Kind = FaultKind.Drop, Skip = skip, Every = every, Times = times });

        Assert.Equal(expected, Strikes(handle, 6));
        Assert.Equal(expected.Count(c => c == '1'), handle.Hits);
    }

    [Fact]
    public void Fault_ByProbability_StrikesItsShareTheSameWayEachTime()
    {
        static string Run(int seed)
        {
            using var handle = new FaultBook().Add(new Fault { Kind = FaultKind.Drop, Probability = 0.25, Seed = seed });
            return Strikes(handle, 1000);
        }

        Assert.Equal(Run(1), Run(1));
        Assert.NotEqual(Run(1), Run(2));
        Assert.InRange(Run(1).Count(c => c == '1'), 200, 300);
    }

    [Theory]
    [InlineData(null, null, null, true)]
    [InlineData(Vendor.Bitrix24, "p", "user.get", true)]
    [InlineData(Vendor.CallGear, null, null, false)]
    [InlineData(null, "q", null, false)]
    [InlineData(null, null, "batch", false)]
    public void Fault_ByItsTarget_StrikesOnlyThere(Vendor? vendor, string? target, string? method, bool expected)
    {
        using var handle = new FaultBook().Add(new Fault { Kind = FaultKind.Drop, Vendor = vendor, Target = target, Method = method });

        Assert.Equal(expected, handle.Strikes(Vendor.Bitrix24, "p", "user.get", null));
    }

    [Fact]
    public void TakeForRequest_SeveralFaults_GivesDelaysAndTheFirstOther()
    {
        var book = new FaultBook();
        book.Add(new Fault { Kind = FaultKind.EmptyList });
        using var latency = book.Add(new Fault { Kind = FaultKind.Latency });
        using var first = book.Add(new Fault { Kind = FaultKind.Drop, Times = 1 });
        using var second = book.Add(new Fault { Kind = FaultKind.Html });

        var request = new VendorRequest(Vendor.CallGear, "a", "get.employees");

        Assert.Equal([latency, first], book.TakeForRequest(request));
        Assert.Equal([latency, second], book.TakeForRequest(request));
        Assert.Equal(4, book.Active.Count);
        first.Dispose();
        Assert.Equal(3, book.Active.Count);
    }

    [Fact]
    public async Task Hold_SwitchedOffBeforeARequestThatItStruckComesToIt_LetsTheRequestGo()
    {
        using var hold = new FaultBook().Add(new Fault { Kind = FaultKind.Hold });
        Assert.True(hold.Strikes(Vendor.CallGear, "a", "create.employees", null));

        hold.Dispose();
        await hold.HoldAsync(TestContext.Current.CancellationToken);

        Assert.Equal(0, hold.Held);
    }

    [Theory]
    [InlineData(0, 0, 0)]
    [InlineData(1, -1, 0)]
    [InlineData(1, 0, -1)]
    public void Add_NumberOutOfRange_IsRefused(int every, int skip, double delay) => Assert.ThrowsAny<ArgumentException>(
        () => new FaultBook().Add(new Fault { Kind = FaultKind.Latency, Every = every, Skip = skip, DelaySeconds = delay }));

    private static string Strikes(FaultHandle handle, int requests) =>
        string.Concat(Enumerable.Range(0, requests).Select(_ => handle.Strikes(Vendor.Bitrix24, "p", "user.get", null) ? '1' : '0'));
}
