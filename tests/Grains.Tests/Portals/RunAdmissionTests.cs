using Microsoft.Extensions.Options;
using OrleansSync.Grains.Portals;

namespace OrleansSync.Grains.Tests.Portals;

public sealed class RunAdmissionTests
{
    private static readonly CancellationToken _never = CancellationToken.None;

    [Fact]
    public async Task Enter_WhenFull_WaitsUntilSomebodyLeaves()
    {
        var admission = Of(places: 1);
        var first = await admission.EnterAsync(urgent: false, _never);
        var second = admission.EnterAsync(urgent: false, _never);
        Assert.False(second.IsCompleted);

        first.Dispose();
        first.Dispose();

        using var place = await second;
        Assert.False(admission.EnterAsync(urgent: false, _never).IsCompleted);
    }

    [Fact]
    public async Task Enter_Urgent_GoesBeforeThoseThatCameEarlier()
    {
        var admission = Of(places: 1);
        var first = await admission.EnterAsync(urgent: false, _never);
        var scheduled = admission.EnterAsync(urgent: false, _never);
        var manual = admission.EnterAsync(urgent: true, _never);

        first.Dispose();

        using (await manual)
        {
            Assert.False(scheduled.IsCompleted);
        }

        using var last = await scheduled;
    }

    [Fact]
    public async Task Enter_Cancelled_LosesNoPlace()
    {
        var admission = Of(places: 1);
        var first = await admission.EnterAsync(urgent: false, _never);
        using var cancellation = new CancellationTokenSource();
        var waiting = admission.EnterAsync(urgent: false, cancellation.Token);
        await cancellation.CancelAsync();
        await Assert.ThrowsAsync<TaskCanceledException>(() => waiting);

        first.Dispose();

        using var place = await admission.EnterAsync(urgent: false, _never);
    }

    private static RunAdmission Of(int places) => new(Options.Create(new ImportOptions { RunsPerSilo = places }));
}
