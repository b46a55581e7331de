using System.Collections.Immutable;
using OrleansSync.Grains.Connections.Credentials;
using OrleansSync.Grains.Interfaces;
using OrleansSync.Grains.Interfaces.Accounts;
using OrleansSync.Grains.Interfaces.Connections;
using OrleansSync.Grains.Interfaces.Rows;
using OrleansSync.Grains.Tests.Connections.Cluster;

namespace OrleansSync.Grains.Tests.Connections.Credentials;

/// <summary>What is read of an account's row.</summary>
public sealed class AccountCredentialsTests(ConnectionCluster cluster) : ConnectionTests(cluster)
{
    [Fact]
    public async Task Read_Account_HasBothSidesWithTheirSealedSecrets()
    {
        var portal = Cluster.Sandbox.PutPortal("read-both");
        var bitrix24 = Cluster.OAuthAccess("read-both", portal) with { ApplicationToken = new ProtectedText("sealed") };
        var callGear = Cluster.Key("read-both", Cluster.Sandbox.PutAccount("read-both")) with { UserId = 7 };
        await Cluster.PutAccountAsync("read-both", bitrix24, callGear, generation: 5, tokensSince: 3);

        Assert.Equal(new AccountCredentials(5, 3, bitrix24, callGear), await ReadAsync("read-both"));
    }

    [Fact]
    public async Task Read_NoSuchAccount_IsNull() => Assert.Null(await ReadAsync("read-nobody"));

    [Fact]
    public async Task Read_AccountIsBeingErased_IsNull()
    {
        await Cluster.PutAccountAsync("read-erased", isBeingErased: true);

        Assert.Null(await ReadAsync("read-erased"));
    }

    [Theory]
    [InlineData("""{"connection":{"bitrix24":{"webhookUrl":"s3cret"}}}""")]
    [InlineData("""{"connection":{"bitrix24":s3cret}}""")]
    [InlineData("{}")]
    [InlineData("null")]
    public async Task Read_RowThatNoReleaseWrote_NamesTheAccountAndNoSecret(string state)
    {
        await Cluster.PutAccountAsync("read-damaged", state, "damaged.example");

        var exception = await Assert.ThrowsAsync<UnreadableRowException>(() => ReadAsync("read-damaged"));

        Assert.Contains("read-damaged", exception.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("s3cret", exception.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task ListUsers_DatabaseIsAway_SaysSoAndRecovers()
    {
        var portal = Cluster.Sandbox.PutPortal("read-away", users: [ConnectionCluster.User(1)]);
        await Cluster.PutAccountAsync("read-away", Cluster.Webhook("read-away", portal));
        Cluster.RowFaults.Fail(nameof(IAccountRows.ReadAsync));
        await Assert.ThrowsAsync<StorageUnavailableException>(ListAsync);
        Cluster.RowFaults.Clear();

        Assert.Null((await ListAsync()).Failure);

        Task<CallOutcome<ImmutableArray<PortalUser>>> ListAsync() =>
            Cluster.DriveAsync(Cluster.Bitrix24("read-away").ListUsersAsync(0, Of(1), Token));
    }

    private Task<AccountCredentials?> ReadAsync(string account) => AccountCredentials.ReadAsync(Cluster.Rows.Accounts, account);
}
