using System.Globalization;

namespace OrleansSync.CallGear.Tests.Answers;

public sealed class VendorErrorsTests
{
    [Theory]
    [InlineData("limit_exceeded", -32029, CallGearErrorKind.LimitExceeded)]
    [InlineData("access_token_invalid", -32001, CallGearErrorKind.Unauthorized)]
    [InlineData("access_token_expired", -32001, CallGearErrorKind.Unauthorized)]
    [InlineData("access_token_blocked", -32001, CallGearErrorKind.Unauthorized)]
    [InlineData("auth_error", -32001, CallGearErrorKind.Unauthorized)]
    [InlineData("ip_not_whitelisted", -32003, CallGearErrorKind.Unauthorized)]
    [InlineData("forbidden", -32003, CallGearErrorKind.Unauthorized)]
    [InlineData("account_inactive", -32009, CallGearErrorKind.Blocked)]
    [InlineData("method_component_disabled", -32008, CallGearErrorKind.Blocked)]
    [InlineData("parameter_component_disabled", -32008, CallGearErrorKind.Blocked)]
    [InlineData("internal_error", -32603, CallGearErrorKind.Unavailable)]
    [InlineData("entity_not_found", -32602, CallGearErrorKind.NotFound)]
    [InlineData("duplicate_entity", -32602, CallGearErrorKind.Duplicate)]
    [InlineData("already_in_use", -32602, CallGearErrorKind.Duplicate)]
    [InlineData("data_type_error", -32602, CallGearErrorKind.Rejected)]
    [InlineData("invalid_parameter_value", -32602, CallGearErrorKind.Rejected)]
    [InlineData("required_parameter_missed", -32602, CallGearErrorKind.Rejected)]
    [InlineData("unexpected_parameters", -32602, CallGearErrorKind.Rejected)]
    [InlineData("invalid_parameters_combination", -32602, CallGearErrorKind.Rejected)]
    [InlineData("data_limit_exceeded", -32602, CallGearErrorKind.Rejected)]
    [InlineData("tariff_restrictions", -32602, CallGearErrorKind.Rejected)]
    [InlineData("error", -32602, CallGearErrorKind.Rejected)]
    public void Read_EachMnemonic_DecidesBeforeCodeMessageAndStatus(string mnemonic, int code, CallGearErrorKind expected)
    {
        foreach (var (eachCode, status) in new[] { (code, 200), (-32001, 200), (code, 500), (code, 400) })
        {
            var error = Bodies.Rpc(
                $$$"""{"code":{{{eachCode}}},"message":"Limit has been exceeded","data":{"mnemonic":"{{{mnemonic}}}"}}""", status, isWrite: true);

            Assert.Equal(expected, error.Kind);
            Assert.Equal(mnemonic, error.Mnemonic);
            Assert.Equal(eachCode, error.Code);
            Assert.EndsWith($" It answered {mnemonic}: Limit has been exceeded", error.Message, StringComparison.Ordinal);
            Assert.Equal(expected == CallGearErrorKind.Unavailable, error.IsOutcomeUnknown);
        }
    }

    [Theory]
    [InlineData(-32029, CallGearErrorKind.LimitExceeded, false)]
    [InlineData(-32001, CallGearErrorKind.Unauthorized, false)]
    [InlineData(-32003, CallGearErrorKind.Unauthorized, false)]
    [InlineData(-32008, CallGearErrorKind.Blocked, false)]
    [InlineData(-32009, CallGearErrorKind.Blocked, false)]
    [InlineData(-32602, CallGearErrorKind.Rejected, false)]
    [InlineData(-32099, CallGearErrorKind.Rejected, false)]
    [InlineData(-32700, CallGearErrorKind.Rejected, false)]
    [InlineData(-32600, CallGearErrorKind.Rejected, false)]
    [InlineData(-32601, CallGearErrorKind.Rejected, false)]
    [InlineData(-32603, CallGearErrorKind.Unavailable, true)]
    [InlineData(-1, CallGearErrorKind.Rejected, true)]
    public void Read_NoKnownMnemonic_CodeDecides(int code, CallGearErrorKind expected, bool isOutcomeUnknown)
    {
        foreach (var data in new[] { "null", "{}", "\"x\"", """{"mnemonic":null}""", """{"mnemonic":7}""", """{"mnemonic":"brand_new"}""" })
        {
            var error = Bodies.Rpc($$$"""{"code":{{{code}}},"data":{{{data}}}}""", isWrite: true);

            Assert.Equal(expected, error.Kind);
            Assert.Equal(isOutcomeUnknown, error.IsOutcomeUnknown);
        }
    }

    [Fact]
    public void Read_ErrorThatSaysNothing_RejectedWithUnknownOutcome()
    {
        var error = Bodies.Rpc("{}", isWrite: true);

        Assert.Equal(CallGearErrorKind.Rejected, error.Kind);
        Assert.True(error.IsOutcomeUnknown);
        Assert.Equal("CallGear rejected the request.", error.Message);
    }

    [Theory]
    [InlineData("<html>", 200, CallGearErrorKind.InvalidAnswer)]
    [InlineData("", 200, CallGearErrorKind.InvalidAnswer)]
    [InlineData("{}", 200, CallGearErrorKind.InvalidAnswer)]
    [InlineData("<html>", 404, CallGearErrorKind.InvalidAnswer)]
    [InlineData("<html>", 401, CallGearErrorKind.Unauthorized)]
    [InlineData("<html>", 403, CallGearErrorKind.Unauthorized)]
    [InlineData("<html>", 429, CallGearErrorKind.LimitExceeded)]
    [InlineData("<html>", 500, CallGearErrorKind.Unavailable)]
    [InlineData("<html>", 502, CallGearErrorKind.Unavailable)]
    [InlineData("{}", 503, CallGearErrorKind.Unavailable)]
    [InlineData("""{"jsonrpc":"2.0","id":"r1","result":{}}""", 500, CallGearErrorKind.Unavailable)]
    public void Read_NoReadableError_StatusDecidesAndOutcomeIsUnknown(string body, int status, CallGearErrorKind expected)
    {
        var write = Bodies.Error(body, status, isWrite: true);
        var read = Bodies.Error(body, status);

        Assert.Equal((expected, true), (write.Kind, write.IsOutcomeUnknown));
        Assert.Equal((expected, false), (read.Kind, read.IsOutcomeUnknown));
        Assert.Equal(expected == CallGearErrorKind.LimitExceeded, write.ResetAfter is not null);
    }

    [Theory]
    [InlineData(0, 7000, 5, 30, 7000)]
    [InlineData(5, 7000, 0, 30, 30)]
    [InlineData(0, 7000, 0, 30, 7000)]
    [InlineData(0, 10, 0, 30, 30)]
    [InlineData(5, 7000, 5, 30, 60)]
    [InlineData(0, -5, 5, 30, 0)]
    [InlineData(0, 999_999_999, 5, 30, 86_400)]
    public void ResetAfter_LimitsTold_LongerOfThoseUsedUp(long dayLeft, long dayReset, long minuteLeft, long minuteReset, int expected)
    {
        var limits = string.Create(
            CultureInfo.InvariantCulture,
            $$"""
            "day_limit":100,"day_remaining":{{dayLeft}},"day_reset":{{dayReset}},
            "minute_limit":10,"minute_remaining":{{minuteLeft}},"minute_reset":{{minuteReset}}
            """);
        var error = Bodies.Rpc(
            """{"code":-32029,"data":{"mnemonic":"limit_exceeded","metadata":{"limits":{""" + limits + "}}}}");

        Assert.Equal(TimeSpan.FromSeconds(expected), error.ResetAfter);
    }

    [Theory]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("""{"limits":null}""")]
    [InlineData("""{"limits":{"minute_remaining":0}}""")]
    [InlineData("""{"limits":{"minute_remaining":"none","minute_reset":[]}}""")]
    public void ResetAfter_NothingUsableTold_OneMinute(string metadata)
    {
        var error = Bodies.Rpc($$$"""{"code":-32029,"data":{"mnemonic":"limit_exceeded","metadata":{{{metadata}}}}}""");

        Assert.Equal(TimeSpan.FromMinutes(1), error.ResetAfter);
    }

    [Theory]
    [InlineData("phone_numbers", true)]
    [InlineData("phone_numbers.phone_number", true)]
    [InlineData("phone_number", true)]
    [InlineData("phone_numbers[0].phone_number", true)]
    [InlineData("employee.phone_number", true)]
    [InlineData("last_name", false)]
    [InlineData("group_phone_number", false)]
    [InlineData("", false)]
    public void IsPhoneRejected_EachField_TellsPhonesByR5_5(string field, bool expected)
    {
        foreach (var mnemonic in new[] { "invalid_parameter_value", "already_in_use" })
        {
            var error = Bodies.Rpc($$$"""{"code":-32602,"message":"Bad","data":{"mnemonic":"{{{mnemonic}}}","field":"{{{field}}}"}}""");

            Assert.Equal(expected, error.IsPhoneRejected);
        }
    }

    [Fact]
    public void IsPhoneRejected_FailureOfAnotherKind_False() =>
        Assert.False(Bodies.Rpc("""{"code":-32603,"data":{"mnemonic":"internal_error","field":"phone_numbers"}}""").IsPhoneRejected);

    [Fact]
    public void Message_VendorsText_IsOneLineWithoutSecretsAndNamesTheField()
    {
        var error = Bodies.Rpc(
            """{"code":-32602,"message":"Bad\nkey s3\u200bcret","data":{"mnemonic":"invalid_parameter_value","field":"email"}}""");

        Assert.Equal("CallGear rejected the request. It answered invalid_parameter_value for email: Bad key •••", error.Message);
        Assert.Equal("email", error.Field);
    }

    [Fact]
    public void Message_LongText_IsShortened() =>
        Assert.EndsWith(
            ": " + new string('x', 299) + "…",
            Bodies.Rpc($$"""{"code":-32602,"message":"{{new string('x', 1000)}}"}""").Message,
            StringComparison.Ordinal);
}
