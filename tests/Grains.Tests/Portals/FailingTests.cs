using OrleansSync.Grains.Interfaces;
using OrleansSync.Grains.Interfaces.Accounts;
using OrleansSync.Grains.Interfaces.Portals;
using OrleansSync.Sandbox.Faults;
using OrleansSync.Sandbox.Requests;

namespace OrleansSync.Grains.Tests.Portals;

/// <summary>An account that does not work is never shown as healthy.</summary>
[Trait("Rule", "R8.13")]
public sealed class FailingTests(PortalCluster cluster) : PortalTests(cluster)
{
    [Fact]
    public async Task Runs_ThreeThatFail_MakeTheAccountFailing_UntilOneGetsThrough()
    {
        const string account = "failing";
        var portal = await Cluster.ConnectAsync(account, users: 1);
        var success = (await portal.GetAccountAsync())!.LastSuccessAt;
        Break(account, Vendor.CallGear, "internal_error");
        Assert.Equal(AccountStatus.Active, (await AfterRunAsync(portal)).Status);
        Assert.Equal(AccountStatus.Active, (await AfterRunAsync(portal)).Status);

        var third = await AfterRunAsync(portal);
        Cluster.Time.Advance(TimeSpan.FromSeconds(7));
        var fourth = await AfterRunAsync(portal);

        Assert.Equal((AccountStatus.Failing, ProblemCode.Unreachable), (third.Status, third.Problem!.Code));
        Assert.Equal((success, third.LastRun!.FinishedAt), (third.LastSuccessAt, third.FailingSince));
        Assert.Equal((AccountStatus.Failing, third.FailingSince), (fourth.Status, fourth.FailingSince));

        Cluster.Sandbox.Faults.Clear();
        var mended = await AfterRunAsync(portal);
        Assert.Equal((AccountStatus.Active, null, null), (mended.Status, mended.Problem, mended.FailingSince));
        Assert.Equal(mended.LastRun!.FinishedAt, mended.LastSuccessAt);
    }

    [Fact]
    public async Task Runs_DryOrForOneUser_NeitherMakeTheAccountFailing_NorEndIt()
    {
        const string account = "failing-aside";
        var portal = await Cluster.ConnectAsync(account, users: 1);
        Break(account, Vendor.CallGear, "internal_error");
        foreach (var _ in Enumerable.Range(0, 3))
        {
            await PortalCluster.SynchronizeAsync(portal, dryRun: true);
            await PortalCluster.SynchronizeAsync(portal, onlyUser: 1);
        }

        Assert.Equal(AccountStatus.Active, (await portal.GetAccountAsync())!.Status);
        foreach (var _ in Enumerable.Range(0, 3))
        {
            await PortalCluster.SynchronizeAsync(portal);
        }

        Cluster.Sandbox.Faults.Clear();
        await PortalCluster.SynchronizeAsync(portal, dryRun: true);
        await PortalCluster.SynchronizeAsync(portal, onlyUser: 1);
        Assert.Equal(AccountStatus.Failing, (await portal.GetAccountAsync())!.Status);
    }

    [Fact]
    public async Task Time_ThreePeriodsWithoutARun_MakesTheAccountFailingAsOverdue_ButNotWhilePaused()
    {
        const string account = "failing-overdue";
        var portal = await Cluster.ConnectAsync(account, users: 1);
        var connected = (await portal.GetAccountAsync())!;

        // The clock brings the reminder's tick too, whose run must not get through.
        using var hold = Cluster.Sandbox.Faults.Add(new Fault { Kind = FaultKind.Hold, Target = account, Method = "get.employees" });
        Cluster.Time.Advance(3 * Cluster.Imports.Period);

        var overdue = (await portal.GetAccountAsync())!;
        Assert.Equal((AccountStatus.Failing, ProblemCode.Overdue), (overdue.Status, overdue.Problem!.Code));
        Assert.Equal(connected.LastSuccessAt + (3 * Cluster.Imports.Period), overdue.FailingSince);

        Assert.Equal(AccountStatus.Paused, await PauseAsync(portal, isPaused: true));
        Assert.Equal(AccountStatus.Active, await PauseAsync(portal, isPaused: false));
        Cluster.Time.Advance(3 * Cluster.Imports.Period);
        Assert.Equal(AccountStatus.Failing, (await portal.GetAccountAsync())!.Status);
    }

    [Fact]
    public async Task Run_ThatGetsAnAnswerFromTheVendorThatRefused_DisprovesTheProblem()
    {
        const string account = "disproved";
        var portal = await Cluster.ConnectAsync(account, users: 1);
        Break(account, Vendor.Bitrix24, "invalid_token");
        Assert.Equal(AccountStatus.ActionRequired, (await AfterRunAsync(portal)).Status);

        Cluster.Sandbox.Faults.Clear();
        Break(account, Vendor.CallGear, "internal_error");
        var after = await AfterRunAsync(portal);

        Assert.Equal((AccountStatus.Active, ProblemCode.Unreachable), (after.Status, after.Problem!.Code));
    }

    [Fact]
    public async Task Run_ThatGetsNoAnswerFromTheVendorThatRefused_LeavesTheProblem()
    {
        const string account = "not-disproved";
        var portal = await Cluster.ConnectAsync(account, users: 1);
        Break(account, Vendor.Bitrix24, "invalid_token");
        await AfterRunAsync(portal);
        Cluster.Sandbox.Faults.Clear();
        Break(account, Vendor.Bitrix24, "INTERNAL_SERVER_ERROR");

        var after = await AfterRunAsync(portal);

        Assert.Equal((AccountStatus.ActionRequired, ProblemCode.Bitrix24Unauthorized), (after.Status, after.Problem!.Code));
    }

    [Fact]
    public async Task HeldAccount_WhoseLaterRunsFail_StaysHeldWithTheGuardsCode()
    {
        const string account = "held-failing";
        var portal = await Cluster.ConnectAsync(account, users: 6);
        Cluster.PutUsers(account, 2);
        Assert.Equal((AccountStatus.Held, ProblemCode.DeletionGuard), StateOf(await AfterRunAsync(portal)));
        Break(account, Vendor.CallGear, "internal_error");
        foreach (var _ in Enumerable.Range(0, 3))
        {
            Assert.Equal((AccountStatus.Held, ProblemCode.DeletionGuard), StateOf(await AfterRunAsync(portal)));
        }
    }

    private static (AccountStatus, ProblemCode) StateOf(AccountView account) => (account.Status, account.Problem!.Code);

    private static async Task<AccountView> AfterRunAsync(IPortalGrain portal)
    {
        await PortalCluster.SynchronizeAsync(portal);
        return (await portal.GetAccountAsync())!;
    }

    private static async Task<AccountStatus> PauseAsync(IPortalGrain portal, bool isPaused)
    {
        var before = (await portal.GetAccountAsync())!.Connection.Settings;
        var answer = await portal.ChangeSettingsAsync(before, before with { Paused = isPaused });
        Assert.Equal(SettingsOutcome.Changed, answer.Outcome);
        return answer.Account!.Status;
    }

    private void Break(string account, Vendor vendor, string code) =>
        Cluster.Sandbox.Faults.Add(new Fault { Kind = FaultKind.Error, Vendor = vendor, Target = account, Code = code });
}
