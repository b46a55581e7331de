using System.Collections.Immutable;
using Microsoft.Extensions.Time.Testing;
using OrleansSync.Grains.Employees;
using OrleansSync.Grains.Import;
using OrleansSync.Grains.Interfaces;
using OrleansSync.Grains.Interfaces.Connections;

namespace OrleansSync.Grains.Tests.Employees;

/// <summary>R5: what an update does without when CallGear refuses it, each time from a fresh read (R5.4).</summary>
public sealed class UpdateFlowRefusalTests
{
    private static readonly AccountEmployee _ann = new() { Id = 7, LastName = "Lee" };
    private static readonly EmployeeNumber _old = new("555", 1, ChannelsCount: 200, DialTime: 120, Status: "active");

    private readonly ScriptedCallGear _callGear = new();
    private UpdateFlow? _flow;

    [Fact]
    [Trait("Rule", "R5.5a")]
    public async Task Run_RefusedForNoNamedReason_WithoutItsNumberItIsTaken_ItWasTheNumber()
    {
        _callGear.Finds(_ann).Fails(ScriptedCallGear.Unnamed).Finds(_ann).Updates();

        var end = await LinkAsync("111");

        Assert.Equal((true, 0, ProblemCode.PhoneRejected), (end.IsDone, end.NumbersAdded, end.Reason!.Code));
        Assert.Equal(["111", ""], Sent());
        Assert.Equal(("(bitrix24) Lee", 0), (_flow!.Employee!.LastName, _flow.Employee.Numbers.Length));
    }

    [Fact]
    [Trait("Rule", "R5.5a")]
    public async Task Run_RefusedForNoNamedReason_WithoutItsNumberToo_FailsInTheVendorsWords()
    {
        var second = ScriptedCallGear.Unnamed with { Problem = new Problem(ProblemCode.Rejected, "Second.") };
        _callGear.Finds(_ann).Fails(ScriptedCallGear.Unnamed).Finds(_ann).Fails(second);

        var end = await LinkAsync("111");

        Assert.Equal((false, second.Problem), (end.IsDone, end.Reason));
    }

    [Fact]
    [Trait("Rule", "R5.2a")]
    public async Task Run_OneOfThreeNumbersRefused_NotNamed_TheOthersAreFound()
    {
        _callGear.Finds(_ann).Fails(ScriptedCallGear.NumberRefused).Finds(_ann).Fails(ScriptedCallGear.NumberRefused);
        _callGear.Finds(_ann).Updates();

        var end = await LinkAsync("111", "222", "333");

        Assert.Equal(["111,222,333", "111,222", "111,333"], Sent());
        Assert.Equal((true, 2), (end.IsDone, end.NumbersAdded));
        Assert.Contains("the number 222; the employee has got the others (111, 333)", end.Reason!.Message, StringComparison.Ordinal);
        Assert.Equal(["111", "333"], _flow!.Employee!.Numbers.Select(number => number.Number));
    }

    [Fact]
    [Trait("Rule", "R5.6")]
    public async Task Run_OnlyANumberToAdd_RefusedForNoNamedReason_IsDoneWithoutIt()
    {
        _callGear.Finds(_ann).Fails(ScriptedCallGear.Unnamed).Finds(_ann);

        var end = await RunAsync((employee, numbers) => LinkUpdate.ForNumbers(employee, "Lee", numbers), "111");

        Assert.Equal((true, 0, ProblemCode.PhoneRejected), (end.IsDone, end.NumbersAdded, end.Reason!.Code));
        Assert.Equal(_ann, _flow!.Employee);
    }

    [Theory]
    [Trait("Rule", "R5.4")]
    [InlineData("dial_time")]
    [InlineData("channels_count")]
    public async Task Run_ValueThatIsAsItWasRefused_IsSentWithoutIt_AndSaysSo(string parameter)
    {
        var employee = _ann with { Numbers = [_old] };
        var refused = ScriptedCallGear.NumberRefused with { Parameter = new RefusedParameter(parameter) };
        _callGear.Finds(employee).Fails(refused).Finds(employee).Updates();

        var end = await LinkAsync("111");

        Assert.Equal((true, 0, null), (end.IsDone, end.NumbersAdded, end.Reason));
        var expected = parameter == "dial_time" ? _old with { DialTime = null } : _old with { ChannelsCount = null };
        Assert.Equal([[_old], [expected]], _callGear.Updated.Select(update => update.Numbers.AsEnumerable()));
        Assert.Contains($"{parameter} ", _flow!.Note, StringComparison.Ordinal);
        Assert.Equal([_old], _flow.Employee!.Numbers.AsEnumerable());
    }

    [Fact]
    [Trait("Rule", "R5.4")]
    public async Task Run_NumberThatIsAsItWasRefused_Fails_AndNoNumberIsLeftOut()
    {
        var refused = ScriptedCallGear.NumberRefused with { Parameter = new RefusedParameter("phone_number") };
        _callGear.Finds(_ann with { Numbers = [_old] }).Fails(refused);

        var end = await LinkAsync("111");

        Assert.Equal((false, refused.Problem), (end.IsDone, end.Reason));
    }

    [Fact]
    [Trait("Rule", "R5.5")]
    public async Task Run_PlanLacksNumbers_IsUpdatedWithoutTheList()
    {
        _callGear.Finds(_ann).Fails(ScriptedCallGear.PlanLacks("phone_numbers"));
        _callGear.Finds(_ann).Fails(ScriptedCallGear.PlanLacks("phone_numbers")).Finds(_ann).Updates();

        var end = await LinkAsync("111");

        Assert.Equal((true, ProblemCode.PhoneRejected), (end.IsDone, end.Reason!.Code));
        Assert.Equal([false, false, true], _callGear.Updated.Select(update => update.LeavesNumbers));
    }

    [Theory]
    [Trait("Rule", "R8.5")]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Run_Forbidden_IsAnAffairOfThisRight_UnlessItIsToRead(bool isRead)
    {
        if (!isRead)
        {
            _callGear.Finds(_ann);
        }

        _callGear.Fails(ScriptedCallGear.Forbidden);

        var end = await LinkAsync("111");

        Assert.Equal((false, ScriptedCallGear.Forbidden.Problem, isRead), (end.IsDone, end.Reason, end.EndsRun));
        Assert.Equal(isRead ? null : ScriptedCallGear.Forbidden, _flow!.WriteRefusal);
    }

    private IEnumerable<string> Sent() =>
        _callGear.Updated.Select(update => string.Join(',', update.Numbers.Select(number => number.Number)));

    private Task<UpdateOutcome> LinkAsync(params ImmutableArray<string> numbers) =>
        RunAsync((employee, some) => LinkUpdate.ForLink(employee, "Lee", some), numbers);

    private async Task<UpdateOutcome> RunAsync(
        Func<AccountEmployee, ImmutableArray<string>, LinkUpdate> compare, params ImmutableArray<string> numbers)
    {
        _flow = new UpdateFlow(_callGear, ScriptedCallGear.Context, new FakeTimeProvider());
        var end = await _flow.RunAsync(7, expectedEmail: null, numbers, compare, TestContext.Current.CancellationToken);
        Assert.Equal(0, _callGear.Left);
        Assert.Equal(_callGear.Asked.Count, _flow.Calls);
        return end;
    }
}
