using System.Collections.Immutable;
using OrleansSync.Grains.Interfaces.Accounts;
using OrleansSync.Grains.Interfaces.Employees;
using OrleansSync.Grains.Interfaces.Portals;
using OrleansSync.Sandbox.Bitrix24;

namespace OrleansSync.Grains.Tests.Portals;

/// <summary>Tests of accounts that are pointed at other portals.</summary>
public abstract class OtherPortals(PortalCluster cluster) : PortalTests(cluster)
{
    /// <summary>Somebody else with an id that portals share.</summary>
    protected static BitrixUser Stranger(int id) =>
        BitrixUser.Employee(id, "Bob", $"Stone {id}", $"stranger{id}@other.example", $"+7 812 00000{id:D2}");

    protected BitrixPortal PutPortal(string name, IEnumerable<BitrixUser> users) =>
        Cluster.Sandbox.PutPortal(name, new PortalSettings { RateLimited = false }, users);

    /// <summary>Saves the account with the webhook of another portal.</summary>
    protected async Task PointAsync(string account, string portal)
    {
        var connection = Cluster.Connection(account);
        Assert.Equal(ConnectOutcome.Updated, (await Cluster.Portal(account).ConnectAsync(connection with
        {
            Bitrix24 = connection.Bitrix24 with
            {
                PortalKey = portal,
                WebhookUrl = Cluster.Secrets.Protect(account, Cluster.Sandbox.Portal(portal).WebhookUrl.AbsoluteUri),
            },
        })).Outcome);
    }

    protected static async Task<ImmutableArray<EmployeeRow>> RowsAsync(IPortalGrain portal) =>
        (await portal.ListEmployeesAsync(new EmployeeQuery(null, 200, null, null)))!.Items;

    /// <summary>That CallGear has seen nothing but the creates of the first import.</summary>
    protected void AssertNothingSent(string account, int created)
    {
        var methods = Cluster.Sandbox.Requests.Records.Where(record => record.Target == account).Select(record => record.Method).ToArray();
        Assert.Equal(created, methods.Count(method => method == "create.employees"));
        Assert.DoesNotContain(methods, method => method.StartsWith("update.", StringComparison.Ordinal));
    }
}
