using OrleansSync.Bitrix24.Responses;

namespace OrleansSync.Bitrix24.Tests.Responses;

public sealed class VendorErrorsTests
{
    [Theory]
    [InlineData("expired_token", 401, VendorErrorKind.TokenExpired)]
    [InlineData("NO_AUTH_FOUND", 401, VendorErrorKind.Unauthorized)]
    [InlineData("invalid_token", 401, VendorErrorKind.Unauthorized)]
    [InlineData("INVALID_CREDENTIALS", 401, VendorErrorKind.Unauthorized)]
    [InlineData("user_access_error", 403, VendorErrorKind.Unauthorized)]
    [InlineData("insufficient_scope", 403, VendorErrorKind.InsufficientScope)]
    [InlineData("ACCESS_DENIED", 403, VendorErrorKind.Blocked)]
    [InlineData("PORTAL_DELETED", 500, VendorErrorKind.Blocked)]
    [InlineData("OVERLOAD_LIMIT", 503, VendorErrorKind.Blocked)]
    [InlineData("PAYMENT_REQUIRED", 402, VendorErrorKind.Blocked)]
    [InlineData("QUERY_LIMIT_EXCEEDED", 503, VendorErrorKind.RateLimited)]
    [InlineData("OPERATION_TIME_LIMIT", 429, VendorErrorKind.OperationTimeLimit)]
    [InlineData("INTERNAL_SERVER_ERROR", 500, VendorErrorKind.Unavailable)]
    [InlineData("ERROR_UNEXPECTED_ANSWER", 500, VendorErrorKind.Unavailable)]
    [InlineData("ERROR_BATCH_LENGTH_EXCEEDED", 400, VendorErrorKind.Rejected)]
    [InlineData("ERROR_BATCH_METHOD_NOT_ALLOWED", 400, VendorErrorKind.Rejected)]
    [InlineData("ERROR_METHOD_NOT_FOUND", 404, VendorErrorKind.Rejected)]
    [InlineData("invalid_request", 400, VendorErrorKind.Rejected)]
    public void Read_EachCode_DecidesBeforeTheStatus(string code, int status, VendorErrorKind expected)
    {
        var body = $$"""{"error":"{{code}}","error_description":"Some text"}""";

        foreach (var each in new[] { status, 200, 400 })
        {
            var error = Bodies.Error(body, each);

            Assert.Equal(expected, error.Kind);
            Assert.Equal(code, error.Code);
            Assert.EndsWith($" It answered {code}: Some text", error.Message, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("invalid_grant", VendorErrorKind.Unauthorized)]
    [InlineData("invalid_client", VendorErrorKind.Unauthorized)]
    [InlineData("invalid_request", VendorErrorKind.Unauthorized)]
    [InlineData("expired_token", VendorErrorKind.Unauthorized)]
    [InlineData("insufficient_scope", VendorErrorKind.InsufficientScope)]
    [InlineData("PAYMENT_REQUIRED", VendorErrorKind.Blocked)]
    [InlineData("SOMETHING_NEW", VendorErrorKind.Rejected)]
    public void Read_EachCodeOfARenewal_TellsWhoMustAct(string code, VendorErrorKind expected) =>
        Assert.Equal(expected, Bodies.Error($$"""{"error":"{{code}}"}""", 400, AnswerContext.Renewal).Kind);

    [Theory]
    [InlineData("""{"error":"NEW_CODE"}""", 401, VendorErrorKind.Unauthorized)]
    [InlineData("""{"error":"NEW_CODE"}""", 403, VendorErrorKind.Unauthorized)]
    [InlineData("""{"error":"NEW_CODE"}""", 429, VendorErrorKind.RateLimited)]
    [InlineData("""{"error":"NEW_CODE"}""", 500, VendorErrorKind.Unavailable)]
    [InlineData("""{"error":"NEW_CODE"}""", 503, VendorErrorKind.Unavailable)]
    [InlineData("""{"error":"NEW_CODE"}""", 400, VendorErrorKind.Rejected)]
    [InlineData("""{"error":0,"error_description":"Odd"}""", 200, VendorErrorKind.Rejected)]
    [InlineData("""{"error":"","error_description":"Odd"}""", 400, VendorErrorKind.Rejected)]
    [InlineData("""{"error":"NEW_CODE"}""", 402, VendorErrorKind.Blocked)]
    [InlineData("{}", 401, VendorErrorKind.Unauthorized)]
    [InlineData("{}", 404, VendorErrorKind.InvalidAnswer)]
    [InlineData("[]", 502, VendorErrorKind.Unavailable)]
    [InlineData("<html>Bad gateway</html>", 502, VendorErrorKind.Unavailable)]
    [InlineData("<html>Unavailable</html>", 503, VendorErrorKind.Unavailable)]
    [InlineData("<html>Timeout</html>", 504, VendorErrorKind.Unavailable)]
    [InlineData("<html>Log in</html>", 401, VendorErrorKind.Unauthorized)]
    [InlineData("<html>Welcome</html>", 200, VendorErrorKind.InvalidAnswer)]
    [InlineData("<html>Nothing</html>", 404, VendorErrorKind.InvalidAnswer)]
    [InlineData("", 200, VendorErrorKind.InvalidAnswer)]
    [InlineData("", 502, VendorErrorKind.Unavailable)]
    [InlineData("null", 200, VendorErrorKind.InvalidAnswer)]
    [InlineData("[]", 200, VendorErrorKind.InvalidAnswer)]
    [InlineData("{\"result\":", 200, VendorErrorKind.InvalidAnswer)]
    public void Read_NoKnownCode_StatusDecides(string body, int status, VendorErrorKind expected) =>
        Assert.Equal(expected, Bodies.Error(body, status).Kind);

    [Fact]
    public void Read_TimeLimit_TellsWhenItEnds()
    {
        var error = Bodies.Error(
            """{"error":"OPERATION_TIME_LIMIT","error_description":"x","time":{"operating":481.2,"operating_reset_at":1700000000}}""", 429);

        Assert.Equal(DateTimeOffset.FromUnixTimeSeconds(1_700_000_000), error.ResetAt);
    }

    [Theory]
    [InlineData("1e30")]
    [InlineData("-5")]
    [InlineData("\"soon\"")]
    [InlineData("null")]
    public void Read_TimeLimitWithoutAUsableReset_HasNone(string resetAt)
    {
        var body = $$$"""{"error":"OPERATION_TIME_LIMIT","time":{"operating":481.2,"operating_reset_at":{{{resetAt}}}}}""";
        var error = Bodies.Error(body, 429);

        Assert.Equal(VendorErrorKind.OperationTimeLimit, error.Kind);
        Assert.Null(error.ResetAt);
    }

    [Theory]
    [InlineData("a\\nb\\u0007c\\u202ed", "a bcd")]
    [InlineData("key s3cret is bad", "key ••• is bad")]
    [InlineData("s3\\u200bcret", "•••")]
    public void Message_VendorsText_IsOneLineWithoutSecrets(string said, string shown)
    {
        var error = Bodies.Error($$"""{"error":"CODE","error_description":"{{said}}"}""", 400);

        Assert.Equal($"Bitrix24 rejected the request. It answered CODE: {shown}", error.Message);
    }

    [Fact]
    public void Message_LongText_IsShortened()
    {
        var error = Bodies.Error($$"""{"error":"CODE","error_description":"{{new string('x', 1000)}}"}""", 400);

        Assert.EndsWith(": " + new string('x', 299) + "…", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Code_SecretInIt_IsHidden() => Assert.Equal("NO_•••", Bodies.Error("""{"error":"NO_s3cret"}""", 400).Code);
}
