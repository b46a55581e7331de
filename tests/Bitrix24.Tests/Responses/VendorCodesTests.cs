using OrleansSync.Bitrix24.Responses;

namespace OrleansSync.Bitrix24.Tests.Responses;

/// <summary>
/// The whole table of codes: each means the same alone and inside a batch, whatever its status and letter case (R8.9, R8.11).
/// </summary>
[Trait("Rule", "R8.9")]
public sealed class VendorCodesTests
{
    private static readonly Dictionary<string, (VendorErrorKind Kind, string[] Codes)> _expected = new()
    {
        ["renewed"] = (VendorErrorKind.TokenExpired, ["expired_token"]),
        ["credentials"] = (VendorErrorKind.Unauthorized,
        [
            "NO_AUTH_FOUND", "invalid_token", "INVALID_CREDENTIALS", "AUTHORIZATION_ERROR", "ERROR_OAUTH", "APPLICATION_NOT_FOUND",
            "NOT_INSTALLED", "ALLOWED_ONLY_INTRANET_USER", "WRONG_AUTH_TYPE", "METHOD_CONFIRM_WAITING", "METHOD_CONFIRM_DENIED",
            "user_access_error", "invalid_grant", "invalid_client", "wrong_client",
        ]),
        ["scope"] = (VendorErrorKind.InsufficientScope, ["insufficient_scope", "invalid_scope"]),
        ["blocked"] = (VendorErrorKind.Blocked, ["ACCESS_DENIED", "OVERLOAD_LIMIT", "PORTAL_DELETED", "PAYMENT_REQUIRED"]),
        ["requests"] = (VendorErrorKind.RateLimited, ["QUERY_LIMIT_EXCEEDED"]),
        ["time"] = (VendorErrorKind.OperationTimeLimit, ["OPERATION_TIME_LIMIT"]),
        ["passing"] = (VendorErrorKind.Unavailable,
            ["INTERNAL_SERVER_ERROR", "ERROR_UNEXPECTED_ANSWER", "INTERNAL_WRONG_TRANSPORT", "INTERNAL_WRONG_HANDLER_CLASS"]),
        ["call"] = (VendorErrorKind.Rejected,
        [
            "ERROR_BATCH_LENGTH_EXCEEDED", "ERROR_BATCH_METHOD_NOT_ALLOWED", "ERROR_METHOD_NOT_FOUND", "ERROR_MANIFEST_IS_NOT_AVAILABLE",
            "INVALID_REQUEST", "INVALID_ARG_VALUE", "ERROR_ARGUMENT", "ERROR_CORE", "ERROR_NOT_FOUND", "ERROR_ENTITY_NOT_FOUND",
            "NOT_FOUND", "100",
        ]),
    };

    private static readonly int[] _statuses = [200, 400, 401, 403, 404, 405, 429, 500, 503];

    public static TheoryData<string, VendorErrorKind> Codes
    {
        get
        {
            var rows = new TheoryData<string, VendorErrorKind>();
            foreach (var (kind, codes) in _expected.Values)
            {
                foreach (var code in codes)
                {
                    rows.Add(code, kind);
                }
            }

            return rows;
        }
    }

    [Fact]
    public void Table_EveryCode_IsExpectedHere() => Assert.Equal(
        _expected.Values.SelectMany(static group => group.Codes).Order(StringComparer.Ordinal),
        VendorCodes.OfCalls.Select(static code => code.Code).Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(Codes))]
    public void Code_Alone_DecidesWhateverTheStatusAndLetterCase(string code, VendorErrorKind expected)
    {
        foreach (var written in Spellings(code))
        {
            Assert.All(_statuses, status => Assert.Equal(expected, Bodies.Error(Body(written), status).Kind));
        }
    }

    [Theory]
    [MemberData(nameof(Codes))]
    public void Code_OfABatchsCommand_DecidesLikeAlone(string code, VendorErrorKind expected)
    {
        foreach (var written in Spellings(code))
        {
            var body = $$$"""{"result":{"result":[],"result_error":{"p0":{{{Body(written)}}}},"result_time":[]}}""";
            var error = Bodies.ReadBatch(body, pages: 1).Error!;

            Assert.Equal((expected, written.Trim()), (error.Kind, error.Code));
            Assert.Equal(Bodies.Error(Body(written), 400).Message, error.Message);
        }
    }

    [Theory]
    [MemberData(nameof(Codes))]
    public void Code_OfTheWholeBatch_DecidesLikeAlone(string code, VendorErrorKind expected)
    {
        var error = Bodies.ReadBatch(Body(code), pages: 1).Error!;

        Assert.Equal(expected, error.Kind);
    }

    [Theory]
    [InlineData("PORTAL_DELETED", 500)]
    [InlineData("portal_deleted", 403)]
    [InlineData("Portal_Deleted", 200)]
    public void PortalDeleted_OnPremise_PassesAndInTheCloudAPersonMustAct(string code, int status)
    {
        var own = Bodies.Error(Body(code), status, AnswerContext.OnPremiseCall);

        Assert.Equal((VendorErrorKind.Unavailable, true), (own.Kind, own.IsTransient));
        Assert.Contains("updated", own.Message, StringComparison.Ordinal);
        Assert.Equal(VendorErrorKind.Blocked, Bodies.Error(Body(code), status).Kind);
    }

    [Theory]
    [MemberData(nameof(Codes))]
    public void Code_OnPremise_IsTheCloudsButForOne(string code, VendorErrorKind expected) => Assert.Equal(
        code == "PORTAL_DELETED" ? VendorErrorKind.Unavailable : expected,
        Bodies.Error(Body(code), 400, AnswerContext.OnPremiseCall).Kind);

    [Theory]
    [InlineData("invalid_grant", VendorErrorKind.Unauthorized)]
    [InlineData("expired_token", VendorErrorKind.Unauthorized)]
    [InlineData("bad_verification_code", VendorErrorKind.Unauthorized)]
    [InlineData("invalid_request", VendorErrorKind.Unauthorized)]
    [InlineData("invalid_client", VendorErrorKind.Unauthorized)]
    [InlineData("wrong_client", VendorErrorKind.Unauthorized)]
    [InlineData("NOT_INSTALLED", VendorErrorKind.Unauthorized)]
    [InlineData("insufficient_scope", VendorErrorKind.InsufficientScope)]
    [InlineData("invalid_scope", VendorErrorKind.InsufficientScope)]
    [InlineData("PAYMENT_REQUIRED", VendorErrorKind.Blocked)]
    [InlineData("INTERNAL_SERVER_ERROR", VendorErrorKind.Unavailable)]
    public void CodeOfARenewal_WhateverTheStatusAndLetterCase_TellsWhoMustAct(string code, VendorErrorKind expected)
    {
        foreach (var written in Spellings(code))
        {
            Assert.All(_statuses, status => Assert.Equal(expected, Bodies.Error(Body(written), status, AnswerContext.Renewal).Kind));
        }
    }

    [Theory]
    [InlineData(200)]
    [InlineData(401)]
    [InlineData(403)]
    [InlineData(404)]
    [InlineData(502)]
    public void PageInPlaceOfARenewal_WhateverTheStatus_Passes(int status) =>
        Assert.True(Bodies.Error("<html>Not now</html>", status, AnswerContext.Renewal).IsTransient);

    [Theory]
    [InlineData("""{"error":{"code":"insufficient_scope","message":"Give more"}}""")]
    [InlineData("""{"error":{"error":"insufficient_scope","error_description":"Give more"}}""")]
    [InlineData("""{"error":[{"code":"insufficient_scope","message":"Give more"}]}""")]
    [InlineData("""{"error":["insufficient_scope"],"error_description":"Give more","result":[]}""")]
    [InlineData("""{"error":"insufficient_scope","error_description":"Give more","result":{"a":1}}""")]
    public void Error_OfAnotherForm_IsReadAllTheSame(string body)
    {
        var error = Bodies.Error(body, 200);

        Assert.Equal((VendorErrorKind.InsufficientScope, "insufficient_scope"), (error.Kind, error.Code));
        Assert.EndsWith("Give more", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"error":"insufficient_scope"}""")]
    [InlineData("""{"error":"insufficient_scope","error_description":null}""")]
    [InlineData("""{"error":"insufficient_scope","error_description":["Give more"]}""")]
    public void Error_WithoutADescription_IsNamedByItsCode(string body) =>
        Assert.EndsWith("It answered insufficient_scope.", Bodies.Error(body, 403).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("""{"error":true}""")]
    [InlineData("""{"error":{}}""")]
    [InlineData("""{"error":[]}""")]
    [InlineData("""{"error":[[["a"]]]}""")]
    [InlineData("""{"error":{"code":{"a":1}}}""")]
    public void Error_OfNoForm_LeavesItToTheStatus(string body)
    {
        Assert.Equal(VendorErrorKind.Unauthorized, Bodies.Error(body, 401).Kind);
        Assert.Equal(VendorErrorKind.InvalidAnswer, Bodies.Error(body, 200).Kind);
    }

    [Theory]
    [InlineData("\"\"")]
    [InlineData("0")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("null")]
    [InlineData("false")]
    public void Error_ThatSaysNothingBesideAResult_IsNone(string nothing) => Assert.Equal(
        7,
        Bodies.Read($$"""{"result":[],"error":{{nothing}}}""", static (_, scope) => VendorResult.Success(7, scope.Timing)).Value);

    private static string Body(string code) => $$"""{"error":"{{code}}","error_description":"Some text"}""";

    private static string[] Spellings(string code) => [code, code.ToUpperInvariant(), code.ToLowerInvariant()];
}
