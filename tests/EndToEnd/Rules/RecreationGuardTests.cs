using OrleansSync.EndToEnd.Services;
using OrleansSync.Testing.Tenants;

namespace OrleansSync.EndToEnd.Rules;

/// <summary>R8.2.</summary>
public sealed class RecreationGuardTests(Product product)
{
    [Fact]
    [Trait("Rule", "R8.2")]
    public async Task MissingEmployees_MoreThanTheShare_AreNotRecreatedUntilApproved()
    {
        var tenant = await ConnectedAsync(10);
        Delete(tenant, 1, 2, 3, 4);

        var held = await tenant.SynchronizeAsync();

        Assert.Equal(("held", "recreationGuard", 0), (held.Status, held.Error?.Code, held.Counts.Created));
        Assert.Equal(6, tenant.CallGear.Employees.Count);
        Assert.Equal("held", (await tenant.AccountAsync()).Status);

        var approved = await tenant.ApproveAsync(held);

        Assert.Equal(("succeeded", 4), (approved.Status, approved.Counts.Created));
        Assert.Equal(10, tenant.CallGear.Employees.Count);
        Assert.Equal("active", (await tenant.AccountAsync()).Status);
        tenant.AssertNothingBroken();
    }

    [Fact]
    [Trait("Rule", "R8.2")]
    public async Task EmptyEmployeeList_WithFewLinked_IsHeld()
    {
        var tenant = await ConnectedAsync(2);
        Delete(tenant, 1, 2);

        var held = await tenant.SynchronizeAsync();

        Assert.Equal(("held", "recreationGuard"), (held.Status, held.Error?.Code));
        Assert.Empty(tenant.CallGear.Employees);
    }

    [Fact]
    [Trait("Rule", "R8.2"), Trait("Rule", "R3.6")]
    public async Task MissingEmployees_FewerThanTheShare_AreRecreated()
    {
        var tenant = await ConnectedAsync(10);
        Delete(tenant, 1, 2, 3);

        var run = await tenant.SynchronizeAsync();

        Assert.Equal(("succeeded", 3, 7), (run.Status, run.Counts.Created, run.Counts.Matched));
        Assert.Equal(10, tenant.CallGear.Employees.Count);
    }

    private async Task<Tenant> ConnectedAsync(int users)
    {
        var tenant = await product.NewTenantAsync(People.Seed(People.Users(users)));
        await tenant.ConnectAsync();
        return tenant;
    }

    private static void Delete(Tenant tenant, params int[] users) =>
        Array.ForEach(users, id => Assert.True(tenant.CallGear.DeleteEmployee(tenant.EmployeeWith(People.EmailOf(id)).Id)));
}
