using Microsoft.Extensions.Time.Testing;
using OrleansSync.Grains.Employees;
using OrleansSync.Grains.Import;
using OrleansSync.Grains.Interfaces;
using OrleansSync.Grains.Interfaces.Connections;

namespace OrleansSync.Grains.Tests.Employees;

/// <summary>
/// R5.4: an update is computed from a read immediately before, and sent again only where another read shows that it is not made.
/// </summary>
[Trait("Rule", "R5.4")]
public sealed class UpdateFlowTests
{
    private const string Email = "ann@example.com";
    private const string Marked = "(bitrix24) Lee";

    private static readonly DateTimeOffset _now = new(2026, 3, 2, 8, 0, 0, TimeSpan.Zero);
    private static readonly AccountEmployee _before = new() { Id = 7, LastName = "Lee", Email = Email };
    private static readonly AccountEmployee _after = _before with { LastName = Marked, Numbers = [new EmployeeNumber("7495", PhoneId: 1)] };

    private readonly ScriptedCallGear _callGear = new();

    [Fact]
    public async Task Run_EmployeeIsAsWanted_SendsNothing()
    {
        _callGear.Finds(_after);

        AssertEnd(await RunAsync(), isDone: true);

        Assert.Equal(["get 7"], _callGear.Asked);
    }

    [Fact]
    public async Task Run_EmployeeIsOtherwise_SendsWhatItLacksInTime()
    {
        _callGear.Finds(_before).Updates();

        AssertEnd(await RunAsync(), isDone: true, ["lastName", "phoneNumbers"], numbersAdded: 1);

        Assert.Equal(["get 7", "update"], _callGear.Asked);
        var update = Assert.Single(_callGear.Updated);
        Assert.Equal((7, Marked), (update.Id, update.LastName));
        Assert.Equal([new EmployeeNumber("7495")], update.Numbers.AsEnumerable());
        Assert.Equal([_now.AddSeconds(5)], _callGear.SendBefore);
    }

    [Fact]
    public async Task Run_EmployeeIsGone_SaysSoAndSendsNothing()
    {
        _callGear.Finds();

        var end = await RunAsync();

        AssertEnd(end with { Reason = null }, isDone: false);
        Assert.Equal(ProblemCode.Rejected, end.Reason!.Code);
        Assert.StartsWith("Employee 7 was deleted", end.Reason.Message, StringComparison.Ordinal);
    }

    [Theory]
    [Trait("Rule", "R3.2")]
    [InlineData(Email, true)]
    [InlineData(" ANN@example.com ", true)]
    [InlineData("bob@example.com", false)]
    [InlineData(null, false)]
    public async Task Run_EmployeeFoundByItsAddress_MustStillHaveIt(string? email, bool isDone)
    {
        _callGear.Finds(_after with { Email = email });

        var end = await RunAsync(expectedEmail: Email);

        AssertEnd(end with { Reason = null }, isDone);
        Assert.Equal(isDone, end.Reason is null);
        Assert.Equal(isDone, end.Reason?.Message.StartsWith("Employee 7 got another e-mail address", StringComparison.Ordinal) is null);
    }

    [Fact]
    public async Task Run_EmployeeThatIsLinkedAlready_MayHaveAnyAddress()
    {
        _callGear.Finds(_after with { Email = "bob@example.com" });

        AssertEnd(await RunAsync(), isDone: true);
    }

    [Theory]
    [MemberData(nameof(ScriptedCallGear.Endings), MemberType = typeof(ScriptedCallGear))]
    public async Task Run_ReadOrUpdateFails_Fails_AndEndsTheRunWhereOthersWouldFailAlike(ProblemCode code, bool isOutdated, bool endsRun)
    {
        var failure = new CallFailure { Problem = new Problem(code, "Why."), IsOutdated = isOutdated };

        _callGear.Fails(failure);
        AssertEnd(await RunAsync(), isDone: false, reason: failure.Problem, endsRun: endsRun);

        _callGear.Finds(_before).Fails(failure);
        AssertEnd(await RunAsync(), isDone: false, reason: failure.Problem, endsRun: endsRun);
    }

    [Fact]
    public async Task Run_AnswerLost_ReadShowsTheUpdate_IsDoneWithWhatWasSent()
    {
        _callGear.Finds(_before).Fails(ScriptedCallGear.Lost).Finds(_after);

        AssertEnd(await RunAsync(), isDone: true, ["lastName", "phoneNumbers"], numbersAdded: 1);

        Assert.Single(_callGear.Updated);
    }

    [Fact]
    public async Task Run_AnswerLost_ReadShowsAPart_SendsTheRest()
    {
        _callGear.Finds(_before).Fails(ScriptedCallGear.Lost).Finds(_after with { LastName = "Lee" }).Updates();

        AssertEnd(await RunAsync(), isDone: true, ["lastName"]);

        Assert.Equal([new EmployeeNumber("7495", PhoneId: 1)], _callGear.Updated[1].Numbers.AsEnumerable());
    }

    [Fact]
    public async Task Run_AnswerLostThreeTimes_Fails()
    {
        _callGear.Finds(_before).Fails(ScriptedCallGear.Lost).Finds(_before).Fails(ScriptedCallGear.Lost);
        _callGear.Finds(_before).Fails(ScriptedCallGear.Slow);

        AssertEnd(await RunAsync(), isDone: false, reason: ScriptedCallGear.Slow.Problem);
    }

    [Fact]
    [Trait("Rule", "R5.5")]
    public async Task Run_NumberRefused_IsUpdatedWithoutIt_AndSaysWhich()
    {
        _callGear.Finds(_before).Fails(ScriptedCallGear.NumberRefused).Finds(_before).Updates();

        var end = await RunAsync();

        AssertEnd(end with { Reason = null }, isDone: true, ["lastName"]);
        Assert.Equal(ProblemCode.PhoneRejected, end.Reason!.Code);
        Assert.Contains("the number 7495;", end.Reason.Message, StringComparison.Ordinal);
        Assert.Empty(_callGear.Updated[1].Numbers);
    }

    [Fact]
    [Trait("Rule", "R5.5")]
    public async Task Run_NumberRefused_NothingElseToChange_IsDoneWithoutAnotherUpdate()
    {
        var named = _before with { LastName = Marked };
        _callGear.Finds(named).Fails(ScriptedCallGear.NumberRefused).Finds(named);

        var end = await RunAsync();

        AssertEnd(end with { Reason = null }, isDone: true);
        Assert.Equal(ProblemCode.PhoneRejected, end.Reason!.Code);
    }

    [Fact]
    [Trait("Rule", "R5.5")]
    public async Task Run_NumberRefusedAlthoughNoneWasAdded_Fails()
    {
        _callGear.Finds(_after with { LastName = "Lee" }).Fails(ScriptedCallGear.NumberRefused);

        AssertEnd(await RunAsync(), isDone: false, reason: ScriptedCallGear.NumberRefused.Problem);
    }

    [Theory]
    [InlineData(10, true)]
    [InlineData(11, false)]
    public async Task Run_HeldUpByLimits_ReadsAnewEachTime_TenTimes(int delays, bool isDone)
    {
        for (var delay = 0; delay < delays; delay++)
        {
            _callGear.Finds(_before).Fails(ScriptedCallGear.TooLate);
        }

        if (isDone)
        {
            _callGear.Finds(_before).Updates();
        }

        var end = await RunAsync();

        Assert.Equal((isDone, isDone ? null : ScriptedCallGear.TooLate.Problem), (end.IsDone, end.Reason));
        Assert.Equal((11, 22), (_callGear.Updated.Count, _callGear.Asked.Count));
    }

    private async Task<UpdateOutcome> RunAsync(string? expectedEmail = null)
    {
        var flow = new UpdateFlow(_callGear, ScriptedCallGear.Context, new FakeTimeProvider(_now));
        var before = _callGear.Asked.Count;
        var end = await flow.RunAsync(
            7,
            expectedEmail,
            ["7495"],
            (employee, numbers) => LinkUpdate.ForLink(employee, "Lee", numbers),
            TestContext.Current.CancellationToken);
        Assert.Equal(0, _callGear.Left);
        Assert.Equal(_callGear.Asked.Count - before, flow.Calls);
        return end;
    }

    private static void AssertEnd(
        UpdateOutcome end, bool isDone, string[]? fields = null, int numbersAdded = 0, Problem? reason = null, bool endsRun = false)
    {
        Assert.Equal(fields ?? [], end.Fields.Select(field => field.Field));
        Assert.Equal(new UpdateOutcome(isDone, end.Fields, numbersAdded, reason, endsRun), end);
    }
}
