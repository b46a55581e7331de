using System.Text;
using System.Text.Json;
using CsCheck;
using OrleansSync.CallGear.Responses;
using OrleansSync.CallGear.Employees;
using OrleansSync.CallGear.Groups;
using OrleansSync.Testing.Loopback;

namespace OrleansSync.CallGear.Tests.Responses;

public sealed class ResponseReaderTests
{
    private static readonly int[] _statuses = [200, 201, 302, 400, 401, 403, 404, 429, 500, 502, 503];

    private static readonly byte[][] _good =
    [
        .. new[]
        {
            """
            {"jsonrpc":"2.0","id":"r1","result":{"data":[{"id":7,"first_name":"Ann","last_name":null,"email":"a@x.example","phone_numbers":
             [{"phone_id":1,"phone_number":"7495","channels_count":1,"dial_time":60,"status":"active"}]}],
             "metadata":{"total_items":1,"limits":{"day_limit":100,"day_remaining":99,"day_reset":5}}}}
            """,
            """{"jsonrpc":"2.0","id":"r1","result":{"data":[{"id":7,"name":"G","channels_count":1,"members":[{"employee_id":1}]}]}}""",
            """{"jsonrpc":"2.0","id":"r1","result":{"id":7}}""",
            """{"jsonrpc":"2.0","id":null,"error":{"code":-32029,"message":"x","data":{"mnemonic":"limit_exceeded","field":"a"}}}""",
        }.Select(Encoding.UTF8.GetBytes),
    ];

    [Fact]
    public void Read_AnyBytes_GivesAResult() =>
        Gen.Select(BodyMutations.Noise, Gen.OneOf(_statuses)).Sample((body, status) => ReadEveryWay(body, status), iter: 5000);

    [Fact]
    public void Read_DamagedAnswers_GivesAResult() =>
        Gen.Select(BodyMutations.Damaged(_good), Gen.OneOf(_statuses)).Sample((body, status) => ReadEveryWay(body, status), iter: 10_000);

    [Fact]
    public void Read_JsonOfAnyShape_GivesAResult()
    {
        // Half of the bodies have the right envelope, so that what is inside is reached.
        var inside = BodyMutations.Json(
            "data", "metadata", "total_items", "limits", "day_reset", "minute_remaining", "id", "members", "employee_id", "name",
            "phone_numbers", "phone_id", "phone_number", "channels_count", "last_name", "error", "code", "message", "mnemonic", "field");
        var body = Gen.Select(inside, Gen.OneOf("result", "error", "result\":{},\"error", "x")).Select(static (json, member) =>
            $$"""{"jsonrpc":"2.0","id":"r1","{{member}}":{{json}}}""");
        Gen.Select(body, Gen.OneOf(_statuses))
            .Sample((json, status) => ReadEveryWay(Encoding.UTF8.GetBytes(json), status), iter: 10_000);
    }

    [Theory]
    [InlineData("""{"jsonrpc":"2.0","id":"r2","result":{"id":7}}""")]
    [InlineData("""{"jsonrpc":"2.0","id":1,"result":{"id":7}}""")]
    [InlineData("""{"jsonrpc":"2.0","id":null,"result":{"id":7}}""")]
    [InlineData("""{"jsonrpc":"2.0","result":{"id":7}}""")]
    [InlineData("""{"jsonrpc":"2.0","id":"r2","error":{"code":-32602,"data":{"mnemonic":"duplicate_entity"}}}""")]
    [InlineData("""{"jsonrpc":"2.0","id":"r1","result":[]}""")]
    [InlineData("""{"jsonrpc":"2.0","id":"r1","result":null}""")]
    [InlineData("""{"jsonrpc":"2.0","id":"r1","result":{}}""")]
    [InlineData("""{"jsonrpc":"2.0","id":"r1","result":{"id":0}}""")]
    [InlineData("""{"jsonrpc":"2.0","id":"r1","result":{"id":7,"id":8}}""")]
    [InlineData("""[{"jsonrpc":"2.0","id":"r1","result":{"id":7}}]""")]
    [InlineData("""{"jsonrpc":"2.0","id":"r1","result":{"id":7}""")]
    [InlineData("""{"jsonrpc":"2.0","id":"r1","result":{"id":"\ud800"}}""")]
    public void Read_WriteAnsweredByWhatCannotBeTrusted_InvalidAnswerWithUnknownOutcome(string body)
    {
        var error = Bodies.Read(body, EmployeeResponses.ReadNewId, isWrite: true).Error!;

        Assert.Equal(VendorErrorKind.InvalidAnswer, error.Kind);
        Assert.True(error.IsOutcomeUnknown);
        Assert.Equal(error.Cause is JsonException, error.IsTransient);
    }

    [Fact]
    public void Read_BytesThatAreNoText_InvalidAnswer()
    {
        byte[] body = [.. "{\"id\":\"r1\",\"result\":{\"id\":7,\"x\":\""u8, 0xC3, 0x28, .. "\"}}"u8];

        Assert.Equal(VendorErrorKind.InvalidAnswer, Bodies.Read(body, EmployeeResponses.ReadNewId).Error!.Kind);
    }

    [Fact]
    public void Read_NestedTooDeep_InvalidAnswer() =>
        Assert.Equal(
            VendorErrorKind.InvalidAnswer, Bodies.Error(string.Concat(Enumerable.Repeat("{\"result\":", 100_000))).Kind);

    [Fact]
    public void Read_ErrorWithoutAnId_IsTheError()
    {
        // JSON-RPC answers so when it could not read the request's id.
        var error = Bodies.Error("""{"jsonrpc":"2.0","id":null,"error":{"code":-32700,"data":{"mnemonic":"parse_error"}}}""");

        Assert.Equal(VendorErrorKind.Rejected, error.Kind);
        Assert.Equal("parse_error", error.Code);
    }

    [Fact]
    public void Read_NullErrorBesideAResult_IsSuccess() =>
        Assert.Equal(7, Bodies.Read("""{"id":"r1","error":null,"result":{"id":7}}""", EmployeeResponses.ReadNewId).Value);

    [Fact]
    public void Limits_SuccessAndError_AreRead()
    {
        const string Metadata =
            """
            {"limits":{"day_limit":100,"day_remaining":90,"day_reset":3600,"minute_limit":10,"minute_remaining":9,"minute_reset":30}}
            """;
        var expected = new CallGearLimits
        {
            DayLimit = 100,
            DayRemaining = 90,
            DayReset = TimeSpan.FromHours(1),
            MinuteLimit = 10,
            MinuteRemaining = 9,
            MinuteReset = TimeSpan.FromSeconds(30),
        };

        Assert.Equal(expected, Bodies.Result($$"""{"id":7,"metadata":{{Metadata}}}""", EmployeeResponses.ReadNewId).Usage);
        Assert.Equal(
            expected,
            Bodies.Read($$$"""{"id":"r1","error":{"code":-32602,"data":{"metadata":{{{Metadata}}} } } }""", EmployeeResponses.ReadNewId)
                .Usage);
        Assert.Null(Bodies.Result("""{"id":7}""", EmployeeResponses.ReadNewId).Usage);
    }

    [Fact]
    public void Value_OfAFailedCall_ThrowsWithTheReason()
    {
        var result = Bodies.Result("{}", EmployeeResponses.ReadNewId);

        var thrown = Assert.Throws<InvalidOperationException>(() => result.Value);
        Assert.Equal("The call failed. InvalidAnswer: The answer of CallGear cannot be used: it has no valid id.", thrown.Message);
    }

    private static void ReadEveryWay(byte[] body, int status)
    {
        Check(Bodies.ReadEmployees(body, EmployeeResponses.ReadPage, status));
        Check(Bodies.ReadEmployees(body, static (_, lists) => EmployeeResponses.ReadOne(lists, 7), status));
        Check(Bodies.Read(body, EmployeeResponses.ReadNewId, status, isWrite: true));
        Check(Bodies.Read(body, static result => GroupResponses.ReadOne(result, 7), status));

        void Check<T>(VendorResult<T, CallGearLimits> result)
        {
            Assert.True(status is >= 200 and < 300 || !result.IsSuccess);
            if (result.Error is { } error)
            {
                Assert.NotEmpty(error.Message);
                Assert.True(error.Message.Length < 1300 && !error.Message.Any(char.IsControl), error.Message);
                Assert.Equal(error.Kind == VendorErrorKind.RateLimited, error.ResetAfter is not null);
            }
        }
    }
}
