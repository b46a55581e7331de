using System.Text.Json;
using OrleansSync.Grains.Connections.Bitrix24;
using OrleansSync.Grains.Interfaces;
using OrleansSync.Vendors.Http;

namespace OrleansSync.Grains.Tests.Connections.Bitrix24;

public sealed class Bitrix24ProblemsTests
{
    [Theory]
    [InlineData(VendorErrorKind.TokenExpired, ProblemCode.Bitrix24Unauthorized)]
    [InlineData(VendorErrorKind.Unauthorized, ProblemCode.Bitrix24Unauthorized)]
    [InlineData(VendorErrorKind.InsufficientScope, ProblemCode.Bitrix24Scope)]
    [InlineData(VendorErrorKind.Blocked, ProblemCode.Bitrix24Blocked)]
    [InlineData(VendorErrorKind.RateLimited, ProblemCode.RateLimited)]
    [InlineData(VendorErrorKind.OperationTimeLimit, ProblemCode.RateLimited)]
    [InlineData(VendorErrorKind.Unavailable, ProblemCode.Unreachable)]
    [InlineData(VendorErrorKind.InvalidAnswer, ProblemCode.InvalidAnswer)]
    [InlineData(VendorErrorKind.Moved, ProblemCode.Bitrix24Moved)]
    [InlineData(VendorErrorKind.NotFound, ProblemCode.InvalidAnswer)]
    [InlineData(VendorErrorKind.Duplicate, ProblemCode.InvalidAnswer)]
    [InlineData(VendorErrorKind.Rejected, ProblemCode.InvalidAnswer)]
    public void Of_Kind_HasItsCodeAndSaysWhomItConcerns(VendorErrorKind kind, ProblemCode code)
    {
        var failure = Bitrix24Problems.Of("Account acme", new VendorError(kind, "It said no."));

        Assert.Equal(code, failure.Problem.Code);
        Assert.StartsWith("Account acme: It said no.", failure.Problem.Message, StringComparison.Ordinal);
        Assert.False(failure.IsOutcomeUnknown || failure.MayStillHappen || failure.IsGone || failure.IsDuplicate
            || failure.IsNumberRefused);
    }

    [Fact]
    public void Of_EveryKind_IsInTheTable() => Assert.Equal(12, Enum.GetValues<VendorErrorKind>().Length);

    [Fact]
    public void Of_AddressRefusedDeepInTheCause_IsAddressRefusedAndNotPassing()
    {
        var error = new VendorError(VendorErrorKind.Unavailable, "No connection.")
        {
            Cause = new HttpRequestException("No.", RefusedAddress.Exception),
        };

        var failure = Bitrix24Problems.Of("Account acme", error);
        Assert.Equal((ProblemCode.AddressRefused, false), (failure.Problem.Code, failure.IsPassing));
    }

    [Fact]
    public void IsPassing_EveryReason_OnlyThoseThatPass()
    {
        Assert.True(Passing(VendorErrorKind.Unavailable, null));
        Assert.True(Passing(VendorErrorKind.InvalidAnswer, new IOException("Cut short.")));
        Assert.True(Passing(VendorErrorKind.InvalidAnswer, new JsonException("Not JSON.")));
        Assert.False(Passing(VendorErrorKind.InvalidAnswer, null));
        Assert.All(
            Enum.GetValues<VendorErrorKind>().Except([VendorErrorKind.Unavailable, VendorErrorKind.InvalidAnswer]),
            kind => Assert.False(Passing(kind, new IOException("Cut short."))));
    }

    private static bool Passing(VendorErrorKind kind, Exception? cause) =>
        Bitrix24Problems.Of("Account acme", new VendorError(kind, "No.") { Cause = cause }).IsPassing;
}
