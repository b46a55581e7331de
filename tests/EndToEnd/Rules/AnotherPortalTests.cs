using System.Net;
using System.Text.Json.Nodes;
using OrleansSync.EndToEnd.Services;
using OrleansSync.Sandbox.Bitrix24;
using OrleansSync.Testing.Client;
using OrleansSync.Testing.Services;
using OrleansSync.Testing.Tenants;

namespace OrleansSync.EndToEnd.Rules;

/// <summary>R8.12, and users that lists leave out.</summary>
public sealed class AnotherPortalTests(Product product)
{
    [Theory]
    [InlineData(ServiceKind.Embedded)]
    [InlineData(ServiceKind.Cluster)]
    [Trait("Rule", "R8.12")]
    public async Task AnotherPortal_WithTheSameIds_IsHeld_UntilTheFormerIsBackOrItIsApproved(ServiceKind kind)
    {
        var tenant = await product.NewTenantAsync(People.Seed(People.Users(20)), kind);
        tenant.Settings["fillMissingPhones"] = true;
        await tenant.ConnectAsync();
        var other = product.Sandbox.PutPortal($"{tenant.Id}-other", users: Enumerable.Range(1, 20).Select(Stranger));
        var writes = tenant.Writes().Count;
        await PointAsync(tenant, kind, other);

        var held = await tenant.SynchronizeAsync();

        Assert.Equal(("held", "portalChanged", 0), (held.Status, held.Error?.Code, held.Counts.Users));
        Assert.Equal(20, held.Changes!.Count(change => change.Reason?.Code == "portalChanged"));
        Assert.Equal(("held", "portalChanged"), ((await tenant.AccountAsync()).Status, (await tenant.AccountAsync()).Problem?.Code));
        Assert.Equal("held", (await tenant.SynchronizeAsync("&dryRun=true")).Status);
        Assert.Equal("held", (await tenant.SynchronizeAsync("&user=7")).Status);
        Assert.Equal(writes, tenant.Writes().Count);
        Assert.Equal(20, (await tenant.ResponsibleAsync()).Count);

        await tenant.PutAsync();
        var back = await tenant.SynchronizeAsync();
        Assert.Equal(("succeeded", 20, "active"), (back.Status, back.Counts.Matched, (await tenant.AccountAsync()).Status));

        await PointAsync(tenant, kind, other);
        var approved = await tenant.ApproveAsync(await tenant.SynchronizeAsync());

        Assert.Equal(
            ("approved", "succeeded", 20, 20),
            (approved.Trigger, approved.Status, approved.Counts.Created, approved.Counts.RemovedFromResponsible));
        Assert.Equal(("active", 40), ((await tenant.AccountAsync()).Status, tenant.CallGear.Employees.Count));
        Assert.Equal(20, (await tenant.SynchronizeAsync()).Counts.Matched);
        tenant.AssertNothingBroken();
    }

    [Fact]
    [Trait("Rule", "R8.12")]
    public async Task PortalThatMoved_GoesOn()
    {
        var tenant = await product.NewTenantAsync(People.Seed(People.Users(6)));
        await tenant.ConnectAsync();
        await PointAsync(tenant, ServiceKind.Embedded, product.Sandbox.PutPortal($"{tenant.Id}-moved", users: People.Users(7)));

        var run = await tenant.SynchronizeAsync();

        Assert.Equal(("succeeded", 6, 1), (run.Status, run.Counts.Matched, run.Counts.Created));
    }

    [Fact]
    [Trait("Rule", "R6.2")]
    public async Task LinkedUser_ThatListsLeaveOut_CountsAsDeleted()
    {
        var tenant = await product.NewTenantAsync(People.Seed(People.Users(6)));
        tenant.Portal.Settings = tenant.Portal.Settings with { ListsStaffOnly = true };
        await tenant.ConnectAsync();
        tenant.Portal.ChangeUser(4, user => user.With("UF_DEPARTMENT", null));
        tenant.Portal.ChangeUser(5, user => user.With("USER_TYPE", "extranet"));

        Assert.Equal(1, (await tenant.SynchronizeAsync("&user=4")).Counts.RemovedFromResponsible);
        var run = await tenant.SynchronizeAsync();

        Assert.Equal(("succeeded", 4, 1), (run.Status, run.Counts.Matched, run.Counts.RemovedFromResponsible));
        Assert.Equal([1, 2, 3, 6], await tenant.ResponsibleAsync());
    }

    [Fact]
    [Trait("Rule", "R8.6a")]
    public async Task OneUserWithoutAnAddress_AskedForAlone_IsSkipped()
    {
        var tenant = await product.NewTenantAsync(People.Seed(People.Users(6)));
        await tenant.ConnectAsync();
        tenant.Portal.PutUser(People.User(21).With("EMAIL", null));

        var run = await tenant.SynchronizeAsync("&user=21");

        Assert.Equal(("succeeded", 1, "active"), (run.Status, run.Counts.Skipped, (await tenant.AccountAsync()).Status));
        Assert.Equal("missingEmail", (await tenant.RowAsync(21)).Reason?.Code);
    }

    private static BitrixUser Stranger(int id) =>
        BitrixUser.Employee(id, "Bob", $"Stone {id}", $"stranger.{id}@other.example", $"+7 812 00000{id:D2}");

    private async Task PointAsync(Tenant tenant, ServiceKind kind, BitrixPortal portal)
    {
        var body = tenant.Body();
        body["bitrix24"] = new JsonObject { ["edition"] = "cloud", ["webhookUrl"] = portal.WebhookUrl.AbsoluteUri };
        await (await product.ServiceAsync(kind)).Api.SendAsync(
            HttpMethod.Put, tenant.Path, HttpStatusCode.OK, AnswersJson.Default.Account, body);
    }
}
