using OrleansSync.Grains.Interfaces;
using OrleansSync.Grains.Interfaces.Connections;
using OrleansSync.Grains.Tests.Connections.Cluster;
using OrleansSync.Sandbox.CallGear;
using OrleansSync.Sandbox.Faults;
using OrleansSync.Sandbox.Requests;
using AccountSettings = OrleansSync.Sandbox.CallGear.AccountSettings;

namespace OrleansSync.Grains.Tests.Connections.CallGear;

public sealed class CallGearWriteTests(ConnectionCluster cluster) : ConnectionTests(cluster)
{
    private static readonly NewEmployee _ann =
        new() { FirstName = "Ann", LastName = "(bitrix24) Lee", Patronymic = "B.", Email = "ann@example.com", Numbers = ["74951234567"] };

    [Fact]
    public async Task Create_AllFields_ArriveAndItsIdIsAnswered()
    {
        var (grain, account) = await ConnectAsync("create");

        var answer = await grain.CreateAsync(_ann, DateTimeOffset.MaxValue, ByHand, Token);

        Assert.Null(answer.Failure);
        var created = account.FindEmployee(answer.Value);
        Assert.Equal(
            ("Ann", "(bitrix24) Lee", "B.", "ann@example.com"), (created!.FirstName, created.LastName, created.Patronymic, created.Email));
        Assert.Equal("74951234567", Assert.Single(created.PhoneNumbers).Number);
    }

    [Theory]
    [InlineData(FaultKind.Drop)]
    [InlineData(FaultKind.Html)]
    [InlineData(FaultKind.CutOff)]
    public async Task Create_AnswerIsLost_IsSentOnceAndItsOutcomeIsUnknown(FaultKind kind)
    {
        var (grain, account) = await ConnectAsync($"create-lost-{kind}".ToLowerInvariant());
        Fault(account, new Fault { Kind = kind, Executed = true });

        var answer = await grain.CreateAsync(_ann, DateTimeOffset.MaxValue, ByHand, Token);

        Assert.True(answer.Failure?.IsOutcomeUnknown);
        Assert.False(answer.Failure!.MayStillHappen);
        Assert.Equal(1, answer.Calls);
        Assert.Single(account.Employees, employee => employee.CreatedByApi);
    }

    [Fact]
    public async Task Create_EmployeeExists_IsADuplicate()
    {
        var (grain, account) = await ConnectAsync("create-duplicate", new AccountSettings { UniqueEmails = true });
        account.PutEmployee(new Employee { LastName = "Lee", Email = "ann@example.com" });

        var answer = await grain.CreateAsync(_ann, DateTimeOffset.MaxValue, ByHand, Token);

        Assert.True(answer.Failure?.IsDuplicate);
        Assert.False(answer.Failure!.IsNumberRefused || answer.Failure.IsOutcomeUnknown);
    }

    [Fact]
    public async Task Create_NumberIsRefused_SaysSo()
    {
        var (grain, _) = await ConnectAsync("create-number", new AccountSettings { RefusedPhoneNumbers = ["74951234567"] });

        var answer = await grain.CreateAsync(_ann, DateTimeOffset.MaxValue, ByHand, Token);

        Assert.True(answer.Failure?.IsNumberRefused);
        Assert.Equal(ProblemCode.Rejected, answer.Failure!.Problem.Code);
    }

    [Fact]
    public async Task Update_WithNumbersAsRead_LeavesThemAsTheyWere()
    {
        var (grain, account) = await ConnectAsync("update");
        var before = account.PutEmployee(new Employee
        {
            Id = 5,
            FirstName = "Ann",
            LastName = "Lee",
            PhoneNumbers = [new PhoneNumber(31, "74951234567", 2, 45, "inactive")],
        });
        var read = Assert.Single((await grain.GetEmployeeAsync(5, ByHand, Token)).Value);

        var answer = await grain.UpdateAsync(new EmployeeUpdate(5, "(bitrix24) Lee", read.Numbers), DateTimeOffset.MaxValue, ByHand, Token);

        Assert.Null(answer.Failure);
        Assert.True(answer.Value);
        var after = account.FindEmployee(5)!;
        Assert.Equal("(bitrix24) Lee", after.LastName);
        Assert.Equal(before.PhoneNumbers, after.PhoneNumbers);
    }

    [Fact]
    public async Task Update_EmployeeIsGone_SaysSo()
    {
        var (grain, _) = await ConnectAsync("update-gone");

        var answer = await grain.UpdateAsync(new EmployeeUpdate(5, "(bitrix24) Lee", []), DateTimeOffset.MaxValue, ByHand, Token);

        Assert.True(answer.Failure?.IsGone);
        Assert.StartsWith("Account update-gone, CallGear employee 5: ", answer.Failure!.Problem.Message, StringComparison.Ordinal);
    }

    private async Task<(ICallGearConnectionGrain Grain, CallGearAccount Account)> ConnectAsync(
        string name, AccountSettings? settings = null)
    {
        var account = Cluster.Sandbox.PutAccount(name, settings);
        await Cluster.PutAccountAsync(name, callGear: Cluster.Key(name, account));
        return (Cluster.CallGear(name), account);
    }

    private void Fault(CallGearAccount account, Fault fault) =>
        Cluster.Sandbox.Faults.Add(fault with { Target = account.Id, Vendor = Vendor.CallGear });
}
