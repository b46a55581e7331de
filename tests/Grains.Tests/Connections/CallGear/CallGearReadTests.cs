using OrleansSync.Grains.Interfaces;
using OrleansSync.Grains.Interfaces.Connections;
using OrleansSync.Grains.Tests.Connections.Cluster;
using OrleansSync.Sandbox.CallGear;
using OrleansSync.Sandbox.Faults;
using OrleansSync.Sandbox.Requests;

namespace OrleansSync.Grains.Tests.Connections.CallGear;

public sealed class CallGearReadTests(ConnectionCluster cluster) : ConnectionTests(cluster)
{
    [Fact]
    public async Task ListEmployees_SmallAccount_AnswersAllWithOneRequest()
    {
        var (grain, _) = await ConnectAsync("employees", Employees(25));

        var answer = await grain.ListEmployeesAsync(ByHand, Token);

        Assert.Null(answer.Failure);
        Assert.Equal(Enumerable.Range(1, 25).Select(id => (long)id), answer.Value.Select(employee => employee.Id).Order());
        Assert.Equal(1, answer.Calls);
    }

    [Fact]
    public async Task GetEmployee_WithNumbers_AnswersEverythingThatAnUpdateMustSendBack()
    {
        var (grain, _) = await ConnectAsync("employee-numbers",
        [
            new Employee
            {
                Id = 5, FirstName = "Ann", LastName = "Lee", Patronymic = "B.", Email = "Ann@Example.com",
                PhoneNumbers = [new PhoneNumber(31, "74951234567", 2, 45, "inactive")],
            },
        ]);

        var answer = await grain.GetEmployeeAsync(5, ByHand, Token);

        var employee = Assert.Single(answer.Value);
        Assert.Equal(("Ann", "Lee", "B.", "Ann@Example.com"), (employee.FirstName, employee.LastName, employee.Patronymic, employee.Email));
        Assert.Equal([new EmployeeNumber("74951234567", 31, 2, 45, "inactive")], employee.Numbers);
    }

    [Theory]
    [InlineData(77)]
    [InlineData(0)]
    public async Task GetEmployee_IsGone_AnswersAnEmptyList(long id)
    {
        var (grain, _) = await ConnectAsync($"employee-gone{id}", Employees(1));

        var answer = await grain.GetEmployeeAsync(id, ByHand, Token);

        Assert.Null(answer.Failure);
        Assert.Empty(answer.Value);
    }

    [Fact]
    public async Task FindByEmail_BlankAddress_AnswersNobodyWithoutAsking()
    {
        var (grain, _) = await ConnectAsync("find-blank", [new Employee { Id = 1, LastName = "A", Email = "" }]);

        var answer = await grain.FindByEmailAsync(" ", ByHand, Token);

        Assert.Null(answer.Failure);
        Assert.Empty(answer.Value);
        Assert.Equal(0, answer.Calls);
    }

    [Fact]
    public async Task FindByEmail_OtherCase_FindsAllSpellings()
    {
        var (grain, _) = await ConnectAsync("find",
        [
            new Employee { Id = 1, LastName = "A", Email = "ANN.LEE@example.com" },
            new Employee { Id = 2, LastName = "B", Email = "ann.lee@Example.com" },
            new Employee { Id = 3, LastName = "C", Email = "annxlee@example.com" },
        ]);

        var answer = await grain.FindByEmailAsync("Ann.Lee@example.com", ByHand, Token);

        Assert.Equal([1L, 2L], answer.Value.Select(employee => employee.Id).Order());
    }

    [Theory]
    [InlineData("r&d@пример.рф")]
    [InlineData("R&D@xn--e1afmkfd.xn--p1ai")]
    [Trait("Rule", "R2.5")]
    public async Task FindByEmail_InvisibleCharactersAndDomains_FindsAllSpellings(string email)
    {
        var (grain, _) = await ConnectAsync($"find-{email.Length}",
        [
            new Employee { Id = 1, LastName = "A", Email = "R&D@Пример.рф" },
            new Employee { Id = 2, LastName = "B", Email = "\u200Er\u200B&d@XN--E1AFMKFD.xn--p1ai\u00A0" },
            new Employee { Id = 3, LastName = "C", Email = "r&amp;d@пример.рф" },
            new Employee { Id = 4, LastName = "D", Email = "яr&d@пример.рф" },
            new Employee { Id = 5, LastName = "E", Email = "r&d@example.com" },
        ]);

        var answer = await grain.FindByEmailAsync(email, ByHand, Token);

        Assert.Equal([1L, 2L, 3L], answer.Value.Select(employee => employee.Id).Order());
    }

    [Fact]
    [Trait("Rule", "R2.5")]
    public async Task FindByEmail_ExpressionIsRefusedForAnInternationalDomain_AsksForBothOfItsSpellings()
    {
        var (grain, account) = await ConnectAsync("find-both",
        [
            new Employee { Id = 1, LastName = "A", Email = "ann@xn--e1afmkfd.xn--p1ai" },
            new Employee { Id = 2, LastName = "B", Email = "Ann@пример.рф" },
        ]);
        Fault(account, new Fault { Kind = FaultKind.Error, Code = "invalid_parameter_value", Times = 1 });

        var answer = await grain.FindByEmailAsync("Ann@пример.рф", ByHand, Token);

        Assert.Equal([1L, 2L], answer.Value.Select(employee => employee.Id).Order());
    }

    [Fact]
    public async Task FindByEmail_ExpressionIsRefused_AsksForTheUsualSpellings()
    {
        var (grain, account) = await ConnectAsync("find-plain", [new Employee { Id = 1, LastName = "A", Email = "ann.lee@example.com" }]);
        Fault(account, new Fault { Kind = FaultKind.Error, Code = "invalid_parameter_value", Times = 1 });

        var answer = await grain.FindByEmailAsync("Ann.Lee@example.com", ByHand, Token);

        Assert.Equal(1L, Assert.Single(answer.Value).Id);
        Assert.Equal(2, answer.Calls);
    }

    [Fact]
    public async Task ListEmployees_TotalDiffersOnce_IsReadAgain()
    {
        var (grain, account) = await ConnectAsync("total-once", Employees(5));
        Fault(account, new Fault { Kind = FaultKind.ShiftingTotal, Times = 1 });

        var answer = await grain.ListEmployeesAsync(ByHand, Token);

        Assert.Null(answer.Failure);
        Assert.Equal(5, answer.Value.Length);
        Assert.Equal(2, answer.Calls);
    }

    [Fact]
    public async Task ListEmployees_TotalAlwaysDiffers_FailsAfterThreeReadings()
    {
        var (grain, account) = await ConnectAsync("total-always", Employees(5));
        Fault(account, new Fault { Kind = FaultKind.ShiftingTotal });

        var answer = await grain.ListEmployeesAsync(ByHand, Token);

        Assert.Equal(ProblemCode.InvalidAnswer, answer.Failure?.Problem.Code);
        Assert.Equal(3, answer.Calls);
    }

    [Fact]
    [Trait("Rule", "R8.10")]
    public async Task ListEmployees_UnstableOrderBeyondOnePage_IsReadByRangesOfIds()
    {
        var (grain, account) = await ConnectAsync("unstable", Employees(12_000));
        account.Settings = account.Settings with { UnstableOrderAbove = 10_000 };

        var answer = await grain.ListEmployeesAsync(ByHand, Token);

        Assert.Null(answer.Failure);
        Assert.Equal(Enumerable.Range(1, 12_000).Select(id => (long)id), answer.Value.Select(employee => employee.Id).Order());
        Assert.Equal(4, answer.Calls);
    }

    [Fact]
    [Trait("Rule", "R8.10")]
    public async Task ListEmployees_UnstableOrderAndRangesRefused_FailsAfterThreeReadings()
    {
        var (grain, account) = await ConnectAsync("unstable-refused", Employees(12_000));
        account.Settings = account.Settings with { UnstableOrderAbove = 10_000 };
        Fault(account, new Fault { Kind = FaultKind.Error, Code = "invalid_parameter_value", ParameterContains = "<=" });

        var answer = await grain.ListEmployeesAsync(ByHand, Token);

        Assert.Equal(ProblemCode.InvalidAnswer, answer.Failure?.Problem.Code);
        Assert.Equal(8, answer.Calls);
    }

    [Theory]
    [InlineData(FaultKind.Html)]
    [InlineData(FaultKind.Drop)]
    [InlineData(FaultKind.CutOff)]
    [InlineData(FaultKind.MalformedJson)]
    public async Task ListEmployees_FailsTwiceForAPassingReason_IsRepeated(FaultKind kind)
    {
        var (grain, account) = await ConnectAsync($"employees-passing-{kind}".ToLowerInvariant(), Employees(5));
        Fault(account, new Fault { Kind = kind, Times = 2 });

        var answer = await Cluster.DriveAsync(grain.ListEmployeesAsync(ByHand, Token));

        Assert.Null(answer.Failure);
        Assert.Equal(3, answer.Calls);
    }

    [Theory]
    [InlineData("access_token_invalid", ProblemCode.CallGearUnauthorized)]
    [InlineData("ip_not_whitelisted", ProblemCode.CallGearUnauthorized)]
    [InlineData("account_inactive", ProblemCode.CallGearBlocked)]
    [InlineData("method_component_disabled", ProblemCode.CallGearBlocked)]
    public async Task ListEmployees_APersonMustAct_FailsAtOnceWithoutRepetition(string mnemonic, ProblemCode code)
    {
        var (grain, account) = await ConnectAsync($"employees-{mnemonic.Replace('_', '-')}", Employees(5));
        Fault(account, new Fault { Kind = FaultKind.Error, Code = mnemonic });

        var answer = await grain.ListEmployeesAsync(ByHand, Token);

        Assert.Equal(code, answer.Failure?.Problem.Code);
        Assert.Equal(1, answer.Calls);
    }

    [Fact]
    public async Task ListEmployees_KeyCannotBeOpened_SaysToEnterItAgain()
    {
        var account = Cluster.Sandbox.PutAccount("key-not-opened");
        await Cluster.PutAccountAsync("key-not-opened", callGear: Cluster.Key("somebody-else", account));

        var answer = await Cluster.CallGear("key-not-opened").ListEmployeesAsync(ByHand, Token);

        Assert.Equal(ProblemCode.CallGearUnauthorized, answer.Failure?.Problem.Code);
        Assert.Contains("Enter the CallGear key again", answer.Failure!.Problem.Message, StringComparison.Ordinal);
        Assert.Equal(0, answer.Calls);
    }

    private static Employee[] Employees(int count) =>
        [.. Enumerable.Range(1, count).Select(id => new Employee { Id = id, LastName = $"Lee {id}", Email = $"e{id}@example.com" })];

    private async Task<(ICallGearConnectionGrain Grain, CallGearAccount Account)> ConnectAsync(string name, Employee[] employees)
    {
        var account = Cluster.Sandbox.PutAccount(name, employees: employees);
        await Cluster.PutAccountAsync(name, callGear: Cluster.Key(name, account));
        return (Cluster.CallGear(name), account);
    }

    private void Fault(CallGearAccount account, Fault fault) =>
        Cluster.Sandbox.Faults.Add(fault with { Target = account.Id, Vendor = Vendor.CallGear });
}
