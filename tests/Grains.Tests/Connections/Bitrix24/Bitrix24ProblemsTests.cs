using System.Text.Json;
using OrleansSync.Bitrix24;
using OrleansSync.Grains.Connections;
using OrleansSync.Grains.Interfaces;

namespace OrleansSync.Grains.Tests.Connections;

public sealed class Bitrix24ProblemsTests
{
    [Theory]
    [InlineData(Bitrix24ErrorKind.TokenExpired, ProblemCode.Bitrix24Unauthorized)]
    [InlineData(Bitrix24ErrorKind.Unauthorized, ProblemCode.Bitrix24Unauthorized)]
    [InlineData(Bitrix24ErrorKind.InsufficientScope, ProblemCode.Bitrix24Scope)]
    [InlineData(Bitrix24ErrorKind.Blocked, ProblemCode.Bitrix24Blocked)]
    [InlineData(Bitrix24ErrorKind.RateLimited, ProblemCode.RateLimited)]
    [InlineData(Bitrix24ErrorKind.OperationTimeLimit, ProblemCode.RateLimited)]
    [InlineData(Bitrix24ErrorKind.Unavailable, ProblemCode.Unreachable)]
    [InlineData(Bitrix24ErrorKind.InvalidAnswer, ProblemCode.InvalidAnswer)]
    [InlineData(Bitrix24ErrorKind.Rejected, ProblemCode.InvalidAnswer)]
    public void Of_Kind_HasItsCodeAndSaysWhomItConcerns(Bitrix24ErrorKind kind, ProblemCode code)
    {
        var failure = Bitrix24Problems.Of("Account acme", new Bitrix24Error(kind, "CODE", "It said no."));

        Assert.Equal(code, failure.Problem.Code);
        Assert.StartsWith("Account acme: It said no.", failure.Problem.Message, StringComparison.Ordinal);
        Assert.False(failure.IsOutcomeUnknown || failure.MayStillHappen || failure.IsGone || failure.IsDuplicate || failure.IsNumberRefused);
    }

    [Fact]
    public void Of_EveryKind_IsInTheTable() => Assert.Equal(9, Enum.GetValues<Bitrix24ErrorKind>().Length);

    [Fact]
    public void Of_AddressRefusedDeepInTheCause_IsAddressRefusedAndNotPassing()
    {
        var error = new Bitrix24Error(
            Bitrix24ErrorKind.Unavailable, null, "No connection.", Cause: new HttpRequestException("No.", RefusedAddress.Exception));

        Assert.Equal(ProblemCode.AddressRefused, Bitrix24Problems.Of("Account acme", error).Problem.Code);
        Assert.False(Bitrix24Problems.IsPassing(error));
    }

    [Fact]
    public void IsPassing_EveryReason_OnlyThoseThatPass()
    {
        Assert.True(Passing(Bitrix24ErrorKind.Unavailable, null));
        Assert.True(Passing(Bitrix24ErrorKind.InvalidAnswer, new IOException("Cut short.")));
        Assert.True(Passing(Bitrix24ErrorKind.InvalidAnswer, new JsonException("Not JSON.")));
        Assert.False(Passing(Bitrix24ErrorKind.InvalidAnswer, null));
        Assert.All(
            Enum.GetValues<Bitrix24ErrorKind>().Except([Bitrix24ErrorKind.Unavailable, Bitrix24ErrorKind.InvalidAnswer]),
            kind => Assert.False(Passing(kind, new IOException("Cut short."))));
    }

    private static bool Passing(Bitrix24ErrorKind kind, Exception? cause) =>
        Bitrix24Problems.IsPassing(new Bitrix24Error(kind, null, "No.", Cause: cause));
}
