using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using OrleansSync.Grains.Admission;
using OrleansSync.Grains.Connections;
using OrleansSync.Grains.Connections.Calls;
using OrleansSync.Grains.Interfaces.Rows;

namespace OrleansSync.Grains.Tests.Connections.Calls;

/// <summary>R8.11: what the calls of a run share.</summary>
public sealed class RunAllowancesTests
{
    private readonly FakeTimeProvider _time = new();

    [Fact]
    public void Of_RunOnAnotherSilo_SharesOneAllowanceAndTheNextRunHasItsOwn()
    {
        var allowances = Allowances("vendor", runs: null);

        var one = allowances.Of("run-1");

        Assert.Same(one, allowances.Of("run-1"));
        Assert.NotSame(one, allowances.Of(null));
        Assert.Same(one, allowances.Of("run-1"));
        Assert.NotSame(one, allowances.Of("run-2"));
    }

    [Fact]
    public async Task Of_RunOnThisSilo_SharesTheTimeForLimitsWithTheOtherVendor_AndNotThatForRepeats()
    {
        var runs = new RunLimiter(Options.Create(new ImportOptions()), new DatabaseCondition(_time), _time);
        using var lease = await runs.AcquireAsync("run", urgent: false, TestContext.Current.CancellationToken);
        RunAllowances one = Allowances("one", runs), other = Allowances("other", runs);

        Assert.Same(one.Of("run").Limits, other.Of("run").Limits);
        Assert.Same(one.Of("run").Repeats, one.Of("run").Repeats);
        Assert.NotSame(one.Of("run").Repeats, other.Of("run").Repeats);
        Assert.Same(lease, one.Of("run").Lease);
        Assert.Null(one.Of(null).Lease);
    }

    private RunAllowances Allowances(string vendor, RunLimiter? runs) => new(vendor, new ConnectionOptions(), runs, _time);
}
