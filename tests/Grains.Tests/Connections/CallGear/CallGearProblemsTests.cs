using OrleansSync.Grains.Connections.CallGear;
using OrleansSync.Grains.Connections.Limits;
using OrleansSync.Grains.Interfaces;
using OrleansSync.Grains.Interfaces.Connections;
using OrleansSync.Vendors.Http;

namespace OrleansSync.Grains.Tests.Connections.CallGear;

public sealed class CallGearProblemsTests
{
    [Theory]
    [InlineData(VendorErrorKind.Unauthorized, ProblemCode.CallGearUnauthorized, false, false)]
    [InlineData(VendorErrorKind.Blocked, ProblemCode.CallGearBlocked, false, false)]
    [InlineData(VendorErrorKind.RateLimited, ProblemCode.RateLimited, false, false)]
    [InlineData(VendorErrorKind.Unavailable, ProblemCode.Unreachable, false, false)]
    [InlineData(VendorErrorKind.InvalidAnswer, ProblemCode.InvalidAnswer, false, false)]
    [InlineData(VendorErrorKind.NotFound, ProblemCode.Rejected, true, false)]
    [InlineData(VendorErrorKind.Duplicate, ProblemCode.Rejected, false, true)]
    [InlineData(VendorErrorKind.Rejected, ProblemCode.Rejected, false, false)]
    [InlineData(VendorErrorKind.TokenExpired, ProblemCode.Rejected, false, false)]
    [InlineData(VendorErrorKind.InsufficientScope, ProblemCode.Rejected, false, false)]
    [InlineData(VendorErrorKind.OperationTimeLimit, ProblemCode.Rejected, false, false)]
    [InlineData(VendorErrorKind.Moved, ProblemCode.Rejected, false, false)]
    public void Of_Kind_HasItsCodeAndSaysWhomItConcerns(VendorErrorKind kind, ProblemCode code, bool isGone, bool isDuplicate)
    {
        var failure = CallGearProblems.Of("Account acme", new VendorError(kind, "It said no."));

        Assert.Equal(code, failure.Problem.Code);
        Assert.StartsWith("Account acme: It said no.", failure.Problem.Message, StringComparison.Ordinal);
        Assert.Equal((isGone, isDuplicate), (failure.IsGone, failure.IsDuplicate));
        Assert.False(failure.IsOutcomeUnknown || failure.MayStillHappen || failure.IsNumberRefused);
    }

    [Fact]
    public void Of_EveryKind_IsInTheTable() => Assert.Equal(12, Enum.GetValues<VendorErrorKind>().Length);

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
            "Account acme",
            new VendorError(VendorErrorKind.Unavailable, "Late.") { Cause = new TaskCanceledException(), IsGivenUp = true });

        Assert.False(failure.IsOutcomeUnknown || failure.MayStillHappen);
    }

    [Theory]
    [InlineData(VendorErrorKind.Rejected)]
    [InlineData(VendorErrorKind.Duplicate)]
    public void Of_NumberRefused_SaysSoAndIsNoDuplicate(VendorErrorKind kind)
    {
        var failure = CallGearProblems.Of("Account acme", new VendorError(kind, "No.") { Field = "phone_numbers.phone_number" });

        Assert.True(failure.IsNumberRefused);
        Assert.False(failure.IsDuplicate);
    }

    [Theory]
    [Trait("Rule", "R5.5a")]
    [InlineData(VendorErrorKind.Rejected, null, true)]
    [InlineData(VendorErrorKind.Duplicate, null, true)]
    [InlineData(VendorErrorKind.Rejected, "email", false)]
    [InlineData(VendorErrorKind.NotFound, null, false)]
    [InlineData(VendorErrorKind.Unavailable, null, false)]
    public void Of_RefusalThatNamesNoField_MayBeOfTheNumber(VendorErrorKind kind, string? field, bool mayBeNumber)
    {
        var error = new VendorError(kind, "No.") { Field = field };

        Assert.Equal(mayBeNumber, CallGearProblems.Of("Account acme", error).MayBeNumber);
        Assert.False(CallGearProblems.Of("Account acme", error with { IsOutcomeUnknown = true }).MayBeNumber);
    }

    [Theory]
    [Trait("Rule", "R5.2a")]
    [InlineData("phone_numbers[1].phone_number", "7495", "phone_number", 1, "7495")]
    [InlineData(null, "7495", null, null, "7495")]
    [InlineData("dial_time", null, "dial_time", null, null)]
    public void Of_FieldOrValue_IsToldOn(string? field, string? value, string? name, int? index, string? told) => Assert.Equal(
        new RefusedParameter(name, index, told),
        CallGearProblems.Of("Account acme", new VendorError(VendorErrorKind.Rejected, "No.") { Field = field, Value = value }).Parameter);

    [Theory]
    [Trait("Rule", "R8.5")]
    [InlineData("forbidden", null, true, false)]
    [InlineData("forbidden", "user_id", false, false)]
    [InlineData("method_component_disabled", null, true, false)]
    [InlineData("parameter_component_disabled", "email", true, true)]
    [InlineData("access_token_invalid", null, false, false)]
    [InlineData("ip_not_whitelisted", null, false, false)]
    [InlineData("account_inactive", null, false, false)]
    [InlineData(null, null, false, false)]
    public void Of_RefusalOfAMethodOrParameter_IsToldFromThatOfEveryCall(string? code, string? field, bool isMethod, bool isParameter)
    {
        var error = new VendorError(VendorErrorKind.Unauthorized, "No.") { Code = code, Field = field };

        var failure = CallGearProblems.Of("Account acme", error);

        Assert.Equal((isMethod, isParameter, true), (failure.IsMethodRefused, failure.IsParameterRefused, failure.ConcernsAccount));
    }

    [Fact]
    public void Of_AddressRefusedDeepInTheCause_IsAddressRefusedAndNotPassing()
    {
        var error = Lost(new HttpRequestException("No.", RefusedAddress.Exception));

        var failure = CallGearProblems.Of("Account acme", error);
        Assert.Equal((ProblemCode.AddressRefused, false), (failure.Problem.Code, failure.IsPassing));
    }

    [Fact]
    public void PointUseOf_OnlySuccessCostsAPointForCertain()
    {
        Assert.Equal(PointUse.Spent, CallGearProblems.PointUseOf(null));
        Assert.Equal(PointUse.Kept, CallGearProblems.PointUseOf(new VendorError(VendorErrorKind.Rejected, "No.") { Code = "error" }));
        Assert.Equal(
            PointUse.Kept,
            CallGearProblems.PointUseOf(Lost(new HttpRequestException(HttpRequestError.ConnectionError, "No connection."))));
        Assert.Equal(PointUse.Unsure, CallGearProblems.PointUseOf(Lost(new TaskCanceledException())));
    }

    private static VendorError Lost(Exception cause) =>
        new(VendorErrorKind.Unavailable, "Lost.") { IsOutcomeUnknown = true, Cause = cause };
}
