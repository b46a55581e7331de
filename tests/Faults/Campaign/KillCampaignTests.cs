using OrleansSync.Testing;
using OrleansSync.Testing.Services;

namespace OrleansSync.Faults.Campaign;

/// <summary>R3.8: processes are killed over first imports, and nothing is lost.</summary>
public sealed class KillCampaignTests(PostgresServer postgres)
{
    private const int PointsOfTheShortOnes = 1;
    private const int PointsOfTheLongOne = 250;

    [Fact]
    [Trait("Rule", "R3.8")]
    public Task EmbeddedKilledDuringFirstImports_LosesNothing() => RunAsync(Short(ServiceKind.Embedded));

    [Fact]
    [Trait("Rule", "R3.8")]
    [Trait("Length", "Long")]
    public Task SiloKilledDuringFirstImports_LosesNothing() => RunAsync(Short(ServiceKind.Cluster));

    [Fact]
    [Trait("Rule", "R3.8")]
    [Trait("Length", "Long")]
    [Trait("Kind", "embedded")]
    public Task Campaign_EmbeddedKilledDuringFirstImports_LosesNothing() =>
        RunAsync(CampaignOptions.FromEnvironment(ServiceKind.Embedded, PointsOfTheLongOne));

    [Fact]
    [Trait("Rule", "R3.8")]
    [Trait("Length", "Long")]
    [Trait("Kind", "cluster")]
    public Task Campaign_SilosKilledDuringFirstImports_LosesNothing() =>
        RunAsync(CampaignOptions.FromEnvironment(ServiceKind.Cluster, PointsOfTheLongOne));

    private static CampaignOptions Short(ServiceKind kind) => new(kind, Seed: 1, PointsOfTheShortOnes) { AccountsARound = 4 };

    private async Task RunAsync(CampaignOptions options)
    {
        var started = TimeProvider.System.GetTimestamp();
        var result = await KillCampaign.RunAsync(options, postgres, Report.Tell);
        Report.Add(result.ToTable(options, TimeProvider.System.GetElapsedTime(started)));
        Assert.Empty(result.Violations);
        Assert.Equal(options.Points, result.Points);
    }
}
