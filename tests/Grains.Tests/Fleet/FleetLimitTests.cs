using OrleansSync.Grains.Connections;
using OrleansSync.Grains.Interfaces.Runs;
using OrleansSync.Grains.Tests.Portals;
using OrleansSync.Sandbox.Bitrix24;
using OrleansSync.Sandbox.Requests;
using AccountSettings = OrleansSync.Sandbox.CallGear.AccountSettings;

namespace OrleansSync.Grains.Tests.Fleet;

/// <summary>
/// Vendors' limits hold for all silos together, and an account that waits for one delays nobody else. By real clocks: what the sandbox
/// refuses is counted.
/// </summary>
[Collection("Fleet")]
public sealed class FleetLimitTests
{
    [Fact]
    [Trait("Rule", "R8.11")]
    public async Task AccountsOfOnePortal_OnSeveralSilos_AreNeverRefusedForTheirRate()
    {
        const int Accounts = 30;

        // A small bucket that leaks fast, in the proportions of the vendor's: three silos that each kept a bucket of their own would
        // overflow it within the first second.
        await using var fleet = await Fleet.StartAsync(
            silos: 3,
            new ConnectionOptions { PortalCapacity = 8, PortalInitialLevel = 7, PortalRequestsPerSecond = 9.5 },
            new ImportOptions { RunsAtStart = 16 });
        var portal = fleet.PutPortal("shared", 5, new PortalSettings { BucketCapacity = 10, LeakPerSecond = 10 });
        var accounts = Enumerable.Range(1, Accounts).Select(number => $"shared-{number}").ToArray();

        var runs = await Task.WhenAll(accounts.Select(account => fleet.ConnectAsync(account, portal)));
        var ends = await Task.WhenAll(accounts.Zip(runs, (account, run) => PortalCluster.EndOfAsync(fleet.Portal(account), run)));
        var silos = await Task.WhenAll(accounts.Select(fleet.SiloOfAsync));

        Assert.All(ends, end => Assert.Equal((RunStatus.Succeeded, 5), (end.Status, end.Counts.Created)));
        Assert.Equal(3, silos.Distinct().Count());
        Assert.Equal(0, fleet.Sandbox.Requests.RateRefusals(Vendor.Bitrix24, portal.Id));
    }

    [Fact]
    [Trait("Rule", "R8.11")]
    public async Task AccountThatWaitsForItsLimit_KeepsNoPlaceFromOthers()
    {
        await using var fleet = await Fleet.StartAsync(
            silos: 1, new ConnectionOptions(), new ImportOptions { RunsPerSilo = 1, RunsAtStart = 1 });
        var limited = new AccountSettings { MinuteLimit = 2 };
        var blocked = await fleet.ConnectAsync("blocked", fleet.PutPortal("blocked", 8), limited);
        await WaitingAsync(fleet, "blocked", employees: 1);

        var other = await fleet.ConnectAsync("other", fleet.PutPortal("other", 3));
        var end = await PortalCluster.EndOfAsync(fleet.Portal("other"), other);
        var still = await fleet.Portal("blocked").GetRunAsync(blocked, new ChangeStretch(0, 100));

        Assert.Equal((RunStatus.Succeeded, 3), (end.Status, end.Counts.Created));
        Assert.Equal(RunStatus.Running, still!.Summary.Status);
    }

    private static async Task WaitingAsync(Fleet fleet, string account, int employees)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(TimeSpan.FromSeconds(60));
        while (fleet.Sandbox.Account(account).Employees.Count < employees)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, patience.Token);
        }
    }
}
