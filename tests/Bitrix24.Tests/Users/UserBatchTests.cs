using System.Globalization;
using OrleansSync.Bitrix24.Responses;
using OrleansSync.Bitrix24.Users;

namespace OrleansSync.Bitrix24.Tests.Users;

public sealed class UserBatchTests
{
    [Fact]
    public void Commands_SeveralPages_ChainByTheLastIdAndAreEncodedOnce()
    {
        var commands = UserBatch.Commands(afterId: 120, pages: 3).ToList();

        const string Select = "&select%5B%5D=ID&select%5B%5D=ACTIVE&select%5B%5D=USER_TYPE&select%5B%5D=NAME&select%5B%5D=LAST_NAME"
            + "&select%5B%5D=SECOND_NAME&select%5B%5D=EMAIL&select%5B%5D=WORK_PHONE&select%5B%5D=PERSONAL_MOBILE"
            + "&select%5B%5D=PERSONAL_PHONE&select%5B%5D=UF_DEPARTMENT";
        Assert.Equal(
            [
                ("p0", "user.get?start=-1&sort=ID&order=ASC&FILTER%5B%3EID%5D=120" + Select),
                ("p1", "user.get?start=-1&sort=ID&order=ASC&FILTER%5B%3EID%5D=%24result%5Bp0%5D%5B49%5D%5BID%5D" + Select),
                ("p2", "user.get?start=-1&sort=ID&order=ASC&FILTER%5B%3EID%5D=%24result%5Bp1%5D%5B49%5D%5BID%5D" + Select),
            ],
            commands);
    }

    [Fact]
    public void Read_AllPagesFull_IsNotLast()
    {
        var batch = Read(Map(("p0", Page(1, 50)), ("p1", Page(51, 50))), pages: 2).Value;

        Assert.False(batch.IsLast);
        Assert.Equal(Enumerable.Range(1, 100).Select(static id => (long)id), batch.Users.Select(static user => user.Id));
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("{}")]
    public void Read_EmptyPage_IsLast(string empty)
    {
        var batch = Read(Map(("p0", Page(1, 50)), ("p1", empty)), pages: 2).Value;

        Assert.True(batch.IsLast);
        Assert.Equal(50, batch.Users.Count);
    }

    [Fact]
    public void Read_UsersAndErrorsAfterAShortPage_AreVoid()
    {
        // The reference in p1 and p2 resolved to nothing: p1 began again at the first user, p2 was refused.
        var errors = """{"p2":{"error":"INVALID_CREDENTIALS","error_description":"x"}}""";
        var batch = Read(Map(("p0", Page(1, 3)), ("p1", Page(1, 50))), pages: 3, errors).Value;

        Assert.True(batch.IsLast);
        Assert.Equal([1L, 2L, 3L], batch.Users.Select(static user => user.Id));
    }

    [Fact]
    public void Read_ErrorBeforeAShortPage_IsTheResult()
    {
        var errors = """{"p1":{"error":"insufficient_scope","error_description":"Give more"}}""";
        var result = Read(Map(("p0", Page(1, 50)), ("p2", "[]")), pages: 3, errors);

        Assert.Equal(VendorErrorKind.InsufficientScope, result.Error!.Kind);
        Assert.Equal("insufficient_scope", result.Error.Code);
    }

    [Fact]
    public void Read_TimeLimitOfACommand_TellsItsReset()
    {
        var errors = """{"p1":{"error":"OPERATION_TIME_LIMIT","error_description":"x"}}""";
        var times = """{"p0":{"operating":5.5,"operating_reset_at":1000},"p1":{"operating":481,"operating_reset_at":2000}}""";
        var result = Read(Map(("p0", Page(1, 50))), pages: 2, errors, times);

        Assert.Equal(VendorErrorKind.OperationTimeLimit, result.Error!.Kind);
        Assert.Equal(DateTimeOffset.FromUnixTimeSeconds(2000), result.Error.ResetAt);
        Assert.Equal(new Bitrix24Timing(481, DateTimeOffset.FromUnixTimeSeconds(2000)), result.Usage);
    }

    [Fact]
    public void Read_TimesOfCommands_HighestCounts()
    {
        var times =
            """{"p0":{"operating":7,"operating_reset_at":3},"p1":{"operating":"9.25","operating_reset_at":"4"},"p2":{"operating":1}}""";
        var result = Read(Map(("p0", Page(1, 1))), pages: 3, times: times);

        Assert.Equal(new Bitrix24Timing(9.25, DateTimeOffset.FromUnixTimeSeconds(4)), result.Usage);
    }

    [Fact]
    public void Read_MapsWrittenAsArrays_AreReadByPlace()
    {
        var batch = Read($"[{Page(1, 50)},{Page(51, 2)}]", pages: 3).Value;

        Assert.Equal(52, batch.Users.Count);
        Assert.True(batch.IsLast);
    }

    [Fact]
    public void Read_PageWrittenAsAMap_IsRead()
    {
        var batch = Read(Map(("p0", """{"0":{"ID":"1"},"1":{"ID":"2"}}""")), pages: 1).Value;

        Assert.Equal([1L, 2L], batch.Users.Select(static user => user.Id));
    }

    [Theory]
    [InlineData("[]", 1)]
    [InlineData("null", 1)]
    [InlineData("""{"p1":[]}""", 2)]
    [InlineData("""{"p0":null}""", 1)]
    [InlineData("""{"p0":"x"}""", 1)]
    [InlineData("""{"p0":[{"NAME":"no id"}]}""", 1)]
    [InlineData("""{"p0":[{"ID":"1"},null]}""", 1)]
    public void Read_PageMissingOrBroken_InvalidAnswer(string result, int pages) =>
        Assert.Equal(VendorErrorKind.InvalidAnswer, Read(result, pages).Error!.Kind);

    [Fact]
    public void Read_MoreThanFiftyUsersInAPage_InvalidAnswer() =>
        Assert.Equal(VendorErrorKind.InvalidAnswer, Read(Map(("p0", Page(1, 51))), pages: 1).Error!.Kind);

    [Fact]
    public void Read_NextPageMissingAfterAFullOne_InvalidAnswer()
    {
        var error = Read(Map(("p0", Page(1, 50))), pages: 2).Error!;

        Assert.Equal(VendorErrorKind.InvalidAnswer, error.Kind);
        Assert.Equal("The answer of Bitrix24 cannot be used: page 2 of the batch is missing.", error.Message);
    }

    private static VendorResult<Bitrix24UserBatch, Bitrix24Timing> Read(
        string result, int pages, string errors = "[]", string times = "[]") =>
        Responses.Bodies.Read(
            $$$"""{"result":{"result":{{{result}}},"result_error":{{{errors}}},"result_total":[],"result_time":{{{times}}} }}""",
            (root, scope) => UserBatch.Read(root, scope, pages));

    private static string Page(int firstId, int count) => "[" + string.Join(
        ',', Enumerable.Range(firstId, count).Select(static id => $$"""{"ID":"{{id.ToString(CultureInfo.InvariantCulture)}}"}""")) + "]";

    private static string Map(params (string Name, string Value)[] entries) =>
        "{" + string.Join(',', entries.Select(static entry => $"\"{entry.Name}\":{entry.Value}")) + "}";
}
