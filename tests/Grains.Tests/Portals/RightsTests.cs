using OrleansSync.Grains.Interfaces;
using OrleansSync.Grains.Interfaces.Accounts;
using OrleansSync.Grains.Interfaces.Employees;
using OrleansSync.Grains.Interfaces.Portals;
using OrleansSync.Grains.Interfaces.Runs;
using OrleansSync.Sandbox.CallGear;
using AccountSettings = OrleansSync.Grains.Interfaces.Accounts.AccountSettings;

namespace OrleansSync.Grains.Tests.Portals;

/// <summary>R8.5: the key's rights to read, to create and to change employees, which CallGear grants apart.</summary>
[Trait("Rule", "R8.5")]
public sealed class RightsTests(PortalCluster cluster) : PortalTests(cluster)
{
    private const int Users = 10;

    [Fact]
    public async Task RightToCreateWithoutTheRightToChange_CreatesGoOn_RunAfterRun()
    {
        var portal = await ConnectAsync("no-update", Users, alreadyThere: 5, "update.employees");

        var run = await PortalCluster.SynchronizeAsync(portal);
        Assert.Equal((RunStatus.CompletedWithErrors, 5, 5), (run.Status, run.Counts.Created, run.Counts.Failed));
        await AssertFailedAsync(portal, user: 1, "change employees (update.employees)");

        // Nobody needs a create, and all changes are refused.
        run = await PortalCluster.SynchronizeAsync(portal);
        Assert.Equal((RunStatus.CompletedWithErrors, 5, 5), (run.Status, run.Counts.Matched, run.Counts.Failed));
        Cluster.Sandbox.Portal("no-update").PutUser(PortalCluster.User(11));
        run = await PortalCluster.SynchronizeAsync(portal);
        Assert.Equal((1, 5, 5), (run.Counts.Created, run.Counts.Matched, run.Counts.Failed));
        await AssertActiveAsync(portal);

        Cluster.Sandbox.Account("no-update").Settings = new();
        run = await PortalCluster.SynchronizeAsync(portal);
        Assert.Equal((RunStatus.Succeeded, 5, 6), (run.Status, run.Counts.Linked, run.Counts.Matched));
    }

    [Fact]
    public async Task RightToChangeWithoutTheRightToCreate_LinksGoOn_AndFewCreatesAreTried()
    {
        const int Many = 40;
        var portal = await ConnectAsync("no-create", Many, alreadyThere: 2, "create.employees");

        for (var run = 1; run <= 2; run++)
        {
            var before = Tries("no-create", "create.employees");
            var summary = await PortalCluster.SynchronizeAsync(portal);
            Assert.Equal(
                (RunStatus.CompletedWithErrors, 2, Many - 2),
                (summary.Status, summary.Counts.Linked + summary.Counts.Matched, summary.Counts.Failed));
            Assert.InRange(Tries("no-create", "create.employees") - before, 1, Many / 2);
            await AssertFailedAsync(portal, user: Many, "create employees (create.employees)");
            await AssertActiveAsync(portal);
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(4)]
    public async Task NoRightToWriteAnything_IsTheAccounts(int alreadyThere)
    {
        var account = $"no-write-{alreadyThere}";
        var portal = await ConnectAsync(account, Users, alreadyThere, "create.employees", "update.employees");

        var run = await PortalCluster.SynchronizeAsync(portal);

        Assert.Equal((RunStatus.Failed, ProblemCode.CallGearUnauthorized), (run.Status, run.Error!.Code));
        Assert.Equal(AccountStatus.ActionRequired, (await portal.GetAccountAsync())!.Status);

        Cluster.Sandbox.Account(account).Settings = new();
        Assert.Equal(RunStatus.Succeeded, (await PortalCluster.SynchronizeAsync(portal)).Status);
        Assert.Equal(AccountStatus.Active, (await portal.GetAccountAsync())!.Status);
    }

    [Fact]
    public async Task NoRightToRead_IsTheAccounts()
    {
        var portal = await ConnectAsync("no-read", Users, alreadyThere: 0, "get.employees");

        var run = await PortalCluster.SynchronizeAsync(portal);

        Assert.Equal((RunStatus.Failed, ProblemCode.CallGearUnauthorized), (run.Status, run.Error!.Code));
        Assert.Contains("lacks the right", run.Error.Message, StringComparison.Ordinal);
    }

    // The first users' employees are there already, so that they need a change.
    private async Task<IPortalGrain> ConnectAsync(string account, int users, int alreadyThere, params string[] forbidden)
    {
        Cluster.PutUsers(account, users);
        var employees = Enumerable.Range(1, alreadyThere).Select(id => new Employee { LastName = "Lee", Email = $"user{id}@example.com" });
        Cluster.Sandbox.PutAccount(account, new Sandbox.CallGear.AccountSettings { ForbiddenMethods = forbidden }, employees);
        var portal = Cluster.Portal(account);
        await portal.ConnectAsync(Cluster.Connection(account, AccountSettings.Default with { Paused = true }));
        await portal.ConnectAsync(Cluster.Connection(account));
        return portal;
    }

    private int Tries(string account, string method) =>
        Cluster.Sandbox.Requests.Records.Count(record => record.Target == account && record.Method == method);

    private static async Task AssertFailedAsync(IPortalGrain portal, long user, string right)
    {
        var row = (await portal.GetEmployeeAsync(user))!.Row;
        Assert.Equal((EmployeeOutcome.Failed, ProblemCode.Rejected), (row.Outcome, row.Reason!.Code));
        Assert.Contains($"(user {user})", row.Reason.Message, StringComparison.Ordinal);
        Assert.Contains(right, row.Reason.Message, StringComparison.Ordinal);
    }

    private static async Task AssertActiveAsync(IPortalGrain portal)
    {
        var view = (await portal.GetAccountAsync())!;
        Assert.Equal((AccountStatus.Active, null), (view.Status, view.Problem));
    }
}
