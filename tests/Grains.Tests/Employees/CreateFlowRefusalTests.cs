using OrleansSync.Grains.Employees;
using OrleansSync.Grains.Interfaces;
using OrleansSync.Grains.Interfaces.Connections;

namespace OrleansSync.Grains.Tests.Employees;

/// <summary>R5: what a create does without when CallGear refuses it; each request is announced anew (R3.8).</summary>
public sealed class CreateFlowRefusalTests
{
    private static readonly NewEmployee _ann = new()
    {
        FirstName = "Ann",
        LastName = "(bitrix24) Lee",
        Patronymic = "Maria",
        Email = "ann@example.com",
        Numbers = ["111", "222"],
    };

    private readonly ScriptedCallGear _callGear = new();
    private readonly List<NewEmployee> _announced = [];
    private CreateFlow? _flow;

    [Fact]
    [Trait("Rule", "R5.5a")]
    public async Task Run_RefusedForNoNamedReason_WithoutItsNumberItIsTaken_ItWasTheNumber()
    {
        _callGear.Fails(ScriptedCallGear.Unnamed).Creates(7);

        var end = await RunAsync(_ann with { Numbers = ["111"] });

        Assert.Equal((7, ProblemCode.PhoneRejected), (end.EmployeeId, end.Reason!.Code));
        Assert.Equal(["111", ""], Sent());
        Assert.EndsWith(" No.", end.Reason.Message, StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Rule", "R5.5a")]
    public async Task Run_RefusedForNoNamedReason_WithoutItsNumberToo_FailsInTheVendorsWords()
    {
        var second = ScriptedCallGear.Unnamed with { Problem = new Problem(ProblemCode.Rejected, "Second.") };
        _callGear.Fails(ScriptedCallGear.Unnamed, second);

        var end = await RunAsync(_ann with { Numbers = ["111"] });

        Assert.Equal((null, second.Problem, false, false), (end.EmployeeId, end.Reason, end.IsUnsettled, end.EndsRun));
        Assert.Equal(["111", ""], Sent());
    }

    [Fact]
    [Trait("Rule", "R5.5a")]
    public async Task Run_RefusedForNoNamedReason_HasNoNumber_IsSentOnce()
    {
        _callGear.Fails(ScriptedCallGear.Unnamed);

        Assert.Equal(ScriptedCallGear.Unnamed.Problem, (await RunAsync(_ann with { Numbers = [] })).Reason);
    }

    [Fact]
    [Trait("Rule", "R5.2a")]
    public async Task Run_OneOfTwoNumbersRefused_NotNamed_TheOtherIsFound()
    {
        _callGear.Fails(ScriptedCallGear.NumberRefused, ScriptedCallGear.NumberRefused).Creates(7);

        var end = await RunAsync(_ann);

        Assert.Equal(["111,222", "111", "222"], Sent());
        Assert.Equal(["222"], end.Sent.Numbers);
        Assert.Contains("the number 111; the employee has got the others (222)", end.Reason!.Message, StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Rule", "R5.2a"), Trait("Rule", "R3.8")]
    public async Task Run_AnswerLostWhileNumbersAreTried_IsLookedUpBeforeItIsSentAgain()
    {
        _callGear.Fails(ScriptedCallGear.NumberRefused, ScriptedCallGear.Lost).Finds().Creates(7);

        var end = await RunAsync(_ann);

        Assert.Equal(["111,222", "111", "111"], Sent());
        Assert.Equal(["create", "create", "find ann@example.com", "create"], _callGear.Asked);
        Assert.Equal((7, ProblemCode.PhoneRejected), (end.EmployeeId, end.Reason!.Code));
    }

    [Fact]
    [Trait("Rule", "R5.5a"), Trait("Rule", "R3.8")]
    public async Task Run_DuplicateOfNothingNamed_NobodyHasTheAddress_ItMayBeTheNumber()
    {
        _callGear.Fails(ScriptedCallGear.Duplicate with { MayBeNumber = true }).Finds().Creates(7);

        var end = await RunAsync(_ann with { Numbers = ["111"] });

        Assert.Equal((7, ProblemCode.PhoneRejected), (end.EmployeeId, end.Reason!.Code));
        Assert.Equal(["111", ""], Sent());
    }

    [Fact]
    [Trait("Rule", "R3.8")]
    public async Task Run_DuplicateOfNothingNamed_SomebodyHasTheAddress_IsLeftToTheRules()
    {
        _callGear.Fails(ScriptedCallGear.Duplicate with { MayBeNumber = true }).Finds(new AccountEmployee { Id = 5 });

        Assert.Equal(5, Assert.Single((await RunAsync(_ann)).Found).Id);
    }

    [Fact]
    [Trait("Rule", "R8.5")]
    public async Task Run_PlanLacksAField_IsCreatedWithoutIt_AndSaysSo()
    {
        _callGear.Fails(ScriptedCallGear.PlanLacks("patronymic"), ScriptedCallGear.PlanLacks("first_name")).Creates(7);

        var end = await RunAsync(_ann);

        Assert.Equal(_ann with { Patronymic = null, FirstName = null }, end.Sent);
        Assert.Null(end.Reason);
        Assert.Contains("the field patronymic. ", _flow!.Note, StringComparison.Ordinal);
        Assert.EndsWith("the field first_name.", _flow.Note, StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Rule", "R5.5")]
    public async Task Run_PlanLacksNumbers_IsCreatedWithoutAny()
    {
        _callGear.Fails(ScriptedCallGear.PlanLacks("phone_numbers")).Creates(7);

        var end = await RunAsync(_ann);

        Assert.Equal(ProblemCode.PhoneRejected, end.Reason!.Code);
        Assert.Equal(["111,222", ""], Sent());
    }

    [Theory]
    [Trait("Rule", "R8.5")]
    [InlineData("email")]
    [InlineData("last_name")]
    [InlineData(null)]
    public async Task Run_PlanOrKeyForbidsIt_IsAnAffairOfThisRight_NotOfTheAccount(string? parameter)
    {
        var refusal = parameter is null ? ScriptedCallGear.Forbidden : ScriptedCallGear.PlanLacks(parameter);
        _callGear.Fails(refusal);

        var end = await RunAsync(_ann);

        Assert.Equal((null, refusal.Problem, false), (end.EmployeeId, end.Reason, end.EndsRun));
        Assert.Same(refusal, _flow!.WriteRefusal);
    }

    private string[] Sent()
    {
        Assert.Equal(_announced, _callGear.Created);
        return [.. _callGear.Created.Select(employee => string.Join(',', employee.Numbers))];
    }

    private async Task<CreateOutcome> RunAsync(NewEmployee employee)
    {
        _flow = new CreateFlow(_callGear, ScriptedCallGear.Context, announced =>
        {
            _announced.Add(announced);
            return Task.FromResult(DateTimeOffset.UnixEpoch);
        });
        var end = await _flow.RunAsync(employee, TestContext.Current.CancellationToken);
        Assert.Equal(0, _callGear.Left);
        Assert.Equal(_callGear.Asked.Count, _flow.Calls);
        return end;
    }
}
