using System.Text;
using CsCheck;
using OrleansSync.Bitrix24.Responses;
using OrleansSync.Bitrix24.OAuth;
using OrleansSync.Bitrix24.Users;
using OrleansSync.Testing.Loopback;

namespace OrleansSync.Bitrix24.Tests.Responses;

public sealed class ResponseReaderTests
{
    private static readonly int[] _statuses = [200, 201, 302, 400, 401, 403, 404, 429, 500, 502, 503];

    private static readonly byte[][] _good =
    [
        .. new[]
        {
            """
            {"result":{"result":{"p0":[{"ID":"1","ACTIVE":true,"EMAIL":"a@x.example","UF_DEPARTMENT":[1]}]},"result_error":[],
             "result_time":{"p0":{"operating":1.5,"operating_reset_at":1700000000}}},"time":{"operating":1}}
            """,
            """{"result":[{"ID":"7","ACTIVE":"N"}],"total":1,"time":{"operating":0.5}}""",
            """{"error":"QUERY_LIMIT_EXCEEDED","error_description":"Too many requests"}""",
        }.Select(Encoding.UTF8.GetBytes),
    ];

    [Fact]
    public void Read_AnyBytes_GivesAResult() =>
        Gen.Select(BodyMutations.Noise, Gen.OneOf(_statuses)).Sample((body, status) => ReadEveryWay(body, status), iter: 5000);

    [Fact]
    public void Read_DamagedAnswers_GivesAResult() =>
        Gen.Select(BodyMutations.Damaged(_good), Gen.OneOf(_statuses))
            .Sample((body, status) => ReadEveryWay(body, status), iter: 10_000);

    [Fact]
    public void Read_JsonOfAnyShape_GivesAResult()
    {
        var json = BodyMutations.Json(
            "result", "p0", "p1", "result_error", "result_time", "time", "operating", "operating_reset_at", "total", "error",
            "error_description", "ID", "ACTIVE", "EMAIL", "UF_DEPARTMENT", "access_token", "refresh_token", "client_endpoint");
        Gen.Select(json, Gen.OneOf(_statuses))
            .Sample((body, status) => ReadEveryWay(Encoding.UTF8.GetBytes(body), status), iter: 10_000);
    }

    [Theory]
    [InlineData("{\"result\":[],\"result\":[{\"ID\":7}]}")]
    [InlineData("{\"result\":[{\"ID\":7}]} trailing")]
    [InlineData("{\"result\":[{\"ID\":8}]}")]
    [InlineData("{\"result\":[{\"ID\":7},{\"ID\":7}]}")]
    [InlineData("{\"result\":null}")]
    [InlineData("{\"result\":true}")]
    [InlineData("{}")]
    public void Read_AnswerThatCannotBeTrusted_InvalidAnswer(string body)
    {
        var result = Bodies.Read(body, (root, scope) => UserResponses.ReadOne(root, scope, 7));

        Assert.Equal(VendorErrorKind.InvalidAnswer, result.Error!.Kind);
    }

    [Fact]
    public void Read_BytesThatAreNoText_InvalidAnswer()
    {
        byte[] body = [.. "{\"result\":[{\"ID\":7,\"NAME\":\""u8, 0xC3, 0x28, .. "\"}]}"u8];

        var result = Bodies.Read(body, (root, scope) => UserResponses.ReadOne(root, scope, 7));

        Assert.Equal(VendorErrorKind.InvalidAnswer, result.Error!.Kind);
    }

    [Fact]
    public void Read_NestedTooDeep_InvalidAnswer()
    {
        var body = string.Concat(Enumerable.Repeat("{\"result\":", 100_000));

        Assert.Equal(VendorErrorKind.InvalidAnswer, Bodies.Error(body, 200).Kind);
    }

    [Fact]
    public void Read_ByteOrderMark_IsSkipped()
    {
        byte[] body = [0xEF, 0xBB, 0xBF, .. "{\"result\":[{\"ID\":7}]}"u8];

        Assert.Equal(7, Bodies.Read(body, (root, scope) => UserResponses.ReadOne(root, scope, 7)).Value!.Id);
    }

    [Fact]
    public void Read_EmptyErrorBesideAResult_IsSuccess()
    {
        var result = Bodies.Read("""{"result":[],"error":""}""", (root, scope) => UserResponses.ReadOne(root, scope, 7));

        Assert.True(result.IsSuccess);
        Assert.Null(result.Value);
    }

    [Theory]
    [InlineData("""{"result":[{"ID":1},{"ID":2,"EMAIL":null}],"total":2}""", 2, true)]
    [InlineData("""{"result":[{"ID":1},{"ID":2}],"total":"2"}""", 2, false)]
    [InlineData("""{"result":[],"total":0}""", 0, true)]
    public void ReadCount_Answer_TellsUsersAndWhetherEmailIsVisible(string body, long total, bool isEmailVisible)
    {
        var count = Bodies.Read(body, UserResponses.ReadCount).Value;

        Assert.Equal((total, isEmailVisible), (count.Total, count.IsEmailVisible));
    }

    [Theory]
    [InlineData("""{"result":[]}""")]
    [InlineData("""{"result":[],"total":-1}""")]
    [InlineData("""{"result":[{}],"total":1}""")]
    [InlineData("""{"total":1}""")]
    public void ReadCount_SomethingMissing_InvalidAnswer(string body) =>
        Assert.Equal(VendorErrorKind.InvalidAnswer, Bodies.Read(body, UserResponses.ReadCount).Error!.Kind);

    [Fact]
    public void Value_OfAFailedCall_ThrowsWithTheReason()
    {
        var result = Bodies.Read("", UserResponses.ReadCount);

        var thrown = Assert.Throws<InvalidOperationException>(() => result.Value);
        Assert.Equal("The call failed. InvalidAnswer: The answer of Bitrix24 (HTTP 200) is not valid JSON.", thrown.Message);
    }

    private static void ReadEveryWay(byte[] body, int status)
    {
        Check(Bodies.ReadBatch(body, pages: 2, status));
        Check(Bodies.Read(body, (root, scope) => UserResponses.ReadOne(root, scope, 7), status));
        Check(Bodies.Read(body, UserResponses.ReadCount, status));
        Check(Bodies.Read(body, Bitrix24OAuthClient.ReadPair, status, AnswerContext.Renewal));

        void Check<T>(VendorResult<T, Bitrix24Timing> result)
        {
            Assert.True(status is >= 200 and < 300 || !result.IsSuccess);
            if (result.Error is { } error)
            {
                Assert.NotEmpty(error.Message);
                Assert.True(error.Message.Length < 800 && !error.Message.Any(char.IsControl), error.Message);
            }
        }
    }
}
