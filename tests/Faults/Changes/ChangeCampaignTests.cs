using OrleansSync.Faults.Campaign;
using OrleansSync.Testing;
using OrleansSync.Testing.Services;

namespace OrleansSync.Faults.Changes;

/// <summary>R3.8: processes are killed while accounts come, change and go, by the hundred.</summary>
[Trait("Rule", "R3.8")]
[Trait("Length", "Long")]
public sealed class ChangeCampaignTests(PostgresServer postgres)
{
    private const int Points = 50;

    [Fact]
    [Trait("Kind", "disconnect")]
    public Task Campaign_EmbeddedKilledWhileDisconnecting_LeavesNothing() => RunAsync(Trial.Disconnect);

    [Fact]
    [Trait("Kind", "disconnect-cluster")]
    public Task Campaign_SilosKilledWhileDisconnecting_LeavesNothing() => RunAsync(Trial.Disconnect, ServiceKind.Cluster);

    [Fact]
    [Trait("Kind", "connect")]
    public Task Campaign_EmbeddedKilledWhileConnecting_LeavesNothingHalf() => RunAsync(Trial.Connect);

    [Fact]
    [Trait("Kind", "update")]
    public Task Campaign_EmbeddedKilledWhileUpdating_MixesNothing() => RunAsync(Trial.Update);

    [Fact]
    [Trait("Kind", "batch")]
    public Task Campaign_EmbeddedKilledBetweenRows_LosesNothing() => RunAsync(Trial.Batch);

    private async Task RunAsync(Trial trial, ServiceKind kind = ServiceKind.Embedded)
    {
        var options = CampaignOptions.FromEnvironment(trial, kind, Points);
        var started = TimeProvider.System.GetTimestamp();
        var result = await KillCampaign.RunAsync(options, postgres, Report.Tell);
        Report.Add(result.ToTable(options, TimeProvider.System.GetElapsedTime(started)));
        Assert.Empty(result.Violations);
        Assert.Equal(options.Points, result.Points);
    }
}
