using OrleansSync.EndToEnd.Services;
using OrleansSync.Sandbox.CallGear;
using OrleansSync.Testing.Tenants;

namespace OrleansSync.EndToEnd.Rules;

/// <summary>R7.3 and R8.5, where the key's rights or the account's plan lack something.</summary>
public sealed class RightsTests(Product product)
{
    private const long Group = 77;

    [Theory]
    [InlineData("read")]
    [InlineData("change")]
    [InlineData("component")]
    [InlineData("members")]
    [InlineData("free text")]
    [Trait("Rule", "R7.3")]
    public async Task GroupThatRefuses_MakesTheRunFlawedAndNothingElse(string way)
    {
        var tenant = await product.NewTenantAsync(People.Seed(People.Users(3)) with
        {
            Groups = [new EmployeeGroup { Id = Group, Name = "Sales", ChannelsCount = 5 }],
        });
        await tenant.ConnectAsync();
        tenant.Settings["responsibleGroupId"] = Group;
        await tenant.PutAsync();
        await tenant.SynchronizeAsync();
        tenant.CallGear.Settings = way switch
        {
            "read" => new AccountSettings { ForbiddenMethods = ["get.group_employees"] },
            "change" => new AccountSettings { ForbiddenMethods = ["update.group_employees"] },
            "component" => new AccountSettings { DisabledMethods = ["update.group_employees"] },
            "members" => new AccountSettings { DisabledParameters = ["update.group_employees:members"] },
            _ => new AccountSettings { ErrorForm = ErrorForm.FreeText },
        };
        tenant.Portal.PutUser(People.User(4));
        if (way == "free text")
        {
            tenant.CallGear.PutGroup(new EmployeeGroup { Id = Group, Name = "", ChannelsCount = 5 });
        }

        var nextRunAt = (await tenant.AccountAsync()).NextRunAt;

        var run = await tenant.SynchronizeAsync();

        Assert.Equal(("completedWithErrors", "groupRejected", 1), (run.Status, run.Error?.Code, run.Counts.Created));
        var account = await tenant.AccountAsync();
        Assert.Equal(("active", "groupRejected"), (account.Status, account.Problem?.Code));
        Assert.Equal(nextRunAt, account.NextRunAt);
        Assert.Equal([1, 2, 3, 4], await tenant.ResponsibleAsync());
    }

    [Fact]
    [Trait("Rule", "R7.3")]
    public async Task GroupWithoutTheComponentOfItsLines_FollowsWithoutThem()
    {
        var tenant = await product.NewTenantAsync(People.Seed(People.Users(3)) with
        {
            Groups = [new EmployeeGroup { Id = Group, Name = "Sales", ChannelsCount = 5 }],
            Account = new AccountSettings { DisabledParameters = ["update.group_employees:channels_count"] },
        });
        tenant.Settings["responsibleGroupId"] = Group;

        var run = await tenant.ConnectAsync();

        Assert.Equal(("succeeded", 3), (run.Status, run.Counts.Created));
        Assert.Equal(3, tenant.CallGear.FindGroup(Group)!.Members.Count);
    }

    [Theory]
    [InlineData("update.employees", 2, 1)]
    [InlineData("create.employees", 1, 2)]
    [Trait("Rule", "R8.5")]
    public async Task OneRightIsMissing_UsersThatNeedItFail_AndTheOthersGoOn(string missing, int done, int failed)
    {
        var tenant = await product.NewTenantAsync(People.Seed(People.Users(3), People.EmployeeFor(3, "Lee")) with
        {
            Account = new AccountSettings { ForbiddenMethods = [missing] },
        });

        var run = await tenant.ConnectAsync();

        Assert.Equal(
            ("completedWithErrors", null, done, failed),
            (run.Status, run.Error?.Code, run.Counts.Created + run.Counts.Linked, run.Counts.Failed));
        Assert.Contains($"({missing})", run.ChangeOf(missing == "update.employees" ? 3 : 1).Reason!.Message, StringComparison.Ordinal);
        run = await tenant.SynchronizeAsync();
        Assert.Equal((done, failed), (run.Counts.Matched, run.Counts.Failed));
        Assert.Equal(("active", null), ((await tenant.AccountAsync()).Status, (await tenant.AccountAsync()).Problem));

        tenant.CallGear.Settings = new AccountSettings();
        Assert.Equal("succeeded", (await tenant.SynchronizeAsync()).Status);
        tenant.AssertNothingBroken();
    }
}
