using System.Globalization;
using OrleansSync.CallGear.Responses;

namespace OrleansSync.CallGear.Tests.Responses;

public sealed class VendorErrorsTests
{
    [Theory]
    [InlineData("limit_exceeded", -32029, VendorErrorKind.RateLimited)]
    [InlineData("access_token_invalid", -32001, VendorErrorKind.Unauthorized)]
    [InlineData("access_token_expired", -32001, VendorErrorKind.Unauthorized)]
    [InlineData("access_token_blocked", -32001, VendorErrorKind.Unauthorized)]
    [InlineData("auth_error", -32001, VendorErrorKind.Unauthorized)]
    [InlineData("ip_not_whitelisted", -32003, VendorErrorKind.Unauthorized)]
    [InlineData("forbidden", -32003, VendorErrorKind.Unauthorized)]
    [InlineData("account_inactive", -32009, VendorErrorKind.Blocked)]
    [InlineData("method_component_disabled", -32008, VendorErrorKind.Blocked)]
    [InlineData("parameter_component_disabled", -32008, VendorErrorKind.Blocked)]
    [InlineData("internal_error", -32603, VendorErrorKind.Unavailable)]
    [InlineData("entity_not_found", -32602, VendorErrorKind.NotFound)]
    [InlineData("duplicate_entity", -32602, VendorErrorKind.Duplicate)]
    [InlineData("already_in_use", -32602, VendorErrorKind.Duplicate)]
    [InlineData("data_type_error", -32602, VendorErrorKind.Rejected)]
    [InlineData("invalid_parameter_value", -32602, VendorErrorKind.Rejected)]
    [InlineData("required_parameter_missed", -32602, VendorErrorKind.Rejected)]
    [InlineData("unexpected_parameters", -32602, VendorErrorKind.Rejected)]
    [InlineData("invalid_parameters_combination", -32602, VendorErrorKind.Rejected)]
    [InlineData("data_limit_exceeded", -32602, VendorErrorKind.Rejected)]
    [InlineData("tariff_restrictions", -32602, VendorErrorKind.Rejected)]
    [InlineData("error", -32602, VendorErrorKind.Rejected)]
    public void Read_EachMnemonic_DecidesBeforeCodeMessageAndStatus(string mnemonic, int code, VendorErrorKind expected)
    {
        foreach (var (eachCode, status) in new[] { (code, 200), (-32001, 200), (code, 500), (code, 400) })
        {
            var error = Bodies.Rpc(
                $$$"""{"code":{{{eachCode}}},"message":"Limit has been exceeded","data":{"mnemonic":"{{{mnemonic}}}"}}""",
                status, isWrite: true);

            Assert.Equal(expected, error.Kind);
            Assert.Equal(mnemonic, error.Code);
            Assert.EndsWith($" It answered {mnemonic}: Limit has been exceeded", error.Message, StringComparison.Ordinal);
            Assert.Equal(expected == VendorErrorKind.Unavailable, error.IsOutcomeUnknown);
        }
    }

    [Theory]
    [InlineData(-32029, VendorErrorKind.RateLimited, false)]
    [InlineData(-32001, VendorErrorKind.Unauthorized, false)]
    [InlineData(-32003, VendorErrorKind.Unauthorized, false)]
    [InlineData(-32008, VendorErrorKind.Blocked, false)]
    [InlineData(-32009, VendorErrorKind.Blocked, false)]
    [InlineData(-32602, VendorErrorKind.Rejected, false)]
    [InlineData(-32099, VendorErrorKind.Rejected, false)]
    [InlineData(-32700, VendorErrorKind.Rejected, false)]
    [InlineData(-32600, VendorErrorKind.Rejected, false)]
    [InlineData(-32601, VendorErrorKind.Rejected, false)]
    [InlineData(-32603, VendorErrorKind.Unavailable, true)]
    [InlineData(-1, VendorErrorKind.Rejected, true)]
    public void Read_NoKnownMnemonic_CodeDecides(int code, VendorErrorKind expected, bool isOutcomeUnknown)
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

        Assert.Equal(VendorErrorKind.Rejected, error.Kind);
        Assert.True(error.IsOutcomeUnknown);
        Assert.Equal("CallGear rejected the request.", error.Message);
    }

    [Theory]
    [InlineData("<html>", 200, VendorErrorKind.InvalidAnswer)]
    [InlineData("", 200, VendorErrorKind.InvalidAnswer)]
    [InlineData("{}", 200, VendorErrorKind.InvalidAnswer)]
    [InlineData("<html>", 404, VendorErrorKind.InvalidAnswer)]
    [InlineData("<html>", 401, VendorErrorKind.Unauthorized)]
    [InlineData("<html>", 403, VendorErrorKind.Unauthorized)]
    [InlineData("<html>", 429, VendorErrorKind.RateLimited)]
    [InlineData("<html>", 500, VendorErrorKind.Unavailable)]
    [InlineData("<html>", 502, VendorErrorKind.Unavailable)]
    [InlineData("{}", 503, VendorErrorKind.Unavailable)]
    [InlineData("""{"jsonrpc":"2.0","id":"r1","result":{}}""", 500, VendorErrorKind.Unavailable)]
    public void Read_NoReadableError_StatusDecidesAndOutcomeIsUnknown(string body, int status, VendorErrorKind expected)
    {
        var write = Bodies.Error(body, status, isWrite: true);
        var read = Bodies.Error(body, status);

        Assert.Equal((expected, true), (write.Kind, write.IsOutcomeUnknown));
        Assert.Equal((expected, false), (read.Kind, read.IsOutcomeUnknown));
        Assert.Equal(expected == VendorErrorKind.RateLimited, write.ResetAfter is not null);
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

            Assert.Equal(expected, error.IsPhoneRejected());
        }
    }

    [Fact]
    public void IsPhoneRejected_FailureOfAnotherKind_False() =>
        Assert.False(Bodies.Rpc("""{"code":-32603,"data":{"mnemonic":"internal_error","field":"phone_numbers"}}""").IsPhoneRejected());

    [Theory]
    [InlineData("null", null)]
    [InlineData("\"+7495\"", "+7495")]
    [InlineData("7495", "7495")]
    [InlineData("""[{"phone_number":"7495"}]""", """[{"phone_number":"7495"}]""")]
    [InlineData("\"s3cret\"", "•••")]
    public void Value_OfAnyKind_IsTextWithoutSecrets(string value, string? expected) => Assert.Equal(
        expected,
        Bodies.Rpc($$$"""{"code":-32602,"data":{"mnemonic":"invalid_parameter_value","field":"x","value":{{{value}}}}}""").Value);

    [Theory]
    [InlineData("phone_numbers", "phone_numbers", null)]
    [InlineData("phone_numbers.phone_number", "phone_number", null)]
    [InlineData("phone_numbers[1].dial_time", "dial_time", 1)]
    [InlineData("phone_numbers.2.dial_time", "dial_time", 2)]
    [InlineData("phone_numbers[3]", "phone_numbers", 3)]
    [InlineData("[3]", null, 3)]
    [InlineData("", null, null)]
    [InlineData(null, null, null)]
    public void ParameterPath_EachForm_GivesNameAndPlace(string? field, string? name, int? index) =>
        Assert.Equal(name is null ? null : new ParameterPath(name, index), ParameterPath.Parse(field));

    [Fact]
    public void Message_Forbidden_SaysThatARightIsMissing() => Assert.StartsWith(
        "CallGear refused the call, because the key lacks the right to it; give the key that right in CallGear.",
        Bodies.Rpc("""{"code":-32003,"data":{"mnemonic":"forbidden"}}""").Message,
        StringComparison.Ordinal);

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
