using OrleansSync.Testing;
using OrleansSync.Testing.Services;

namespace OrleansSync.Faults.Campaign;

/// <summary>R3.8: processes are killed over first imports, and nothing is lost.</summary>
public sealed class KillCampaignTests(PostgresServer postgres)
{
    private const int PointsOfTheShortOne = 1;
    private const int PointsOfTheLongOne = 250;

    [Theory]
    [Trait("Rule", "R3.8")]
    [InlineData(ServiceKind.Embedded)]
    [InlineData(ServiceKind.Cluster)]
    public Task KilledDuringFirstImports_LosesNothing(ServiceKind kind) => RunAsync(new CampaignOptions(kind, Seed: 1, PointsOfTheShortOne) { AccountsARound = 4 });

    [Fact]
    [Trait("Rule", "R3.8")]
    [Trait("Length", "Long")]
    [Trait("Kind", "embedded")]
    public Task Campaign_EmbeddedKilledDuringFirstImports_LosesNothing() => RunAsync(CampaignOptions.FromEnvironment(ServiceKind.Embedded, PointsOfTheLongOne));

    [Fact]
    [Trait("Rule", "R3.8")]
    [Trait("Length", "Long")]
    [Trait("Kind", "cluster")]
    public Task Campaign_SilosKilledDuringFirstImports_LosesNothing() => RunAsync(CampaignOptions.FromEnvironment(ServiceKind.Cluster, PointsOfTheLongOne));

    private async Task RunAsync(CampaignOptions options)
    {
        var started = TimeProvider.System.GetTimestamp();
        var result = await KillCampaign.RunAsync(options, postgres, Report.Tell);
        Report.Add(result.ToTable(options, TimeProvider.System.GetElapsedTime(started)));
        Assert.Empty(result.Violations);
        Assert.Equal(options.Points, result.Points);
    }
}
