using OrleansSync.Grains.Interfaces;
using OrleansSync.Grains.Interfaces.Employees;
using OrleansSync.Grains.Interfaces.Responsible;
using OrleansSync.Sandbox.Bitrix24;

namespace OrleansSync.Grains.Tests.Portals;

/// <summary>The account's users as its portal shows them, after real runs.</summary>
public sealed class RosterPagesTests(PortalCluster cluster) : PortalTests(cluster)
{
    [Fact]
    public async Task Roster_OfAnAccountThatIsNotConnected_IsNone()
    {
        var portal = Cluster.Portal("roster-none");

        Assert.Null(await portal.ListEmployeesAsync(new EmployeeQuery(null, 10, null, null)));
        Assert.Null(await portal.BrowseEmployeesAsync(new EmployeeStretch(0, 10, null, null, null)));
        Assert.Null(await portal.GetEmployeeAsync(1));
        Assert.Null(await portal.ListResponsibleAsync());
        Assert.Equal(ResponsibleChangeOutcome.NotImported, await portal.SetResponsibleAsync(1, responsible: false));
    }

    [Fact]
    public async Task Roster_AfterTwoRuns_IsPagedByOutcomeAndByName()
    {
        var portal = await Cluster.ConnectAsync("roster-pages", users: 5);
        Assert.Equal((5, 0), await CountAsync(EmployeeOutcome.Created, EmployeeOutcome.Matched));
        Cluster.Sandbox.Portal("roster-pages").RemoveUser(2);
        Cluster.Sandbox.Portal("roster-pages").PutUser(BitrixUser.Employee(6, "Bob", "", "user6@example.com"));
        Cluster.Sandbox.Portal("roster-pages").PutUser(BitrixUser.Employee(7, "Bob", "Moe", "user7@example.com"));
        await PortalCluster.SynchronizeAsync(portal);

        Assert.Equal([1L, 2L, 3L, 4L, 5L, 6L, 7L], await PagesAsync(null, null));
        Assert.Equal([1L, 3L, 4L, 5L], await PagesAsync(EmployeeOutcome.Matched, null));
        Assert.Equal([7L], await PagesAsync(EmployeeOutcome.Created, null));
        Assert.Equal([2L], await PagesAsync(EmployeeOutcome.Deleted, null));
        Assert.Equal([6L, 7L], await PagesAsync(null, "BOB"));
        Assert.Equal([6L], await PagesAsync(EmployeeOutcome.Skipped, "bob"));
        var window = (await portal.BrowseEmployeesAsync(new EmployeeStretch(1, 2, EmployeeOutcome.Matched, null, null)))!;
        Assert.Equal([3L, 4L], window.Rows.Select(row => row.BitrixUserId));
        Assert.Equal((4, 7), (window.Matching, window.Tallies.Sum(tally => tally.Count)));

        async Task<List<long>> PagesAsync(EmployeeOutcome? outcome, string? name)
        {
            var (ids, cursor) = (new List<long>(), default(string));
            do
            {
                var page = (await portal.ListEmployeesAsync(new EmployeeQuery(cursor, 2, outcome, name)))!;
                Assert.InRange(page.Items.Length, 1, 2);
                ids.AddRange(page.Items.Select(row => row.BitrixUserId));
                cursor = page.Next;
            }
            while (cursor is not null);

            return ids;
        }

        async Task<(int One, int Other)> CountAsync(EmployeeOutcome one, EmployeeOutcome other) =>
            ((await PagesOfAsync(one)).Items.Length, (await PagesOfAsync(other)).Items.Length);

        async Task<Page<EmployeeRow>> PagesOfAsync(EmployeeOutcome outcome) =>
            (await portal.ListEmployeesAsync(new EmployeeQuery(null, 10, outcome, null)))!;
    }
}
