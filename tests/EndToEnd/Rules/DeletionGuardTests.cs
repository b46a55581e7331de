using System.Net;
using OrleansSync.EndToEnd.Services;
using OrleansSync.Sandbox.Bitrix24;
using OrleansSync.Testing.Tenants;

namespace OrleansSync.EndToEnd.Rules;

/// <summary>R8.1.</summary>
public sealed class DeletionGuardTests(Product product)
{
    [Fact]
    [Trait("Rule", "R8.1")]
    public async Task Dismissals_ExactlyTheShare_AreNotHeld()
    {
        var tenant = await ConnectedAsync(10);
        Dismiss(tenant, 1, 2, 3);

        var run = await tenant.SynchronizeAsync();

        Assert.Equal(("succeeded", 3), (run.Status, run.Counts.RemovedFromResponsible));
    }

    [Fact]
    [Trait("Rule", "R8.1")]
    public async Task Dismissals_FewUsers_AreNotHeld()
    {
        var tenant = await ConnectedAsync(4);
        Dismiss(tenant, 1, 2, 3);

        Assert.Equal("succeeded", (await tenant.SynchronizeAsync()).Status);
        Assert.Equal([4], await tenant.ResponsibleAsync());
    }

    [Fact]
    [Trait("Rule", "R8.1")]
    public async Task Dismissals_MoreThanTheShare_AreHeldUntilApproved()
    {
        var tenant = await ConnectedAsync(10);
        Dismiss(tenant, 1, 2, 3, 4);
        tenant.Portal.PutUser(People.User(11));

        var held = await tenant.SynchronizeAsync();

        Assert.Equal(
            ("held", "deletionGuard", 1, 0), (held.Status, held.Error?.Code, held.Counts.Created, held.Counts.RemovedFromResponsible));
        Assert.Equal(
            [1, 2, 3, 4], held.Changes!.Where(change => change.Reason?.Code == "deletionGuard").Select(change => change.BitrixUserId));
        Assert.Equal(Enumerable.Range(1, 11).Select(id => (long)id), await tenant.ResponsibleAsync());
        Assert.Equal(("held", "deletionGuard"), ((await tenant.AccountAsync()).Status, (await tenant.AccountAsync()).Problem?.Code));
        Assert.Equal("held", (await tenant.SynchronizeAsync()).Status);

        var approved = await tenant.ApproveAsync(held);

        Assert.Equal(("approved", "succeeded", 4), (approved.Trigger, approved.Status, approved.Counts.RemovedFromResponsible));
        Assert.Equal([5, 6, 7, 8, 9, 10, 11], await tenant.ResponsibleAsync());
        Assert.Equal(("active", null), ((await tenant.AccountAsync()).Status, (await tenant.AccountAsync()).Problem));
        Assert.Equal("succeeded", (await tenant.SynchronizeAsync()).Status);
        Assert.Equal(HttpStatusCode.Conflict, await ApproveStatusAsync(tenant, held.RunId));
    }

    [Fact]
    [Trait("Rule", "R8.1")]
    public async Task Approval_SomeAreBack_RemovesThoseStillGone()
    {
        var tenant = await ConnectedAsync(10);
        Dismiss(tenant, 1, 2, 3, 4);
        var held = await tenant.SynchronizeAsync();
        tenant.Portal.ChangeUser(2, user => user.With("ACTIVE", true));

        var approved = await tenant.ApproveAsync(held);

        Assert.Equal(("succeeded", 3), (approved.Status, approved.Counts.RemovedFromResponsible));
        Assert.Equal([2, 5, 6, 7, 8, 9, 10], await tenant.ResponsibleAsync());
    }

    [Fact]
    [Trait("Rule", "R8.1")]
    public async Task Approval_OthersDisappearedSince_HoldsThose()
    {
        var tenant = await ConnectedAsync(10);
        Dismiss(tenant, 1, 2, 3, 4);
        var held = await tenant.SynchronizeAsync();
        Dismiss(tenant, 5);

        var approved = await tenant.ApproveAsync(held);

        Assert.Equal(("held", "deletionGuard", 4), (approved.Status, approved.Error?.Code, approved.Counts.RemovedFromResponsible));
        Assert.Equal([5, 6, 7, 8, 9, 10], await tenant.ResponsibleAsync());

        var second = await tenant.ApproveAsync(approved);
        Assert.Equal(("succeeded", 1), (second.Status, second.Counts.RemovedFromResponsible));
        Assert.Equal([6, 7, 8, 9, 10], await tenant.ResponsibleAsync());
    }

    [Fact]
    [Trait("Rule", "R8.1")]
    public async Task Held_UsersAreBack_EndsByItself()
    {
        var tenant = await ConnectedAsync(10);
        Dismiss(tenant, 1, 2, 3, 4);
        var held = await tenant.SynchronizeAsync();
        foreach (var id in new[] { 1, 2, 3, 4 })
        {
            tenant.Portal.ChangeUser(id, user => user.With("ACTIVE", true));
        }

        var run = await tenant.SynchronizeAsync();

        Assert.Equal(("succeeded", 10, "active"), (run.Status, run.Counts.Matched, (await tenant.AccountAsync()).Status));
        Assert.Equal(HttpStatusCode.Conflict, await ApproveStatusAsync(tenant, held.RunId));
    }

    [Fact]
    [Trait("Rule", "R8.1")]
    public async Task EmptyAnswer_WithFewImported_IsHeld()
    {
        var tenant = await ConnectedAsync(2);
        tenant.Portal.ReplaceUsers([]);

        var held = await tenant.SynchronizeAsync();

        Assert.Equal(("held", "deletionGuard", 0), (held.Status, held.Error?.Code, held.Counts.RemovedFromResponsible));
        Assert.Equal([1, 2], await tenant.ResponsibleAsync());
    }

    [Fact]
    [Trait("Rule", "R8.1")]
    public async Task EmptyAnswer_WithNobodyImported_IsARunOfNobody()
    {
        var tenant = await ConnectedAsync(0);

        var run = await tenant.SynchronizeAsync();

        Assert.Equal(("succeeded", 0), (run.Status, run.Counts.Users));
    }

    [Fact]
    [Trait("Rule", "R8.1")]
    public async Task Share_OfTheAccount_Decides()
    {
        var tenant = await product.NewTenantAsync(People.Seed(People.Users(10)));
        tenant.Settings["maxDeletionsPercent"] = 0;
        await tenant.ConnectAsync();
        Dismiss(tenant, 1);

        Assert.Equal("held", (await tenant.SynchronizeAsync()).Status);
    }

    private async Task<Tenant> ConnectedAsync(int users)
    {
        var tenant = await product.NewTenantAsync(People.Seed(People.Users(users)));
        await tenant.ConnectAsync();
        return tenant;
    }

    private async Task<HttpStatusCode> ApproveStatusAsync(Tenant tenant, string runId) =>
        await (await product.EmbeddedAsync()).Api.StatusAsync(HttpMethod.Post, $"{tenant.Path}/runs/{runId}/approve");

    private static void Dismiss(Tenant tenant, params int[] users) => Array.ForEach(users, id => tenant.Portal.ChangeUser(id, Dismissed));

    private static BitrixUser Dismissed(BitrixUser user) => user.Dismissed();
}
