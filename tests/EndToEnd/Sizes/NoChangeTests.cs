using OrleansSync.EndToEnd.Services;
using OrleansSync.Testing.Services;
using OrleansSync.Testing.Tenants;

namespace OrleansSync.EndToEnd.Sizes;

/// <summary>What has not changed costs nothing.</summary>
public sealed class NoChangeTests(Product product)
{
    private const int Users = 2_400;

    [Theory]
    [InlineData(ServiceKind.Embedded)]
    [InlineData(ServiceKind.Cluster)]
    [Trait("Rule", "R3.1")]
    public async Task Run_WithoutChanges_CostsTwoRequestsAndWritesNoEmployee(ServiceKind kind)
    {
        var service = await product.ServiceAsync(kind);
        var employees = Enumerable.Range(1, Users).Select(id => People.EmployeeFor(id, "(bitrix24) Lee", "74951234567")).ToArray();
        var tenant = await product.NewTenantAsync(People.Seed(People.Users(Users), employees), kind);
        var first = await tenant.ConnectAsync();
        Assert.Equal(("succeeded", Users), (first.Status, first.Counts.Linked));
        var stored = await StoredRows.OfEmployeesAsync(service, tenant.Id);
        var (requests, changes) = (tenant.Requests().Count, tenant.CallGear.Changes.Count);

        var run = await tenant.SynchronizeAsync();

        Assert.Equal(("succeeded", Users), (run.Status, run.Counts.Matched));
        Assert.InRange(run.Calls.Bitrix24, 0, 1);
        Assert.InRange(run.Calls.CallGear, 0, 1);
        Assert.Equal(requests + run.Calls.Bitrix24 + run.Calls.CallGear, tenant.Requests().Count);
        Assert.Equal(changes, tenant.CallGear.Changes.Count);
        Assert.Empty(run.Changes!);
        Assert.Equal(Users, stored.Count);
        Assert.Equal(stored, await StoredRows.OfEmployeesAsync(service, tenant.Id));
    }
}
