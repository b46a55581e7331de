using System.Text.Json.Nodes;
using OrleansSync.CallGear.Employees;
using OrleansSync.CallGear.Groups;

namespace OrleansSync.CallGear.Tests;

public sealed class CallGearClientTests
{
    private const string Fields = """["id","first_name","last_name","patronymic","email","phone_numbers"]""";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task GetEmployeesAsync_Page_SendsDocumentedParametersOnly()
    {
        await using var server = await Clients.ServeAsync("\"result\":{\"data\":[{\"id\":1}],\"metadata\":{\"total_items\":20001}}");
        using var http = Clients.Http();

        var result = await Clients.Rpc(http).GetEmployeesAsync(Clients.Credentials(server.Url), 10_000, 20_000, Cancellation);

        Assert.Equal(20_001, result.Value.TotalItems);
        Assert.Equal("POST", server.Request.Method);
        Assert.Equal("/v2.0", server.Request.Target);
        Assert.Equal("application/json; charset=UTF-8", server.Request.ContentType);
        Assert.Equal(
            $$"""{"access_token":"{{Clients.Secret}}","limit":10000,"offset":20000,"fields":{{Fields}}}""",
            Clients.Parameters(server, "get.employees"));
    }

    [Theory]
    [InlineData(null, 7L, """{"field":"id","operator":"<=","value":7}""")]
    [InlineData(7L, 9L, """{"field":"id","operator":">","value":7},{"field":"id","operator":"<=","value":9}""")]
    [InlineData(9L, null, """{"field":"id","operator":">","value":9}""")]
    public async Task GetEmployeesAsync_Range_FiltersByItsBounds(long? after, long? upTo, string conditions)
    {
        await using var server = await Clients.ServeAsync("\"result\":{\"data\":[{\"id\":8}],\"metadata\":{\"total_items\":1}}");
        using var http = Clients.Http();

        var result = await Clients.Rpc(http).GetEmployeesAsync(
            Clients.Credentials(server.Url), new EmployeeIdRange(after, upTo), Cancellation);

        Assert.Equal((1, 8), (result.Value.TotalItems, Assert.Single(result.Value.Employees).Id));
        Assert.Equal(
            "{\"access_token\":\"" + Clients.Secret + "\",\"limit\":10000,\"filter\":{\"filters\":[" + conditions
            + "],\"condition\":\"and\"},\"fields\":" + Fields + "}",
            Clients.Parameters(server, "get.employees"));
    }

    [Fact]
    public async Task AnyCall_KeyOfAnAgent_SendsTheUserId()
    {
        await using var server = await Clients.ServeAsync("\"result\":{\"data\":[]}");
        using var http = Clients.Http();

        await Clients.Rpc(http).GetGroupAsync(Clients.Credentials(server.Url, userId: 55), 9, Cancellation);

        Assert.Equal(
            $$$"""{"access_token":"{{{Clients.Secret}}}","user_id":55,"filter":{"field":"id","operator":"=","value":9}"""
            + ""","fields":["id","name","channels_count","members"]}""",
            Clients.Parameters(server, "get.group_employees"));
    }

    [Fact]
    public async Task GetEmployeeAsync_Id_FiltersByIt()
    {
        await using var server = await Clients.ServeAsync("\"result\":{\"data\":[{\"id\":7,\"last_name\":\"Lee\"}]}");
        using var http = Clients.Http();

        var result = await Clients.Rpc(http).GetEmployeeAsync(Clients.Credentials(server.Url), 7, Cancellation);

        Assert.Equal("Lee", result.Value!.LastName);
        Assert.Equal(
            $$$"""{"access_token":"{{{Clients.Secret}}}","filter":{"field":"id","operator":"=","value":7},"fields":{{{Fields}}}}""",
            Clients.Parameters(server, "get.employees"));
    }

    [Fact]
    public async Task GetEmployeeAsync_NobodyFound_Null()
    {
        await using var server = await Clients.ServeAsync("\"result\":{\"data\":[]}");
        using var http = Clients.Http();

        var result = await Clients.Rpc(http).GetEmployeeAsync(Clients.Credentials(server.Url), 7, Cancellation);

        Assert.True(result.IsSuccess);
        Assert.Null(result.Value);
    }

    /// <summary>R3.2: trimmed and without regard to case, whatever the server's filter let through.</summary>
    [Fact]
    public async Task FindEmployeesByEmailAsync_AnySpelling_AsksByPatternAndChecksTheAnswer()
    {
        await using var server = await Clients.ServeAsync(
            """
            "result":{"data":[{"id":1,"email":"ANN@x.io"},{"id":2,"email":" ann@X.io "},
                              {"id":3,"email":"joann@x.io"},{"id":4,"email":null}]}
            """);
        using var http = Clients.Http();

        var result = await Clients.Rpc(http).FindEmployeesByEmailAsync(
            Clients.Credentials(server.Url), [" Ann@x.io "], StringComparer.OrdinalIgnoreCase, cancellationToken: Cancellation);

        Assert.Equal([1L, 2L], result.Value.Select(static employee => employee.Id));
        var pattern = @"^~(a|A)~(n|N)~(n|N)~@~(x|X)~\\.~(i|I)~(o|O)~$".Replace("~", "[^!-~]*", StringComparison.Ordinal);
        Assert.Equal(
            $$$"""{"access_token":"{{{Clients.Secret}}}","filter":{"field":"email","operator":"regexp","value":"{{{pattern}}}"}"""
            + $$$""","fields":{{{Fields}}}}""",
            Clients.Parameters(server, "get.employees"));
    }

    [Fact]
    public async Task FindEmployeesByEmailAsync_GivenAndLowerCase_AsksForBoth()
    {
        await using var server = await Clients.ServeAsync("\"result\":{\"data\":[{\"id\":1,\"email\":\"ann@x.io\"}]}");
        using var http = Clients.Http();

        var result = await Clients.Rpc(http).FindEmployeesByEmailAsync(
            Clients.Credentials(server.Url), ["Ann@x.io"], StringComparer.OrdinalIgnoreCase, EmailSearch.GivenAndLowerCase, Cancellation);

        Assert.Equal(1, Assert.Single(result.Value).Id);
        var filter = JsonNode.Parse(Clients.Parameters(server, "get.employees"))!["filter"]!.ToJsonString();
        Assert.Equal(
            """{"filters":[{"field":"email","operator":"=","value":"Ann@x.io"},{"field":"email","operator":"=","value":"ann@x.io"}]"""
            + ""","condition":"or"}""",
            filter);
    }

    [Fact]
    public async Task CreateEmployeeAsync_FullEmployee_GivesTheNewId()
    {
        await using var server = await Clients.ServeAsync("\"result\":{\"id\":900007}");
        using var http = Clients.Http();
        var employee = new CallGearEmployee
        {
            LastName = "(bitrix24) Lee",
            FirstName = "Ann",
            Patronymic = "M",
            Email = "ann@x.io",
            PhoneNumbers = [CallGearPhoneNumber.New("7495"), CallGearPhoneNumber.New("7496")],
        };

        var result = await Clients.Rpc(http).CreateEmployeeAsync(Clients.Credentials(server.Url), employee, Cancellation);

        Assert.Equal(900_007, result.Value);
        Assert.Equal(
            $$"""{"access_token":"{{Clients.Secret}}","last_name":"(bitrix24) Lee","first_name":"Ann","patronymic":"M","""
            + "\"email\":\"ann@x.io\","
            + """ "phone_numbers":[{"phone_number":"7495"},{"phone_number":"7496"}]}""".TrimStart(),
            Clients.Parameters(server, "create.employees"));
    }

    [Fact]
    public async Task CreateEmployeeAsync_LastNameOnly_SendsNothingElse()
    {
        await using var server = await Clients.ServeAsync("\"result\":{\"id\":1}");
        using var http = Clients.Http();

        await Clients.Rpc(http)
            .CreateEmployeeAsync(Clients.Credentials(server.Url), new CallGearEmployee { LastName = "Lee" }, Cancellation);

        Assert.Equal(
            $$"""{"access_token":"{{Clients.Secret}}","last_name":"Lee"}""", Clients.Parameters(server, "create.employees"));
    }

    /// <summary>R5.4: the numbers that are there go back exactly as they came, and stay before the new one.</summary>
    [Fact]
    public async Task UpdateEmployeeAsync_NumbersAsRead_SendsThemBackUnchanged()
    {
        const string Numbers =
            """{"phone_id":5,"phone_number":"7495...12","channels_count":3,"dial_time":45,"status":"inactive"}"""
            + """,{"phone_id":6,"phone_number":"7"}""";
        await using var reads = await Clients.ServeAsync($$$"""
            "result":{"data":[{"id":7,"phone_numbers":[{{{Numbers}}}]}]}
            """);
        await using var writes = await Clients.ServeAsync("\"result\":{}");
        using var http = Clients.Http();
        var client = Clients.Rpc(http);

        var read = await client.GetEmployeeAsync(Clients.Credentials(reads.Url), 7, Cancellation);
        var update = read.Value! with
        {
            LastName = "(bitrix24) Lee",
            PhoneNumbers = [.. read.Value!.PhoneNumbers, CallGearPhoneNumber.New("7499")],
        };
        var result = await client.UpdateEmployeeAsync(Clients.Credentials(writes.Url), update, Cancellation);

        Assert.True(result.IsSuccess);
        Assert.Equal(
            $$"""{"access_token":"{{Clients.Secret}}","id":7,"last_name":"(bitrix24) Lee","phone_numbers":["""
            + Numbers + """,{"phone_number":"7499"}]}""",
            Clients.Parameters(writes, "update.employees"));
    }

    [Fact]
    public async Task UpdateEmployeeAsync_NoNumbers_SendsTheEmptyList()
    {
        await using var server = await Clients.ServeAsync("\"result\":{}");
        using var http = Clients.Http();
        var update = new CallGearEmployee { Id = 7, LastName = "Lee", PhoneNumbers = [] };

        await Clients.Rpc(http).UpdateEmployeeAsync(Clients.Credentials(server.Url), update, Cancellation);

        Assert.Equal(
            $$"""{"access_token":"{{Clients.Secret}}","id":7,"last_name":"Lee","phone_numbers":[]}""",
            Clients.Parameters(server, "update.employees"));
    }

    [Fact]
    public async Task UpdateGroupAsync_Members_SendsNameAndLinesAsRead()
    {
        await using var server = await Clients.ServeAsync("\"result\":{}");
        using var http = Clients.Http();
        var group = new CallGearGroup { Id = 9, Name = "Sales", ChannelsCount = 4, MemberIds = [1, 2] };

        var result = await Clients.Rpc(http).UpdateGroupAsync(Clients.Credentials(server.Url), group, Cancellation);

        Assert.True(result.IsSuccess);
        Assert.Equal(
            $$"""{"access_token":"{{Clients.Secret}}","id":9,"name":"Sales","channels_count":4,"members":[1,2]}""",
            Clients.Parameters(server, "update.group_employees"));
    }

    [Fact]
    public async Task AnyCall_Twice_UsesAnotherId()
    {
        await using var server = await Clients.ServeAsync("\"result\":{\"data\":[]}");
        using var http = Clients.Http();
        var client = Clients.Rpc(http);

        await client.GetEmployeeAsync(Clients.Credentials(server.Url), 7, Cancellation);
        await client.GetEmployeeAsync(Clients.Credentials(server.Url), 7, Cancellation);

        var ids = server.Requests.Select(static request => (string?)JsonNode.Parse(request.Body)!["id"]);
        Assert.Equal(2, ids.Distinct().Count());
    }

    [Fact]
    public async Task AnyCall_VendorRepeatsTheKey_NothingShowsIt()
    {
        await using var server = await Clients.ServeAsync(
            $$"""
            "error":{"code":-32001,"message":"Key {{Clients.Secret}} is bad",
                     "data":{"mnemonic":"{{Clients.Secret}}x","field":"{{Clients.Secret}}."} }
            """);
        using var http = Clients.Http();

        var result = await Clients.Rpc(http).GetEmployeeAsync(Clients.Credentials(server.Url), 7, Cancellation);

        Assert.Equal(VendorErrorKind.Unauthorized, result.Error!.Kind);
        Assert.DoesNotContain(Clients.Secret, Clients.Everything(result), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(10_001, 0)]
    [InlineData(1, -1)]
    [InlineData(1, 100_001)]
    public async Task GetEmployeesAsync_BeyondTheVendorsLimits_Throws(int limit, int offset)
    {
        using var http = Clients.Http();
        var credentials = Clients.Credentials(new Uri("http://127.0.0.1/"));

        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(
            () => Clients.Rpc(http).GetEmployeesAsync(credentials, limit, offset, Cancellation));
    }
}
