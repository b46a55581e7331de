using OrleansSync.Grains.Interfaces;
using OrleansSync.Grains.Interfaces.Employees;

namespace OrleansSync.Grains.Tests.Portals;

/// <summary>
/// An account's runs wait for its own grains alone: one grain of the whole service, lost with its silo, would end all that close meanwhile.
/// </summary>
public sealed class OwnGrainsTests(PortalCluster cluster) : PortalTests(cluster)
{
    [Fact]
    public async Task RunsOfAnAccount_FromConnectingToDisconnecting_CallItsOwnGrainsAlone()
    {
        var portal = await Cluster.ConnectAsync("own-grains", users: 3);
        await PortalCluster.SynchronizeAsync(portal);
        Cluster.Sandbox.Portal("own-grains").ChangeUser(1, user => user.With("EMAIL", ""));
        await PortalCluster.SynchronizeAsync(portal);
        await portal.DisconnectAsync();

        var calls = Cluster.Calls.Of(portal.GetGrainId());
        Assert.Contains(calls, call => call.Method == nameof(IEmployeeGrain.ApplyAsync));
        Assert.All(
            calls, call => Assert.Equal("own-grains", GrainKeys.TryGetAccount(call.Target, out var account) ? account : call.Target));
    }
}
