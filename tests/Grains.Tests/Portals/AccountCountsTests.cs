using OrleansSync.Grains.Interfaces.Accounts;
using OrleansSync.Grains.Interfaces.Runs;
using OrleansSync.Sandbox.Bitrix24;

namespace OrleansSync.Grains.Tests.Portals;

/// <summary>How many users of each kind an account has.</summary>
public sealed class AccountCountsTests(PortalCluster cluster) : PortalTests(cluster)
{
    [Fact]
    [Trait("Rule", "R8.2")]
    public async Task Account_ManyEmployeesAreMissing_KnowsEachUserOnce()
    {
        var portal = await Cluster.ConnectAsync("counts-held", users: 10);
        foreach (var employee in Cluster.Sandbox.Account("counts-held").Employees.Take(4))
        {
            Cluster.Sandbox.Account("counts-held").DeleteEmployee(employee.Id);
        }

        var run = await PortalCluster.SynchronizeAsync(portal);

        Assert.Equal(RunStatus.Held, run.Status);
        Assert.Equal(new AccountCounts(10, 10, 4, 10), (await portal.GetAccountAsync())!.Counts);
    }

    [Fact]
    [Trait("Rule", "R6.2")]
    public async Task Account_UsersAreSkippedOrGone_KnowsThoseThatAreThere()
    {
        var portal = await Cluster.ConnectAsync("counts-gone", users: 10);
        Cluster.Sandbox.Portal("counts-gone").RemoveUser(3);
        Cluster.Sandbox.Portal("counts-gone").PutUser(BitrixUser.Employee(11, "Ann", "", "user11@example.com"));

        var run = await PortalCluster.SynchronizeAsync(portal);

        Assert.Equal(RunStatus.Succeeded, run.Status);
        Assert.Equal(new AccountCounts(9, 9, 1, 10), (await portal.GetAccountAsync())!.Counts);
    }
}
