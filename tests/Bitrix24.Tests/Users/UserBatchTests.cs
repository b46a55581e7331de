using System.Globalization;
using OrleansSync.Bitrix24.Responses;
using OrleansSync.Bitrix24.Users;

namespace OrleansSync.Bitrix24.Tests.Users;

public sealed class UserBatchTests
{
    [Fact]
    public void Commands_SeveralPages_ChainByTheLastIdAndAreEncodedOnce()
    {
        var commands = UserBatch.Commands(UserPosition.AfterId(120), pages: 3).ToList();

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

        Assert.Equal([50, 50], batch.Pages.Select(static page => page.Users.Count));
        Assert.DoesNotContain(batch.Pages, static page => page.IsShort);
        Assert.Equal(Enumerable.Range(1, 100).Select(static id => (long)id), IdsOf(batch));
        Assert.Null(batch.BrokenOffBy);
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("{}")]
    public void Read_EmptyPage_IsLast(string empty)
    {
        var batch = Read(Map(("p0", Page(1, 50)), ("p1", empty)), pages: 2).Value;

        Assert.True(batch.Pages[^1].IsShort);
        Assert.Equal(50, IdsOf(batch).Count());
    }

    [Fact]
    public void Read_UsersAndErrorsAfterAShortPage_AreVoid()
    {
        // The reference in p1 and p2 resolved to nothing: p1 began again at the first user, p2 was refused.
        var errors = """{"p2":{"error":"INVALID_CREDENTIALS","error_description":"x"}}""";
        var batch = Read(Map(("p0", Page(1, 3)), ("p1", Page(1, 50))), pages: 3, errors).Value;

        Assert.True(Assert.Single(batch.Pages).IsShort);
        Assert.Equal([1L, 2L, 3L], IdsOf(batch));
        Assert.Null(batch.BrokenOffBy);
    }

    [Theory]
    [InlineData("insufficient_scope", VendorErrorKind.InsufficientScope)]
    [InlineData("ACCESS_DENIED", VendorErrorKind.Blocked)]
    [InlineData("INVALID_CREDENTIALS", VendorErrorKind.Unauthorized)]
    public void Read_LaterPageIsRefusedAndAPersonMustAct_IsTheResult(string code, VendorErrorKind kind)
    {
        var errors = $$$"""{"p1":{"error":"{{{code}}}","error_description":"Give more"}}""";
        var result = Read(Map(("p0", Page(1, 50)), ("p2", "[]")), pages: 3, errors);

        Assert.Equal(kind, result.Error!.Kind);
        Assert.Equal(code, result.Error.Code);
    }

    /// <summary>R8.4: pages before a refused one are good; those after it began at the first user again.</summary>
    [Theory]
    [InlineData("INTERNAL_SERVER_ERROR", VendorErrorKind.Unavailable)]
    [InlineData("QUERY_LIMIT_EXCEEDED", VendorErrorKind.RateLimited)]
    [InlineData("OPERATION_TIME_LIMIT", VendorErrorKind.OperationTimeLimit)]
    [InlineData("expired_token", VendorErrorKind.TokenExpired)]
    [InlineData("SOMETHING_ELSE", VendorErrorKind.Rejected)]
    public void Read_LaterPageIsRefused_BreaksOffAfterTheGoodPages(string code, VendorErrorKind kind)
    {
        var errors = $$$"""{"p2":{"error":"{{{code}}}","error_description":"x"}}""";
        var batch = Read(Map(("p0", Page(1, 50)), ("p1", Page(51, 50)), ("p3", Page(1, 50)), ("p4", Page(51, 50))), pages: 5, errors).Value;

        Assert.Equal(Enumerable.Range(1, 100).Select(static id => (long)id), IdsOf(batch));
        Assert.Equal((kind, code), (batch.BrokenOffBy!.Kind, batch.BrokenOffBy.Code));
    }

    [Theory]
    [InlineData("""[{"error":"INTERNAL_SERVER_ERROR"}]""")]
    [InlineData("""[null,{"error":"INTERNAL_SERVER_ERROR"},null]""")]
    [InlineData("""["INTERNAL_SERVER_ERROR"]""")]
    [InlineData("""{"p1":"INTERNAL_SERVER_ERROR"}""")]
    public void Read_ErrorsInAnyShape_BreakOffAtTheCommandWithoutAnAnswer(string errors)
    {
        var batch = Read(Map(("p0", Page(1, 50)), ("p2", Page(1, 50))), pages: 3, errors).Value;

        Assert.Equal(50, IdsOf(batch).Count());
        Assert.Equal("INTERNAL_SERVER_ERROR", batch.BrokenOffBy!.Code);
    }

    [Theory]
    [InlineData("""{"p0":{"operating":5.5,"operating_reset_at":1000},"p1":{"operating":481,"operating_reset_at":2000}}""", 2000)]
    [InlineData("""{"p0":{"operating":480,"operating_reset_at":1000}}""", 1000)]
    [InlineData("""{"p0":{"operating":480,"operating_reset_at":1000},"p1":{"operating":481}}""", 1000)]
    [InlineData("""{"p0":{"operating":480,"operating_reset_at":1000},"p1":{"operating_reset_at":2000}}""", 2000)]
    public void Read_TimeLimitOfACommand_TellsItsReset(string times, long resetAt)
    {
        var errors = """{"p1":{"error":"OPERATION_TIME_LIMIT","error_description":"x"}}""";
        var result = Read(Map(("p0", Page(1, 50))), pages: 2, errors, times);

        var error = result.Value.BrokenOffBy!;
        Assert.Equal(VendorErrorKind.OperationTimeLimit, error.Kind);
        Assert.Equal(DateTimeOffset.FromUnixTimeSeconds(resetAt), error.ResetAt);
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

        Assert.Equal([50, 2], batch.Pages.Select(static page => page.Users.Count));
    }

    [Fact]
    public void Read_PageWrittenAsAMap_IsRead()
    {
        var batch = Read(Map(("p0", """{"0":{"ID":"1"},"1":{"ID":"2"}}""")), pages: 1).Value;

        Assert.Equal([1L, 2L], IdsOf(batch));
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
    public void Read_NextPageMissingAfterAFullOne_BreaksOffThere()
    {
        var error = Read(Map(("p0", Page(1, 50))), pages: 2).Value.BrokenOffBy!;

        Assert.Equal(VendorErrorKind.InvalidAnswer, error.Kind);
        Assert.Equal("The answer of Bitrix24 cannot be used: page 2 of the batch is missing.", error.Message);
    }

    [Fact]
    public void Commands_ByStart_AreNumberedAndHaveNoFilter()
    {
        var commands = UserBatch.Commands(UserPosition.AfterUsers(100), pages: 2).ToList();

        Assert.Equal(["p0", "p1"], commands.Select(static each => each.Name));
        Assert.StartsWith("user.get?start=100&sort=ID&order=ASC&select", commands[0].Command, StringComparison.Ordinal);
        Assert.StartsWith("user.get?start=150&sort=ID&order=ASC&select", commands[1].Command, StringComparison.Ordinal);
        Assert.All(commands, static each => Assert.DoesNotContain("FILTER", each.Command, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("""{"p0":60,"p1":60}""")]
    [InlineData("""{"p0":"60","p1":"60"}""")]
    [InlineData("[60,60]")]
    public void Read_TotalsInAnyShape_AreThoseOfThePages(string totals)
    {
        var result = Read(Map(("p0", Page(1, 50)), ("p1", Page(51, 10))), pages: 2, totals: totals);

        Assert.Equal([60L, 60L], result.Value.Pages.Select(static page => page.Total));
    }

    private static IEnumerable<long> IdsOf(Bitrix24UserBatch batch) =>
        batch.Pages.SelectMany(static page => page.Users).Select(static user => user.Id);

    private static VendorResult<Bitrix24UserBatch, Bitrix24Timing> Read(
        string result, int pages, string errors = "[]", string times = "[]", string totals = "[]") =>
        Responses.Bodies.ReadBatch(
            $$$"""{"result":{"result":{{{result}}},"result_error":{{{errors}}},"result_total":{{{totals}}},"result_time":{{{times}}} }}""",
            pages);

    private static string Page(int firstId, int count) => "[" + string.Join(
        ',', Enumerable.Range(firstId, count).Select(static id => $$"""{"ID":"{{id.ToString(CultureInfo.InvariantCulture)}}"}""")) + "]";

    private static string Map(params (string Name, string Value)[] entries) =>
        "{" + string.Join(',', entries.Select(static entry => $"\"{entry.Name}\":{entry.Value}")) + "}";
}
