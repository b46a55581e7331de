using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Serialization;
using OrleansSync.Grains.Interfaces.Accounts;
using OrleansSync.Grains.Interfaces.Rows;

namespace OrleansSync.Grains.Tests.Portals;

/// <summary>An account's row that holds what no release has written.</summary>
public sealed class UnreadableAccountTests(PortalCluster cluster) : PortalTests(cluster)
{
    [Theory]
    [InlineData("state", "{\"connectedAt\":\"secret-looking\"")]
    [InlineData("connection", "null")]
    public async Task Account_ThatCannotBeRead_IsRefusedByName_AndQuotesNothing(string column, string stored)
    {
        var account = $"unreadable-{column}";
        var portal = await Cluster.ConnectAsync(account, users: 1, AccountSettings.Default with { Paused = true });
        await PortalCluster.DeactivateAsync(portal);
        Cluster.Rows.Execute($"UPDATE account SET {column} = '{stored}' WHERE account_id = @account", account);

        var refusal = await Assert.ThrowsAsync<UnreadableRowException>(portal.GetAccountAsync);

        Assert.Contains($"The {column} that is stored of account {account} cannot be read", refusal.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret-looking", refusal.ToString(), StringComparison.Ordinal);
        Cluster.Rows.Execute("DELETE FROM account WHERE account_id = @account", account);
        Assert.Null(await portal.GetAccountAsync());
    }

    [Fact]
    public void Refusal_OfOneRow_IsTheSameOnAnotherSilo()
    {
        using var services = new ServiceCollection().AddSerializer().BuildServiceProvider();
        var serializer = services.GetRequiredService<Serializer<Exception>>();
        var refusal = new UnreadableRowException("The row of user 7 cannot be read.", new JsonException("At $.email."));

        var received = serializer.Deserialize(serializer.SerializeToArray(refusal));

        Assert.Equal(refusal.Message, Assert.IsType<UnreadableRowException>(received).Message);
        Assert.Equal("At $.email.", received.InnerException?.Message);
    }
}
