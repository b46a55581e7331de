using OrleansSync.EndToEnd.Services;
using OrleansSync.Sandbox.Bitrix24;
using OrleansSync.Sandbox.CallGear;
using OrleansSync.Sandbox.Faults;
using OrleansSync.Testing.Tenants;

namespace OrleansSync.EndToEnd.Rules;

/// <summary>R5, beside the special cases.</summary>
public sealed class NumbersTests(Product product)
{
    private static readonly BitrixUser _withThree = People.User(1)
        .With("WORK_PHONE", "+7 (495) 111-22-33").With("PERSONAL_MOBILE", "7 495 1112233").With("PERSONAL_PHONE", "٨٤٩٥٧٧٧٦٦٥٥");

    [Fact]
    [Trait("Rule", "R5.2"), Trait("Rule", "R5.3")]
    public async Task AllNumbers_AddsEveryDistinctOneInOrder()
    {
        var withTwo = People.User(2).With("PERSONAL_PHONE", "5").With("WORK_PHONE", "6");
        var tenant = await product.NewTenantAsync(People.Seed([_withThree, withTwo], People.EmployeeFor(2, "Lee")));
        tenant.Settings["phoneNumbers"] = "all";

        var run = await tenant.ConnectAsync();

        Assert.Equal(["74951112233", "84957776655"], tenant.EmployeeWith(People.EmailOf(1)).PhoneNumbers.Select(phone => phone.Number));
        Assert.Equal(["6", "5"], tenant.EmployeeWith(People.EmailOf(2)).PhoneNumbers.Select(phone => phone.Number));
        Assert.Equal(4, run.Counts.PhonesAdded);
    }

    [Fact]
    [Trait("Rule", "R5.2")]
    public async Task FirstNumber_IsTheDefault()
    {
        var tenant = await product.NewTenantAsync(People.Seed([_withThree]));

        var run = await tenant.ConnectAsync();

        Assert.Equal("74951112233", Assert.Single(Assert.Single(tenant.CallGear.Employees).PhoneNumbers).Number);
        Assert.Contains(run.ChangeOf(1).Fields, field => field is { Name: "phoneNumbers", To: "74951112233" });
    }

    [Fact]
    [Trait("Rule", "R5.1"), Trait("Rule", "R5.4")]
    public async Task Link_EmployeeWithNumbers_KeepsThemWithAllTheirSettings()
    {
        PhoneNumber[] numbers = [new(0, "74990000001", 3, 15), new(0, "74990000002", 2, 90, "inactive")];
        var tenant = await product.NewTenantAsync(People.Seed([_withThree], People.EmployeeFor(1, "Lee") with { PhoneNumbers = numbers }));
        var before = Assert.Single(tenant.CallGear.Employees).PhoneNumbers;

        var run = await tenant.ConnectAsync();

        Assert.Equal(before, Assert.Single(tenant.CallGear.Employees).PhoneNumbers);
        Assert.Equal((1, 0), (run.Counts.Linked, run.Counts.PhonesAdded));
        Assert.Equal("lastName", Assert.Single(run.ChangeOf(1).Fields).Name);
        tenant.AssertNothingBroken();
    }

    [Fact]
    [Trait("Rule", "R5.4")]
    public async Task Link_NumberAddedByAPersonMeanwhile_IsNotLost()
    {
        var tenant = await product.NewTenantAsync(People.Seed([_withThree], People.EmployeeFor(1, "Lee")));
        using var hold = product.Sandbox.Faults.Add(
            new Fault { Kind = FaultKind.Hold, Target = tenant.Id, Method = "get.employees", Skip = 1, Times = 1 });
        await tenant.ConnectPausedAsync();
        var run = await tenant.RequestRunAsync();

        // The run has its list and is about to read the employee again.
        await hold.WaitForHeldAsync(1, TestContext.Current.CancellationToken);
        var employee = Assert.Single(tenant.CallGear.Employees);
        tenant.CallGear.PutEmployee(employee with { PhoneNumbers = [new PhoneNumber(0, "74990000009")] });
        hold.Dispose();
        await tenant.EndOfAsync(run.RunId);

        var after = Assert.Single(tenant.CallGear.Employees);
        Assert.Equal(("(bitrix24) Lee", "74990000009"), (after.LastName, Assert.Single(after.PhoneNumbers).Number));
        tenant.AssertNothingBroken();
    }

    [Fact]
    [Trait("Rule", "R5.5")]
    public async Task RefusedNumber_CreatesAndLinksWithoutIt()
    {
        const string Refused = "70000000000";
        var users = People.Users(3).Select(user => user.Id == 3 ? user : user.With("WORK_PHONE", Refused));
        var seed = People.Seed(users, People.EmployeeFor(2, "Lee")) with
        {
            Account = new AccountSettings { RefusedPhoneNumbers = [Refused] },
        };
        var tenant = await product.NewTenantAsync(seed);

        var run = await tenant.ConnectAsync();

        Assert.Equal("completedWithErrors", run.Status);
        Assert.Equal((2, 1, 0, 0), (run.Counts.Created, run.Counts.Linked, run.Counts.Failed, run.Counts.PhonesAdded));
        Assert.Equal(("created", "phoneRejected"), (run.ChangeOf(1).Outcome, run.ChangeOf(1).Reason!.Code));
        Assert.Equal(("linked", "phoneRejected"), (run.ChangeOf(2).Outcome, run.ChangeOf(2).Reason!.Code));
        Assert.All(tenant.CallGear.Employees, employee => Assert.Empty(employee.PhoneNumbers));
        Assert.Equal([1, 2, 3], await tenant.ResponsibleAsync());
        Assert.Equal("phoneRejected", (await tenant.RowAsync(1)).Reason?.Code);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    [Trait("Rule", "R5.6")]
    public async Task NumberThatAppearsLater_IsAddedOnlyWhereTheAccountSaysSo(bool fillMissingPhones)
    {
        var tenant = await product.NewTenantAsync(People.Seed(People.Users(2)));
        tenant.Settings["fillMissingPhones"] = fillMissingPhones;
        await tenant.ConnectAsync();
        tenant.Portal.ChangeUser(1, user => user.With("WORK_PHONE", "+7 495 1112233"));

        var run = await tenant.SynchronizeAsync();

        var numbers = tenant.EmployeeOf(await tenant.RowAsync(1)).PhoneNumbers.Select(phone => phone.Number);
        Assert.Equal(fillMissingPhones ? ["74951112233"] : [], numbers);
        Assert.Equal(fillMissingPhones ? (1, 1) : (2, 0), (run.Counts.Matched, run.Counts.PhonesAdded));
        Assert.Equal(fillMissingPhones ? ["phoneAdded"] : [], run.Changes!.Select(change => change.Outcome));
    }

    [Fact]
    [Trait("Rule", "R4.2"), Trait("Rule", "R5.4")]
    public async Task Update_SendsNameAndCompleteList()
    {
        var tenant = await product.NewTenantAsync(People.Seed([_withThree], People.EmployeeFor(1, "Lee", "74990000001")));

        await tenant.ConnectAsync();

        var update = Assert.Single(tenant.Writes());
        var sent = update.Parameters!.Value;
        Assert.Equal(("update.employees", "(bitrix24) Lee"), (update.Method, sent.GetProperty("last_name").GetString()));
        var number = Assert.Single(sent.GetProperty("phone_numbers").EnumerateArray());
        Assert.Equal("74990000001", number.GetProperty("phone_number").GetString());
        Assert.True(number.TryGetProperty("phone_id", out _));
    }
}
