using OrleansSync.CallGear;
using OrleansSync.Grains.Connections;
using OrleansSync.Grains.Interfaces;

namespace OrleansSync.Grains.Tests.Connections;

public sealed class CallGearProblemsTests
{
    [Theory]
    [InlineData(CallGearErrorKind.Unauthorized, ProblemCode.CallGearUnauthorized, false, false)]
    [InlineData(CallGearErrorKind.Blocked, ProblemCode.CallGearBlocked, false, false)]
    [InlineData(CallGearErrorKind.LimitExceeded, ProblemCode.RateLimited, false, false)]
    [InlineData(CallGearErrorKind.Unavailable, ProblemCode.Unreachable, false, false)]
    [InlineData(CallGearErrorKind.InvalidAnswer, ProblemCode.InvalidAnswer, false, false)]
    [InlineData(CallGearErrorKind.NotFound, ProblemCode.Rejected, true, false)]
    [InlineData(CallGearErrorKind.Duplicate, ProblemCode.Rejected, false, true)]
    [InlineData(CallGearErrorKind.Rejected, ProblemCode.Rejected, false, false)]
    public void Of_Kind_HasItsCodeAndSaysWhomItConcerns(CallGearErrorKind kind, ProblemCode code, bool isGone, bool isDuplicate)
    {
        var failure = CallGearProblems.Of("Account acme", new CallGearError(kind, "It said no."));

        Assert.Equal(code, failure.Problem.Code);
        Assert.StartsWith("Account acme: It said no.", failure.Problem.Message, StringComparison.Ordinal);
        Assert.Equal((isGone, isDuplicate), (failure.IsGone, failure.IsDuplicate));
        Assert.False(failure.IsOutcomeUnknown || failure.MayStillHappen || failure.IsNumberRefused);
    }

    [Fact]
    public void Of_EveryKind_IsInTheTable() => Assert.Equal(8, Enum.GetValues<CallGearErrorKind>().Length);

    [Fact]
    public void Of_AnswerGivenUpWaitingFor_MayStillHappen()
    {
        var failure = CallGearProblems.Of("Account acme", Lost(new TaskCanceledException()) with { IsGivenUp = true });

        Assert.True(failure.IsOutcomeUnknown);
        Assert.True(failure.MayStillHappen);
    }

    [Fact]
    public void Of_ConnectionBroken_OutcomeIsUnknownButNothingIsUnderWay()
    {
        var failure = CallGearProblems.Of("Account acme", Lost(new HttpRequestException("Broken.", new IOException())));

        Assert.True(failure.IsOutcomeUnknown);
        Assert.False(failure.MayStillHappen);
    }

    [Fact]
    public void Of_ReadGivenUpWaitingFor_NothingMayHappen()
    {
        var failure = CallGearProblems.Of(
            "Account acme", new CallGearError(CallGearErrorKind.Unavailable, "Late.") { Cause = new TaskCanceledException(), IsGivenUp = true });

        Assert.False(failure.IsOutcomeUnknown || failure.MayStillHappen);
    }

    [Theory]
    [InlineData(CallGearErrorKind.Rejected)]
    [InlineData(CallGearErrorKind.Duplicate)]
    public void Of_NumberRefused_SaysSoAndIsNoDuplicate(CallGearErrorKind kind)
    {
        var failure = CallGearProblems.Of("Account acme", new CallGearError(kind, "No.") { Field = "phone_numbers.phone_number" });

        Assert.True(failure.IsNumberRefused);
        Assert.False(failure.IsDuplicate);
    }

    [Fact]
    public void Of_AddressRefusedDeepInTheCause_IsAddressRefusedAndNotPassing()
    {
        var error = new CallGearError(CallGearErrorKind.Unavailable, "No connection.") { Cause = new HttpRequestException("No.", RefusedAddress.Exception) };

        Assert.Equal(ProblemCode.AddressRefused, CallGearProblems.Of("Account acme", error).Problem.Code);
        Assert.False(CallGearProblems.IsPassing(error));
    }

    [Fact]
    public void PointUseOf_OnlySuccessCostsAPointForCertain()
    {
        Assert.Equal(PointUse.Spent, CallGearProblems.PointUseOf(null));
        Assert.Equal(PointUse.Kept, CallGearProblems.PointUseOf(new CallGearError(CallGearErrorKind.Rejected, "No.") { Mnemonic = "error" }));
        Assert.Equal(
            PointUse.Kept,
            CallGearProblems.PointUseOf(Lost(new HttpRequestException(HttpRequestError.ConnectionError, "No connection."))));
        Assert.Equal(PointUse.Unsure, CallGearProblems.PointUseOf(Lost(new TaskCanceledException())));
    }

    private static CallGearError Lost(Exception cause) =>
        new(CallGearErrorKind.Unavailable, "Lost.") { IsOutcomeUnknown = true, Cause = cause };
}
