using System.Collections.Concurrent;
using OrleansSync.Grains.Interfaces;
using OrleansSync.Grains.Interfaces.Runs;
using OrleansSync.Sandbox.Faults;

namespace OrleansSync.Grains.Tests.Portals;

/// <summary>R3.8: creates of new users are announced together, and what was not sent is taken back.</summary>
[Trait("Rule", "R3.8")]
public sealed class CreateAnnouncementsTests(PortalCluster cluster) : PortalTests(cluster), IAsyncDisposable
{
    private readonly ConcurrentQueue<(string Account, long[] Users)> _announced = new();

    public ValueTask DisposeAsync()
    {
        Cluster.Rows.Trouble.Announcing = null;
        Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task FirstImport_AnnouncesEachUserOnce_InFewWrites()
    {
        Watch();

        await Cluster.ConnectAsync("announced-together", users: 90);

        var groups = GroupsOf("announced-together");
        Assert.InRange(groups.Length, 2, 4);
        Assert.All(groups, users => Assert.InRange(users.Length, 1, 64));
        Assert.Equal(Enumerable.Range(1, 90).Select(number => (long)number), groups.SelectMany(users => users).Order());
        Assert.Equal(90, Cluster.Sandbox.Account("announced-together").Employees.Count);
    }

    [Fact]
    public async Task Run_ThatEndsEarly_TakesBackWhatItHasNotSent()
    {
        Watch();
        using var refusal = Cluster.Sandbox.Faults.Add(new Fault
        {
            Kind = FaultKind.Error,
            Code = "account_inactive",
            Target = "ends-early",
            Method = "create.employees",
            Skip = 3,
        });
        Cluster.PutUsers("ends-early", 60);
        Cluster.Sandbox.PutAccount("ends-early");
        var portal = Cluster.Portal("ends-early");
        await portal.ConnectAsync(Cluster.Connection("ends-early"));
        var run = await PortalCluster.EndOfAsync(portal, (await portal.ListRunsAsync(new RunQuery(null, 1)))!.Items[0].RunId);
        refusal.Dispose();

        Assert.Equal((RunStatus.Failed, ProblemCode.CallGearBlocked), (run.Status, run.Error!.Code));
        foreach (var userId in GroupsOf("ends-early").SelectMany(users => users))
        {
            Assert.Null((await Cluster.Rows.Users.ReadAsync("ends-early", userId))?.Intent);
        }

        // Nobody is left whose employee would have to be looked for, with a clock that stands still.
        Assert.Equal(RunStatus.Succeeded, (await PortalCluster.SynchronizeAsync(portal)).Status);
        Assert.Equal(60, Cluster.Sandbox.Account("ends-early").Employees.Count);
    }

    [Fact]
    public async Task Announcement_ThatIsRefused_IsLeftToTheUsersThemselves()
    {
        Cluster.PutUsers("refused-together", 3);
        Cluster.Sandbox.PutAccount("refused-together");
        var portal = Cluster.Portal("refused-together");
        Cluster.Rows.Trouble.Announcing = (account, rows) =>
        {
            if (account == "refused-together")
            {
                Cluster.Rows.Execute(
                    "INSERT INTO employee (account_id, user_id, version, name, folded, is_listed, entries, run) "
                    + "VALUES (@account, @user, 1, 'x', 'x', 0, 0, 0)", account, rows[0].UserId);
            }
        };
        await portal.ConnectAsync(Cluster.Connection("refused-together"));
        var first = await PortalCluster.EndOfAsync(portal, (await portal.ListRunsAsync(new RunQuery(null, 1)))!.Items[0].RunId);
        Cluster.Rows.Trouble.Announcing = null;

        Assert.Equal((2, 1), (first.Counts.Created, first.Counts.Failed));
        Assert.Equal(2, Cluster.Sandbox.Account("refused-together").Employees.Count);
    }

    private void Watch() => Cluster.Rows.Trouble.Announcing =
        (account, rows) => _announced.Enqueue((account, [.. rows.Select(row => row.UserId)]));

    private long[][] GroupsOf(string account) => [.. _announced.Where(group => group.Account == account).Select(group => group.Users)];
}
