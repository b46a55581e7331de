using OrleansSync.Grains.Tests.Fleet;
using OrleansSync.Sandbox.Faults;

namespace OrleansSync.Grains.Tests.Admission;

/// <summary>R1.1: accounts that are due while the silo's line of scheduled runs is full come back by themselves.</summary>
[Collection("Fleet")]
[Trait("Rule", "R1.1")]
public sealed class DueBacklogTests
{
    [Fact]
    public async Task DueAccounts_MoreThanTheLineHolds_AreAllImportedOnce_WithoutAnotherTick()
    {
        await using var accounts = await DueAccounts.StartAsync(12, new ImportOptions { RunsPerSilo = 1, ScheduledRunsWaiting = 2 });
        using var hold =
            accounts.Fleet.Sandbox.Faults.Add(new Fault { Kind = FaultKind.Hold, Target = accounts.Names[0], Method = "get.employees" });
        accounts.Time.Advance(TimeSpan.FromMinutes(31));
        await accounts.TickAsync(accounts.Names[0]);
        await hold.WaitForHeldAsync(1, TestContext.Current.CancellationToken);
        foreach (var name in accounts.Names.Skip(1))
        {
            await accounts.TickAsync(name);
        }

        // The one that goes on, and those in the line.
        Assert.Equal(3, (await accounts.UnfinishedAsync()).Length);
        hold.Dispose();
        await accounts.ReadListsAsync(times: 2);

        await accounts.AssertScheduledAsync(times: 1);
    }
}
