using OrleansSync.Grains.Interfaces.Accounts;
using OrleansSync.Grains.Interfaces.Directory;
using OrleansSync.Grains.Interfaces.Rows;

namespace OrleansSync.Grains.Tests.Portals;

/// <summary>What the directory knows of an account.</summary>
public sealed class ListedAccountTests(PortalCluster cluster) : PortalTests(cluster)
{
    [Fact]
    public async Task Connect_NewOrWithAnotherPortal_ListsTheAccountWithItsPortal()
    {
        var portal = await Cluster.ConnectAsync("listed", users: 1, AccountSettings.Default with { Paused = true });
        Assert.Equal(new DirectoryEntry("listed", "listed", AccountStatus.Paused, "listed"), await EntryAsync("listed"));

        var connection = Cluster.Connection("listed");
        await portal.ConnectAsync(connection with
        {
            Bitrix24 = connection.Bitrix24 with { PortalKey = "moved.example" },
            Settings = AccountSettings.Default with { Paused = true },
        });

        Assert.Equal("moved.example", (await EntryAsync("listed"))!.PortalKey);
    }

    private async Task<DirectoryEntry?> EntryAsync(string account) =>
        (await Cluster.Directory.PageAsync(new AccountQuery(Query: account), after: null, limit: 10)).SingleOrDefault(
            entry => entry.AccountId == account);
}
