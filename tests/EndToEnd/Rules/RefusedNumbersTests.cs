using OrleansSync.EndToEnd.Services;
using OrleansSync.Sandbox.CallGear;
using OrleansSync.Testing.Tenants;

namespace OrleansSync.EndToEnd.Rules;

/// <summary>R5, where CallGear refuses numbers, or what goes with them, in each of the ways it may say so.</summary>
public sealed class RefusedNumbersTests(Product product)
{
    private const string Bad = "74950000002";

    [Theory]
    [InlineData(ErrorForm.Named)]
    [InlineData(ErrorForm.Indexed)]
    [InlineData(ErrorForm.WithValue)]
    [InlineData(ErrorForm.NoField)]
    [InlineData(ErrorForm.FreeText)]
    [Trait("Rule", "R5.2a"), Trait("Rule", "R5.5a")]
    public async Task AllNumbers_OneIsRefused_TheOthersStay(ErrorForm form)
    {
        var users = People.Users(2).Select(user => user
            .With("WORK_PHONE", "74950000001").With("PERSONAL_MOBILE", Bad).With("PERSONAL_PHONE", "74950000003"));
        var tenant = await product.NewTenantAsync(People.Seed(users, People.EmployeeFor(2, "Lee")) with
        {
            Account = new AccountSettings { RefusedPhoneNumbers = [Bad], ErrorForm = form },
        });
        tenant.Settings["phoneNumbers"] = "all";

        var run = await tenant.ConnectAsync();

        Assert.Equal(("completedWithErrors", 1, 1, 4), (run.Status, run.Counts.Created, run.Counts.Linked, run.Counts.PhonesAdded));
        Assert.All(tenant.CallGear.Employees, employee =>
            Assert.Equal(["74950000001", "74950000003"], employee.PhoneNumbers.Select(phone => phone.Number)));
        var row = await tenant.RowAsync(1);
        Assert.Equal("phoneRejected", row.Reason?.Code);
        Assert.Contains($"the number {Bad};", row.Reason!.Message, StringComparison.Ordinal);

        var next = await tenant.SynchronizeAsync();

        Assert.Equal(("succeeded", 2), (next.Status, next.Counts.Matched));
        Assert.Equal(("matched", "phoneRejected"), ((await tenant.RowAsync(1)).Outcome, (await tenant.RowAsync(1)).Reason?.Code));
        tenant.AssertNothingBroken();
    }

    [Theory]
    [InlineData(ErrorForm.NoField)]
    [InlineData(ErrorForm.FreeText)]
    [Trait("Rule", "R5.5a")]
    public async Task RefusedForNoNamedReason_NumberOrNot_IsFoundOut(ErrorForm form)
    {
        var users = People.Users(2).Select(user => user.With("WORK_PHONE", Bad));
        var seed = People.Seed(users.Select(user => user.Id == 2 ? user.With("EMAIL", "no address") : user)) with
        {
            Account = new AccountSettings { RefusedPhoneNumbers = [Bad], ErrorForm = form },
        };
        var tenant = await product.NewTenantAsync(seed);

        var run = await tenant.ConnectAsync();

        Assert.Equal(("created", "phoneRejected"), (run.ChangeOf(1).Outcome, run.ChangeOf(1).Reason!.Code));
        Assert.Equal(("failed", "rejected"), (run.ChangeOf(2).Outcome, run.ChangeOf(2).Reason!.Code));
        Assert.Contains("is not an e-mail address", run.ChangeOf(2).Reason!.Message, StringComparison.Ordinal);
        Assert.Equal(4, tenant.Writes().Count);
    }

    [Fact]
    [Trait("Rule", "R5.5a"), Trait("Rule", "R5.6")]
    public async Task NumberOfAMatchedUser_Refused_IsTriedAgainWhenItOrTheEmployeeChanges()
    {
        var tenant = await product.NewTenantAsync(People.Seed(People.Users(2)) with
        {
            Account = new AccountSettings { RefusedPhoneNumbers = [Bad, "74950000009"] },
        });
        tenant.Settings["fillMissingPhones"] = true;
        await tenant.ConnectAsync();
        tenant.Portal.ChangeUser(1, user => user.With("WORK_PHONE", Bad));

        var refused = await tenant.SynchronizeAsync();
        Assert.Equal(("completedWithErrors", "phoneRejected"), (refused.Status, refused.ChangeOf(1).Reason?.Code));
        var writes = tenant.Writes().Count;

        await AssertLeftAloneAsync();
        await AssertLeftAloneAsync();

        tenant.Portal.ChangeUser(1, user => user.With("WORK_PHONE", "74950000009"));
        Assert.Equal("completedWithErrors", (await tenant.SynchronizeAsync()).Status);
        Assert.Equal(++writes, tenant.Writes().Count);
        await AssertLeftAloneAsync();

        var employee = tenant.EmployeeOf(await tenant.RowAsync(1));
        tenant.CallGear.PutEmployee(employee with { FirstName = "Bea" });
        Assert.Equal("completedWithErrors", (await tenant.SynchronizeAsync()).Status);
        Assert.Equal(++writes, tenant.Writes().Count);
        await AssertLeftAloneAsync();

        tenant.Portal.ChangeUser(1, user => user.With("WORK_PHONE", "74950000001"));
        var added = await tenant.SynchronizeAsync();
        Assert.Equal(("succeeded", "phoneAdded"), (added.Status, added.ChangeOf(1).Outcome));
        Assert.Null((await tenant.RowAsync(1)).Reason);

        async Task AssertLeftAloneAsync()
        {
            var run = await tenant.SynchronizeAsync();
            Assert.Equal(("succeeded", 2, 0), (run.Status, run.Counts.Matched, run.Changes!.Count));
            Assert.Equal(writes, tenant.Writes().Count);
            var row = await tenant.RowAsync(1);
            Assert.Equal(("matched", "phoneRejected", true), (row.Outcome, row.Reason?.Code, row.Responsible));
        }
    }

    [Fact]
    [Trait("Rule", "R5.5a")]
    public async Task CreatedWithoutItsNumber_IsMatchedFromThenOn_AndTheRowStillSaysSo()
    {
        var tenant = await product.NewTenantAsync(People.Seed(People.Users(1).Select(user => user.With("WORK_PHONE", Bad))) with
        {
            Account = new AccountSettings { RefusedPhoneNumbers = [Bad] },
        });
        await tenant.ConnectAsync();

        for (var run = 1; run <= 2; run++)
        {
            Assert.Equal("succeeded", (await tenant.SynchronizeAsync()).Status);
            Assert.Equal(("matched", "phoneRejected"), ((await tenant.RowAsync(1)).Outcome, (await tenant.RowAsync(1)).Reason?.Code));
        }

        // Filling from now on makes no other attempt of it.
        tenant.Settings["fillMissingPhones"] = true;
        var writes = tenant.Writes().Count;
        await tenant.PutAsync();
        Assert.Equal("succeeded", (await tenant.SynchronizeAsync()).Status);
        Assert.Equal(writes, tenant.Writes().Count);

        var employee = Assert.Single(tenant.CallGear.Employees);
        tenant.CallGear.PutEmployee(employee with { PhoneNumbers = [new PhoneNumber(0, "74990000001")] });
        await tenant.SynchronizeAsync();
        Assert.Null((await tenant.RowAsync(1)).Reason);
    }

    [Fact]
    [Trait("Rule", "R4.4"), Trait("Rule", "R5.6")]
    public async Task Filling_EmployeeWithoutLastName_GetsTheNameWithTheNumber()
    {
        var tenant = await product.NewTenantAsync(People.Seed(People.Users(1)));
        tenant.Settings["fillMissingPhones"] = true;
        await tenant.ConnectAsync();
        tenant.CallGear.PutEmployee(Assert.Single(tenant.CallGear.Employees) with { LastName = null });
        tenant.Portal.ChangeUser(1, user => user.With("WORK_PHONE", "74950000001"));

        var planned = await tenant.SynchronizeAsync("&dryRun=true");
        var run = await tenant.SynchronizeAsync();

        Assert.Equal(("succeeded", "phoneAdded"), (run.Status, run.ChangeOf(1).Outcome));
        Assert.Equal(["lastName", "phoneNumbers"], run.ChangeOf(1).Fields.Select(field => field.Name));
        Assert.Equal(run.ChangeOf(1).Fields, planned.ChangeOf(1).Fields);
        var employee = Assert.Single(tenant.CallGear.Employees);
        Assert.Equal(("(bitrix24) Lee 1", "74950000001"), (employee.LastName, Assert.Single(employee.PhoneNumbers).Number));
    }

    [Theory]
    [InlineData(ErrorForm.Named)]
    [InlineData(ErrorForm.NoField)]
    [InlineData(ErrorForm.FreeText)]
    [Trait("Rule", "R5.4")]
    public async Task Link_OlderSettingsOfANumberAreRefused_AreLeftAsTheyAre(ErrorForm form)
    {
        PhoneNumber[] numbers = [new(0, "74990000001", 200, 120), new(0, "74990000002", 2, 90, "inactive")];
        var tenant = await product.NewTenantAsync(
            People.Seed(People.Users(1), People.EmployeeFor(1, "Lee") with { PhoneNumbers = numbers }) with
            {
                Account = new AccountSettings { StrictRanges = true, ErrorForm = form },
            });
        var before = Assert.Single(tenant.CallGear.Employees).PhoneNumbers;

        var run = await tenant.ConnectAsync();

        Assert.Equal(("succeeded", 1), (run.Status, run.Counts.Linked));
        var employee = Assert.Single(tenant.CallGear.Employees);
        Assert.Equal("(bitrix24) Lee", employee.LastName);
        Assert.Equal(before, employee.PhoneNumbers);
        Assert.Null((await tenant.RowAsync(1)).Reason);
        tenant.AssertNothingBroken();
    }
}
