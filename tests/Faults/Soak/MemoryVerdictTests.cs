namespace OrleansSync.Faults.Soak;

public sealed class MemoryVerdictTests
{
    [Fact]
    public void Of_TidesOfTheCollector_FindsNothing() => Assert.Null(MemoryVerdict.Of(Samples(minute => 200 + (minute % 3 * 40))));

    [Fact]
    public void Of_GrowthDuringWarmUp_FindsNothing() =>
        Assert.Null(MemoryVerdict.Of(Samples(minute => Math.Min(100 + (minute * 50), 400))));

    [Fact]
    public void Of_SteadyGrowth_FindsIt() =>
        Assert.Equal("The heap grew from 280 to 420 MB.", MemoryVerdict.Of(Samples(minute => 100 + (minute * 20))));

    [Fact]
    public void Of_GrowthOfTheWorkingSetAlone_FindsIt() =>
        Assert.StartsWith(
            "The working set",
            MemoryVerdict.Of([.. Samples(minute => 100 + (minute * 20)).Select(sample => sample with { Heap = 100 })]),
            StringComparison.Ordinal);

    private static ProcessSample[] Samples(Func<int, double> memory) =>
        [.. Enumerable.Range(0, 20).Select(
            minute => new ProcessSample(TimeSpan.FromMinutes(minute), memory(minute), memory(minute), 8, 0))];
}
