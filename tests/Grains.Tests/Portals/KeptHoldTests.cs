using OrleansSync.Grains.Interfaces.Accounts;
using OrleansSync.Grains.Interfaces.Audit;
using OrleansSync.Grains.Interfaces.Portals;
using OrleansSync.Grains.Interfaces.Runs;

namespace OrleansSync.Grains.Tests.Portals;

/// <summary>R8.1: a person leaves what waits for approval as it is, until something else waits.</summary>
[Trait("Rule", "R8.1")]
public sealed class KeptHoldTests(PortalCluster cluster) : PortalTests(cluster)
{
    private static readonly AuditActor _ann = new(AuditActorKind.Oidc, "ann");

    [Fact]
    public async Task Decision_StandsWhileTheSamePeopleWait_AndOverARestart()
    {
        var (portal, held) = await HeldAsync("kept-same", left: 3);

        Assert.Equal(RunRequestOutcome.Accepted, await portal.KeepHeldAsync(held.RunId, _ann));

        var account = (await portal.GetAccountAsync())!;
        Assert.Equal((AccountStatus.Held, _ann), (account.Status, account.Kept?.By));
        Assert.Equal(RunStatus.Held, (await PortalCluster.SynchronizeAsync(portal)).Status);
        await PortalCluster.DeactivateAsync(portal);
        Assert.Equal(account.Kept, (await portal.GetAccountAsync())!.Kept);
    }

    [Fact]
    public async Task Decision_EndsWhenOthersWait()
    {
        var (portal, held) = await HeldAsync("kept-others", left: 3);
        await portal.KeepHeldAsync(held.RunId, _ann);

        Cluster.PutUsers("kept-others", 2);
        await PortalCluster.SynchronizeAsync(portal);

        var account = (await portal.GetAccountAsync())!;
        Assert.Equal((AccountStatus.Held, null), (account.Status, account.Kept));
    }

    [Fact]
    public async Task Decision_OnAnEarlierRun_IsNoneOnThoseWhoWaitSince()
    {
        var (portal, held) = await HeldAsync("kept-earlier", left: 3);
        Cluster.PutUsers("kept-earlier", 2);
        await PortalCluster.SynchronizeAsync(portal);

        await portal.KeepHeldAsync(held.RunId, _ann);

        Assert.Null((await portal.GetAccountAsync())!.Kept);
    }

    [Fact]
    public async Task Decision_DoesNotKeepAnybodyFromApproving()
    {
        var (portal, held) = await HeldAsync("kept-approved", left: 3);
        await portal.KeepHeldAsync(held.RunId, _ann);

        var approved = (await portal.ApproveAsync(held.RunId)).Run!;

        Assert.Equal(5, (await PortalCluster.EndOfAsync(portal, approved.RunId)).Counts.RemovedFromResponsible);
        var account = (await portal.GetAccountAsync())!;
        Assert.Equal((AccountStatus.Active, null), (account.Status, account.Kept));
        Assert.Equal(RunRequestOutcome.NotHeld, await portal.KeepHeldAsync(held.RunId, _ann));
        Assert.Equal(RunRequestOutcome.NoRun, await portal.KeepHeldAsync("nowhere", _ann));
    }

    private async Task<(IPortalGrain Portal, RunSummary Held)> HeldAsync(string account, int left)
    {
        var portal = await Cluster.ConnectAsync(account, users: 8);
        Cluster.PutUsers(account, left);
        var held = await PortalCluster.SynchronizeAsync(portal);
        Assert.Equal(RunStatus.Held, held.Status);
        return (portal, held);
    }
}
