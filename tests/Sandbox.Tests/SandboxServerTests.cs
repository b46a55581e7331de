using OrleansSync.Sandbox.Bitrix24;
using OrleansSync.Sandbox.Seeding;

namespace OrleansSync.Sandbox.Tests;

public sealed class SandboxServerTests
{
    [Fact]
    public async Task Portals_WithHostsOfTheirOwn_ServeThere()
    {
        await using var sandbox = await SandboxServer.StartAsync(
            new SandboxOptions { LoopbackAddresses = 3 }, TestContext.Current.CancellationToken);
        var portal = sandbox.PutPortal("p", new PortalSettings { Host = "127.0.0.3" });
        using var client = new BitrixClient(portal);

        Assert.Equal(("127.0.0.3", sandbox.Address.Port), (portal.WebhookUrl.Host, portal.WebhookUrl.Port));
        Assert.Equal(200, (int)(await client.CallAsync("user.get", "{}")).Status);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(251)]
    public async Task StartAsync_AddressesOutOfRange_IsRefused(int addresses) => await Assert.ThrowsAsync<ArgumentOutOfRangeException>(
        () => SandboxServer.StartAsync(new SandboxOptions { LoopbackAddresses = addresses }, TestContext.Current.CancellationToken));

    [Fact]
    public async Task Secrets_OfTheSameNames_AreTheSameInEachRun()
    {
        await using var one = await SandboxServer.StartAsync(new SandboxOptions(), TestContext.Current.CancellationToken);
        await using var two = await SandboxServer.StartAsync(new SandboxOptions(), TestContext.Current.CancellationToken);
        var (portal, account) = one.Seed("acme", "acme", DemoSeed.Create());
        var (again, accountAgain) = two.Seed("acme", "acme", DemoSeed.Create());

        Assert.Equal((portal.WebhookUrl.AbsolutePath, account.AccessToken), (again.WebhookUrl.AbsolutePath, accountAgain.AccessToken));
        Assert.NotEqual(portal.WebhookUrl.AbsolutePath, one.PutPortal("other").WebhookUrl.AbsolutePath);
    }

    [Fact]
    public async Task Accounts_ServedTogether_DoNotMix()
    {
        await using var sandbox = await SandboxServer.StartAsync(new SandboxOptions(), TestContext.Current.CancellationToken);
        var accounts = Enumerable.Range(0, 20).Select(i => sandbox.PutAccount($"a{i}")).ToArray();

        await Task.WhenAll(accounts.Select(async account =>
        {
            using var client = new CallGearClient(account);
            for (var i = 0; i < 5; i++)
            {
                await client.CallAsync("create.employees", $$"""{"last_name":"{{account.Id}}"}""");
            }
        }));

        Assert.All(accounts, a => Assert.Equal(Enumerable.Repeat(a.Id, 5), a.Employees.Select(e => e.LastName)));
    }
}
