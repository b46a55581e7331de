using OrleansSync.EndToEnd.Services;
using OrleansSync.Sandbox.CallGear;
using OrleansSync.Sandbox.Seeding;
using OrleansSync.Testing.Processes;
using OrleansSync.Testing.Tenants;

namespace OrleansSync.EndToEnd.Rules;

/// <summary>R6 and R7.</summary>
public sealed class ResponsibleTests(Product product)
{
    private const long Group = 77;

    [Theory]
    [InlineData("dismissed")]
    [InlineData("absent")]
    [InlineData("extranet")]
    [Trait("Rule", "R7.1"), Trait("Rule", "R6.1"), Trait("Rule", "R6.2"), Trait("Rule", "R6.3")]
    public async Task DeletedUser_LeavesTheList_AndReturnsWhenBack(string way)
    {
        var tenant = await product.NewTenantAsync(People.Seed(People.Users(4)));
        await tenant.ConnectAsync();
        var (employees, changes) = (tenant.CallGear.Employees, tenant.CallGear.Changes.Count);
        var user = tenant.Portal.FindUser(2)!;
        if (way == "absent")
        {
            tenant.Portal.RemoveUser(2);
        }
        else
        {
            tenant.Portal.PutUser(way == "dismissed" ? user.Dismissed() : user.With("USER_TYPE", "extranet"));
        }

        var left = await tenant.SynchronizeAsync();

        Assert.Equal(("removedFromResponsible", 1), (left.ChangeOf(2).Outcome, left.Counts.RemovedFromResponsible));
        Assert.Equal([1, 3, 4], await tenant.ResponsibleAsync());
        Assert.Equal(("deleted", false), ((await tenant.RowAsync(2)).Outcome, (await tenant.RowAsync(2)).Responsible));

        tenant.Portal.PutUser(user);
        var back = await tenant.SynchronizeAsync();

        Assert.Equal(("returned", 1, 4), (back.ChangeOf(2).Outcome, back.Counts.AddedToResponsible, back.Counts.Matched));
        Assert.Equal([1, 2, 3, 4], await tenant.ResponsibleAsync());
        Assert.Equal("matched", (await tenant.RowAsync(2)).Outcome);
        Assert.Equal((employees, changes), (tenant.CallGear.Employees, tenant.CallGear.Changes.Count));
    }

    [Fact]
    [Trait("Rule", "R6.3")]
    public async Task DeletedUser_StayingAway_IsReportedOnce()
    {
        var tenant = await product.NewTenantAsync(People.Seed(People.Users(4)));
        await tenant.ConnectAsync();
        tenant.Portal.ChangeUser(2, user => user.Dismissed());
        await tenant.SynchronizeAsync();

        var next = await tenant.SynchronizeAsync();

        Assert.Equal((3, 0), (next.Counts.Matched, next.Counts.RemovedFromResponsible));
        Assert.Empty(next.Changes!);
        Assert.Equal(3, (await tenant.AccountAsync()).Counts.Employees);
    }

    [Fact]
    [Trait("Rule", "R7.2")]
    public async Task TakenOutByHand_StaysOutUntilPutBackByHand()
    {
        var tenant = await product.NewTenantAsync(People.Seed(People.Users(3)));
        await tenant.ConnectAsync();

        await tenant.SetResponsibleAsync(2, responsible: false);
        tenant.Portal.PutUser(People.User(4));
        await tenant.SynchronizeAsync();
        Assert.Equal([1, 3, 4], await tenant.ResponsibleAsync());

        await tenant.SetResponsibleAsync(2, responsible: true);
        Assert.Equal([1, 2, 3, 4], await tenant.ResponsibleAsync());
        await tenant.SynchronizeAsync();
        Assert.Equal([1, 2, 3, 4], await tenant.ResponsibleAsync());
    }

    [Fact]
    [Trait("Rule", "R7.2"), Trait("Rule", "R7.3")]
    public async Task Group_FollowsTheListAtOnce()
    {
        var tenant = await TenantWithGroupAsync();
        await tenant.ConnectAsync();
        await AssertGroupFollowsAsync(tenant, 1, 2, 3);

        await tenant.SetResponsibleAsync(2, responsible: false);
        await AssertGroupFollowsAsync(tenant, 1, 3);

        tenant.Portal.ChangeUser(3, user => user.Dismissed());
        await tenant.SynchronizeAsync();
        await AssertGroupFollowsAsync(tenant, 1);

        var group = tenant.CallGear.FindGroup(Group)!;
        Assert.Equal(("Sales", 5), (group.Name, group.ChannelsCount));
    }

    [Fact]
    [Trait("Rule", "R7.3")]
    public async Task Group_Missing_MakesTheRunFlawedAndNothingElse()
    {
        var tenant = await TenantWithGroupAsync();
        await tenant.ConnectAsync();
        tenant.CallGear.DeleteGroup(Group);
        tenant.Portal.PutUser(People.User(4));

        var run = await tenant.SynchronizeAsync();

        Assert.Equal(("completedWithErrors", "groupRejected", 1), (run.Status, run.Error?.Code, run.Counts.Created));
        Assert.Equal([1, 2, 3, 4], await tenant.ResponsibleAsync());
        Assert.Equal("groupRejected", (await tenant.AccountAsync()).Problem?.Code);

        tenant.CallGear.PutGroup(new EmployeeGroup { Id = Group, Name = "Sales", ChannelsCount = 5 });
        Assert.Equal("succeeded", (await tenant.SynchronizeAsync()).Status);
        await AssertGroupFollowsAsync(tenant, 1, 2, 3, 4);
        Assert.Null((await tenant.AccountAsync()).Problem);
    }

    private static async Task AssertGroupFollowsAsync(Tenant tenant, params long[] users)
    {
        var rows = await tenant.RowsAsync();
        var expected = users.Select(user => rows[user].CallGearEmployeeId!.Value).Order().ToArray();
        Assert.Equal(users, await tenant.ResponsibleAsync());
        await Eventually.GetAsync(
            $"the group has the employees of users {string.Join(", ", users)}",
            () => Task.FromResult(tenant.CallGear.FindGroup(Group)!.Members.Order().ToArray()),
            members => members.SequenceEqual(expected));
    }

    private async Task<Tenant> TenantWithGroupAsync()
    {
        SeedData seed = People.Seed(People.Users(3)) with
        {
            Groups = [new EmployeeGroup { Id = Group, Name = "Sales", ChannelsCount = 5 }],
        };
        var tenant = await product.NewTenantAsync(seed);
        tenant.Settings["responsibleGroupId"] = Group;
        return tenant;
    }
}
