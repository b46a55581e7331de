using Microsoft.Extensions.DependencyInjection;
using OrleansSync.Grains.Interfaces.Rows;
using OrleansSync.Grains.Tests.Fleet;

namespace OrleansSync.Grains.Tests.Directory;

/// <summary>R1.1: accounts whose ticks were lost are found. No reminder ever ticks here.</summary>
[Collection("Fleet")]
[Trait("Rule", "R1.1")]
public sealed class OverdueSweepTests
{
    private const int Accounts = 3;

    [Fact]
    public async Task Silos_Changed_OverdueAccountsAreImported()
    {
        await using var accounts = await DueAccounts.StartAsync(Accounts, new ImportOptions(), sweeps: true);

        // The silo itself has just come.
        accounts.Time.Advance(TimeSpan.FromMinutes(31));
        await accounts.ReadListsAsync(times: 2);

        await accounts.AssertScheduledAsync(times: 1);
    }

    [Fact]
    public async Task Database_AwayAndBack_OverdueAccountsAreImported()
    {
        await using var accounts = await DueAccounts.StartAsync(Accounts, new ImportOptions(), sweeps: true);
        accounts.Time.Advance(TimeSpan.FromMinutes(31));
        await accounts.ReadListsAsync(times: 2);
        await accounts.AssertScheduledAsync(times: 1);
        var database = accounts.Fleet.Cluster.Silos[0].ServiceProvider.GetRequiredService<DatabaseCondition>();

        Assert.True(database.ReportAway("The disk is full."));
        accounts.Time.Advance(TimeSpan.FromMinutes(31));
        Assert.NotNull(database.ReportBack());

        // The sweep begins some seconds after it has noticed, at a moment that the test cannot know.
        await accounts.ReadListsAsync(times: 3, meanwhile: () => accounts.Time.Advance(TimeSpan.FromMilliseconds(500)));
        await accounts.AssertScheduledAsync(times: 2);
    }
}
