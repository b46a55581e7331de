using System.Net;
using OrleansSync.EndToEnd.Services;
using OrleansSync.Testing.Tenants;

namespace OrleansSync.EndToEnd.Requests;

/// <summary>Accounts that go, and come again.</summary>
public sealed class DisconnectTests(Product product)
{
    [Fact]
    public async Task Disconnect_ErasesTheAccountAndChangesNothingInCallGear()
    {
        var service = await product.EmbeddedAsync();
        var tenant = await product.NewTenantAsync(People.Seed(People.Users(3)));
        await tenant.ConnectAsync();
        var (employees, changes) = (tenant.CallGear.Employees, tenant.CallGear.Changes.Count);

        Assert.Equal(HttpStatusCode.NoContent, await service.Api.StatusAsync(HttpMethod.Delete, tenant.Path));

        Assert.Equal(HttpStatusCode.NotFound, await service.Api.StatusAsync(HttpMethod.Get, tenant.Path));
        Assert.Equal((employees, changes), (tenant.CallGear.Employees, tenant.CallGear.Changes.Count));

        // Connected again, it is a new account: its employees are found by their addresses.
        var run = await tenant.ConnectAsync();
        Assert.Equal(("succeeded", null, 3, 0), (run.Status, run.Error, run.Counts.Linked, run.Counts.Created));
        Assert.Equal("connected", Assert.Single(await tenant.RunsAsync()).Trigger);
    }

    [Fact]
    public async Task Disconnect_AndConnectAtOnce_ManyAccounts_EachIsImportedOnce()
    {
        const int AtATime = 6;
        var service = await product.EmbeddedAsync();
        var tenants = new List<Tenant>();
        for (var index = 0; index < 60; index++)
        {
            tenants.Add(await product.NewTenantAsync(People.Seed(People.Users(3))));
        }

        await Parallel.ForEachAsync(tenants, new ParallelOptions { MaxDegreeOfParallelism = AtATime }, async (tenant, _) =>
        {
            await tenant.ConnectAsync();
            Assert.Equal(HttpStatusCode.NoContent, await service.Api.StatusAsync(HttpMethod.Delete, tenant.Path));
            var run = await tenant.ConnectAsync();
            Assert.Equal(("succeeded", null, 3, 0), (run.Status, run.Error, run.Counts.Linked, run.Counts.Created));
            Assert.Equal("connected", Assert.Single(await tenant.RunsAsync()).Trigger);
        });
    }
}
