using System.Collections.Immutable;
using OrleansSync.Grains.Employees;
using OrleansSync.Grains.Interfaces;
using OrleansSync.Grains.Interfaces.Connections;

namespace OrleansSync.Grains.Tests.Employees;

/// <summary>R3.8: what is sent, looked up and given up until it is known whether an employee was created.</summary>
[Trait("Rule", "R3.8")]
public sealed class CreateFlowTests
{
    private const string Email = "ann@example.com";
    private const string LastName = "(bitrix24) Lee";

    private static readonly DateTimeOffset _start = new(2026, 3, 2, 8, 0, 0, TimeSpan.Zero);
    private static readonly NewEmployee _ann = new() { FirstName = "Ann", LastName = LastName, Email = Email, Numbers = ["74950000001"] };
    private static readonly AccountEmployee _own = new() { Id = 77, LastName = LastName, Email = Email };
    private static readonly AccountEmployee _stranger = new() { Id = 5, LastName = "Lee", Email = Email };

    private readonly ScriptedCallGear _callGear = new();
    private readonly List<NewEmployee> _announced = [];
    private int _calls;

    [Fact]
    public async Task Run_Answered_IsCreated_AnnouncedOnceAndSentInTime()
    {
        _callGear.Creates(7);

        var end = await RunAsync();

        Assert.Equal(new CreateOutcome(7, _ann), end);
        Assert.Equal(["create"], _callGear.Asked);
        Assert.Equal([_ann], _announced);
        Assert.Equal([_start.AddSeconds(1)], _callGear.SendBefore);
        Assert.Equal(1, _calls);
    }

    [Fact]
    public async Task Run_AnswerLost_OwnEmployeeIsThere_TakesItAndSendsNothing()
    {
        _callGear.Fails(ScriptedCallGear.Lost).Finds(_stranger, _own);

        var end = await RunAsync();

        Assert.Equal(new CreateOutcome(77, _ann), end);
        Assert.Equal(["create", $"find {Email}"], _callGear.Asked);
        Assert.Equal(2, _calls);
    }

    [Fact]
    public async Task Run_AnswerLost_NobodyIsThere_IsAnnouncedAndSentAgain()
    {
        _callGear.Fails(ScriptedCallGear.Lost).Finds().Creates(7);

        var end = await RunAsync();

        Assert.Equal(new CreateOutcome(7, _ann), end);
        Assert.Equal([_ann, _ann], _announced);
        Assert.Equal([_start.AddSeconds(1), _start.AddSeconds(2)], _callGear.SendBefore);
    }

    [Fact]
    public async Task Run_AnswerLostThreeTimes_IsUnsettled()
    {
        var last = ScriptedCallGear.Lost with { Problem = new Problem(ProblemCode.InvalidAnswer, "Last.") };
        _callGear.Fails(ScriptedCallGear.Lost).Finds().Fails(ScriptedCallGear.Lost).Finds().Fails(last).Finds();

        var end = await RunAsync();

        Assert.Equal(new CreateOutcome(null, _ann, last.Problem, IsUnsettled: true), end);
        Assert.Equal((3, 6), (_callGear.Created.Count, _calls));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Run_AnswerLost_OthersAreThere_LeavesThemToTheRules(bool areAlike)
    {
        AccountEmployee[] others = areAlike ? [_own, _own with { Id = 78 }] : [_stranger];
        _callGear.Fails(ScriptedCallGear.Lost).Finds(others);

        var end = await RunAsync();

        Assert.Equal(others, end.Found.AsEnumerable());
        Assert.Equal(new CreateOutcome(null, _ann, ScriptedCallGear.Lost.Problem), end with { Found = default });
    }

    [Theory]
    [InlineData(false, ProblemCode.Unreachable, false)]
    [InlineData(true, ProblemCode.Unreachable, false)]
    [InlineData(false, ProblemCode.CallGearBlocked, true)]
    public async Task Run_AnswerLost_LookUpFails_IsUnsettled(bool isSlow, ProblemCode code, bool endsRun)
    {
        var blind = new Problem(code, "Blind.");
        _callGear.Fails(isSlow ? ScriptedCallGear.Slow : ScriptedCallGear.Lost, new CallFailure { Problem = blind });

        var end = await RunAsync();

        Assert.Equal(new CreateOutcome(null, _ann, blind, IsUnsettled: true, MayStillHappen: isSlow, EndsRun: endsRun), end);
    }

    [Fact]
    public async Task Run_AnswerGivenUp_NobodyIsThere_IsNotSentAgain()
    {
        _callGear.Fails(ScriptedCallGear.Slow).Finds();

        var end = await RunAsync();

        Assert.Equal(new CreateOutcome(null, _ann, ScriptedCallGear.Slow.Problem, IsUnsettled: true, MayStillHappen: true), end);
    }

    [Fact]
    public async Task Run_AnswerGivenUp_OwnEmployeeIsThere_TakesIt()
    {
        _callGear.Fails(ScriptedCallGear.Slow).Finds(_own);

        Assert.Equal(new CreateOutcome(77, _ann), await RunAsync());
    }

    [Fact]
    public async Task Run_Duplicate_OneIsThere_IsLeftToTheRulesEvenIfItLooksLikeOwn()
    {
        _callGear.Fails(ScriptedCallGear.Duplicate).Finds(_own);

        var end = await RunAsync();

        Assert.Equal([_own], end.Found.AsEnumerable());
        Assert.Equal(new CreateOutcome(null, _ann, ScriptedCallGear.Duplicate.Problem), end with { Found = default });
    }

    [Fact]
    public async Task Run_Duplicate_NobodyHasTheAddress_FailsInTheVendorsWords()
    {
        _callGear.Fails(ScriptedCallGear.Duplicate).Finds();

        Assert.Equal(new CreateOutcome(null, _ann, ScriptedCallGear.Duplicate.Problem), await RunAsync());
    }

    [Fact]
    public async Task Run_Duplicate_LookUpFails_FailsAndIsSettled()
    {
        _callGear.Fails(ScriptedCallGear.Duplicate, ScriptedCallGear.Refused);

        Assert.Equal(new CreateOutcome(null, _ann, ScriptedCallGear.Refused.Problem), await RunAsync());
    }

    [Fact]
    [Trait("Rule", "R5.5")]
    public async Task Run_NumberRefused_IsCreatedWithoutIt_AndSaysWhich()
    {
        _callGear.Fails(ScriptedCallGear.NumberRefused).Creates(7);

        var end = await RunAsync();

        var without = _ann with { Numbers = [] };
        Assert.Equal(new CreateOutcome(7, without), end with { Reason = null });
        Assert.Equal(ProblemCode.PhoneRejected, end.Reason!.Code);
        Assert.Contains("the number 74950000001;", end.Reason.Message, StringComparison.Ordinal);
        Assert.EndsWith(" Bad number.", end.Reason.Message, StringComparison.Ordinal);
        Assert.Equal([_ann, without], _announced);
        Assert.Equal([_ann, without], _callGear.Created);
    }

    [Fact]
    [Trait("Rule", "R5.5")]
    public async Task Run_NumberRefused_ThenAnswerLost_OwnEmployeeIsThere_StillSaysSo()
    {
        _callGear.Fails(ScriptedCallGear.NumberRefused, ScriptedCallGear.Lost).Finds(_own);

        var end = await RunAsync();

        Assert.Equal((77, ProblemCode.PhoneRejected), (end.EmployeeId, end.Reason!.Code));
        Assert.Empty(end.Sent.Numbers);
    }

    [Fact]
    [Trait("Rule", "R5.5")]
    public async Task Run_NumberRefusedAlthoughNoneWasSent_Fails()
    {
        _callGear.Fails(ScriptedCallGear.NumberRefused);

        var without = _ann with { Numbers = [] };
        Assert.Equal(new CreateOutcome(null, without, ScriptedCallGear.NumberRefused.Problem), await RunAsync(without));
    }

    [Theory]
    [InlineData(10, 7L)]
    [InlineData(11, null)]
    public async Task Run_HeldUpByLimits_IsAnnouncedAnewEachTime_TenTimes(int delays, long? created)
    {
        _callGear.Fails([.. Enumerable.Repeat(ScriptedCallGear.TooLate, delays)]);
        if (created is { } id)
        {
            _callGear.Creates(id);
        }

        var end = await RunAsync();

        Assert.Equal(new CreateOutcome(created, _ann, created is null ? ScriptedCallGear.TooLate.Problem : null), end);
        Assert.Equal((11, 11), (_announced.Count, _callGear.Created.Count));
    }

    [Theory]
    [MemberData(nameof(ScriptedCallGear.Endings), MemberType = typeof(ScriptedCallGear))]
    public async Task Run_Refused_Fails_AndEndsTheRunWhereOthersWouldFailAlike(ProblemCode code, bool isOutdated, bool endsRun)
    {
        var failure = new CallFailure { Problem = new Problem(code, "Why."), IsOutdated = isOutdated };
        _callGear.Fails(failure);

        Assert.Equal(new CreateOutcome(null, _ann, failure.Problem, EndsRun: endsRun), await RunAsync());
    }

    [Theory]
    [InlineData(LastName, true)]
    [InlineData(" " + LastName + " ", true)]
    [InlineData("(Bitrix24) Lee", false)]
    [InlineData("Lee", false)]
    [InlineData(null, false)]
    public void OwnAmong_OneEmployee_IsOwnByExactlyItsLastName(string? lastName, bool isOwn)
    {
        var employee = _own with { LastName = lastName };

        Assert.Equal(isOwn ? employee : null, CreateFlow.OwnAmong([_stranger, employee], LastName));
        Assert.Null(CreateFlow.OwnAmong([employee, employee with { Id = 78 }], LastName));
        Assert.Null(CreateFlow.OwnAmong(ImmutableArray<AccountEmployee>.Empty, LastName));
    }

    private async Task<CreateOutcome> RunAsync(NewEmployee? employee = null)
    {
        var flow = new CreateFlow(_callGear, ScriptedCallGear.Context, announced =>
        {
            _announced.Add(announced);
            return Task.FromResult(_start.AddSeconds(_announced.Count));
        });
        var end = await flow.RunAsync(employee ?? _ann, TestContext.Current.CancellationToken);
        Assert.Equal(0, _callGear.Left);
        Assert.Equal(_callGear.Asked.Count, flow.Calls);
        _calls = flow.Calls;
        return end;
    }
}
