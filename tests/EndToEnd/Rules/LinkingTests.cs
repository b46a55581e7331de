using OrleansSync.EndToEnd.Services;
using OrleansSync.Sandbox.Faults;
using OrleansSync.Testing.Tenants;

namespace OrleansSync.EndToEnd.Rules;

/// <summary>R3 over several runs.</summary>
public sealed class LinkingTests(Product product)
{
    [Fact]
    [Trait("Rule", "R3.1")]
    public async Task LinkedUser_WithAnotherAddressAndName_IsMatchedAndNothingIsSent()
    {
        var tenant = await product.NewTenantAsync(People.Seed(People.Users(1)));
        await tenant.ConnectAsync();
        var employee = Assert.Single(tenant.CallGear.Employees);
        tenant.Portal.ChangeUser(
            1, user => user.With("EMAIL", "other@example.com").With("LAST_NAME", "Other").With("WORK_PHONE", "+7 495 1234567"));

        var run = await tenant.SynchronizeAsync();

        Assert.Equal((1, 0, 0), (run.Counts.Matched, run.Counts.Created, run.Counts.Linked));
        Assert.Equal(employee, Assert.Single(tenant.CallGear.Employees));
        Assert.Equal(("matched", "other@example.com"), ((await tenant.RowAsync(1)).Outcome, (await tenant.RowAsync(1)).Email));
    }

    [Fact]
    [Trait("Rule", "R3.6")]
    public async Task StaleLink_WithAnotherEmployeeOfTheAddress_IsLinkedAnew()
    {
        var tenant = await product.NewTenantAsync(People.Seed(People.Users(2)));
        await tenant.ConnectAsync();
        tenant.CallGear.DeleteEmployee((await tenant.RowAsync(1)).CallGearEmployeeId!.Value);
        var other = tenant.CallGear.PutEmployee(People.EmployeeFor(1, "Desk"));

        var run = await tenant.SynchronizeAsync();

        Assert.Equal((1, 0, 1), (run.Counts.Linked, run.Counts.Created, run.Counts.Matched));
        Assert.Equal(other.Id, (await tenant.RowAsync(1)).CallGearEmployeeId);
        Assert.Equal("(bitrix24) Desk", tenant.CallGear.FindEmployee(other.Id)!.LastName);
    }

    [Fact]
    [Trait("Rule", "R3.6")]
    public async Task StaleLink_WithoutAnyEmployeeOfTheAddress_IsCreatedAnew()
    {
        var tenant = await product.NewTenantAsync(People.Seed(People.Users(2)));
        await tenant.ConnectAsync();
        var gone = (await tenant.RowAsync(1)).CallGearEmployeeId!.Value;
        tenant.CallGear.DeleteEmployee(gone);

        var run = await tenant.SynchronizeAsync();

        Assert.Equal((1, 1), (run.Counts.Created, run.Counts.Matched));
        Assert.NotEqual(gone, (await tenant.RowAsync(1)).CallGearEmployeeId);
        Assert.Equal(2, tenant.CallGear.Employees.Count);
        Assert.Equal([1, 2], await tenant.ResponsibleAsync());
    }

    [Fact]
    [Trait("Rule", "R3.5")]
    public async Task EmployeeOfAnotherUser_IsNotTaken()
    {
        var tenant = await product.NewTenantAsync(People.Seed(People.Users(1)));
        await tenant.ConnectAsync();
        tenant.Portal.ChangeUser(1, user => user.With("EMAIL", "moved@example.com"));
        tenant.Portal.PutUser(People.User(2).With("EMAIL", People.EmailOf(1).ToUpperInvariant()));

        var run = await tenant.SynchronizeAsync();

        Assert.Equal("emailTaken", run.ChangeOf(2).Reason!.Code);
        Assert.Single(tenant.CallGear.Employees);
        Assert.Equal([1], await tenant.ResponsibleAsync());
    }

    [Fact]
    [Trait("Rule", "R3.7")]
    public async Task EmployeeOfADeletedUser_IsTakenOver_AndBothHistoriesSaySo()
    {
        var tenant = await product.NewTenantAsync(People.Seed(People.Users(2)));
        await tenant.ConnectAsync();
        var employee = (await tenant.RowAsync(1)).CallGearEmployeeId;
        tenant.Portal.ChangeUser(1, user => user.Dismissed());
        await tenant.SynchronizeAsync();
        tenant.Portal.PutUser(People.User(3).With("EMAIL", People.EmailOf(1)));

        var run = await tenant.SynchronizeAsync();

        Assert.Equal((1, 1), (run.Counts.Linked, run.Counts.Matched));
        var (former, holder) = (await tenant.RowAsync(1), await tenant.RowAsync(3));
        Assert.Equal(("deleted", (long?)null, false), (former.Outcome, former.CallGearEmployeeId, former.Responsible));
        Assert.Equal(("linked", employee, true), (holder.Outcome, holder.CallGearEmployeeId, holder.Responsible));
        Assert.Contains(former.History!, entry => entry.Note?.Contains("user 3", StringComparison.Ordinal) == true);
        Assert.Contains(holder.History!, entry => entry.Note?.Contains("user 1", StringComparison.Ordinal) == true);
        Assert.Equal([2, 3], await tenant.ResponsibleAsync());

        // The old user is back: one without a link, whose address is another's now.
        tenant.Portal.ChangeUser(1, user => user.With("ACTIVE", true));
        var back = await tenant.SynchronizeAsync();
        Assert.Equal(("skipped", "emailTaken"), (back.ChangeOf(1).Outcome, back.ChangeOf(1).Reason!.Code));
        Assert.Equal(2, tenant.CallGear.Employees.Count);
    }

    [Fact]
    [Trait("Rule", "R3.7")]
    public async Task EmployeeOfAUserDismissedInTheSameRun_IsTakenOver()
    {
        var tenant = await product.NewTenantAsync(People.Seed(People.Users(4)));
        await tenant.ConnectAsync();
        var employee = (await tenant.RowAsync(1)).CallGearEmployeeId;
        tenant.Portal.ChangeUser(1, user => user.Dismissed());
        tenant.Portal.PutUser(People.User(5).With("EMAIL", People.EmailOf(1)));

        await tenant.SynchronizeAsync();

        Assert.Equal((null, employee), ((await tenant.RowAsync(1)).CallGearEmployeeId, (await tenant.RowAsync(5)).CallGearEmployeeId));
        Assert.Equal(4, tenant.CallGear.Employees.Count);
        Assert.Equal([2, 3, 4, 5], await tenant.ResponsibleAsync());
    }

    [Theory]
    [InlineData(FaultKind.Drop)]
    [InlineData(FaultKind.CutOff)]
    [InlineData(FaultKind.Html)]
    [InlineData(FaultKind.Truncated)]
    [Trait("Rule", "R3.8")]
    public async Task Create_ExecutedButItsAnswerLost_EndsWithOneEmployeeAUser(FaultKind kind)
    {
        var tenant = await product.NewTenantAsync(People.Seed(People.Users(6)));
        using var lost = product.Sandbox.Faults.Add(
            new Fault { Kind = kind, Target = tenant.Id, Method = "create.employees", Executed = true, Every = 2 });

        await tenant.ConnectAsync();
        lost.Dispose();
        await tenant.SynchronizeAsync();

        Assert.True(lost.Hits > 0);
        Assert.Equal(6, tenant.CallGear.Employees.Count);
        Assert.Equal(
            tenant.CallGear.Employees.Select(e => e.Id),
            (await tenant.RowsAsync()).Values.Select(row => row.CallGearEmployeeId!.Value).Order());
        tenant.AssertNothingBroken();
    }
}
