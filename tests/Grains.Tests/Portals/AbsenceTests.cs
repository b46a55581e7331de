using OrleansSync.Grains.Interfaces;
using OrleansSync.Grains.Interfaces.Runs;
using OrleansSync.Sandbox.Faults;

namespace OrleansSync.Grains.Tests.Portals;

/// <summary>R8.4 and R8.1: users that the list lacks.</summary>
public sealed class AbsenceTests(PortalCluster cluster) : PortalTests(cluster)
{
    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    [Trait("Rule", "R8.4")]
    public async Task Run_ListLacksUsersWhoAreThere_FailsAndRemovesNobody(int wholePages)
    {
        var account = $"cut-short-{wholePages}";
        var portal = await Cluster.ConnectAsync(account, users: 120);
        Cluster.Sandbox.Faults.Add(new Fault
        {
            Kind = FaultKind.LostItems,
            Target = account,
            Method = "user.get",
            Skip = wholePages,
            Times = 1,
            Amount = 3,
        });

        var run = await PortalCluster.SynchronizeAsync(portal);

        Assert.Equal((RunStatus.Failed, ProblemCode.InvalidAnswer), (run.Status, run.Error?.Code));
        Assert.Equal(120, (await portal.ListResponsibleAsync())!.Value.Length);
        Assert.Equal(2, run.Calls.Bitrix24);
    }

    [Fact]
    [Trait("Rule", "R6.2")]
    public async Task Run_UsersAreGone_LooksAFewUpAndRemovesAll()
    {
        var portal = await Cluster.ConnectAsync("gone", users: 120);
        foreach (var id in Enumerable.Range(40, 30))
        {
            Cluster.Sandbox.Portal("gone").RemoveUser(id);
        }

        var run = await PortalCluster.SynchronizeAsync(portal);

        Assert.Equal((RunStatus.Succeeded, 30), (run.Status, run.Counts.RemovedFromResponsible));
        Assert.Equal(11, run.Calls.Bitrix24);
    }

    [Fact]
    [Trait("Rule", "R6.2")]
    public async Task Run_UsersAreDismissed_LooksNobodyUp()
    {
        var portal = await Cluster.ConnectAsync("dismissed", users: 20);
        Cluster.Sandbox.Portal("dismissed").ChangeUser(3, user => user.Dismissed());

        var run = await PortalCluster.SynchronizeAsync(portal);

        Assert.Equal((RunStatus.Succeeded, 1, 1), (run.Status, run.Counts.RemovedFromResponsible, run.Calls.Bitrix24));
    }
}
