using System.Text.Json.Nodes;
using OrleansSync.Sandbox.Bitrix24;
using OrleansSync.Sandbox.Seeding;

namespace OrleansSync.Sandbox.Tests.Bitrix24;

public sealed class UserGetTests
{
    public static TheoryData<string, string> Refusals => new()
    {
        { """{"limit":10}""", "Unknown parameter: limit" },
        { """{"start":"x"}""", "Parameter start must be a whole number" },
        { """{"start":-2}""", "Parameter start must be -1 or more" },
        { """{"sort":"SALARY"}""", "Cannot sort by SALARY" },
        { """{"order":"UP"}""", "Parameter order must be ASC or DESC" },
        { """{"FILTER":"ID"}""", "Parameter FILTER must be a map" },
        { """{"FILTER":{">SALARY":1}}""", "Unknown field in FILTER: >SALARY" },
        { """{"FILTER":{">ID":"x"}}""", "ID in FILTER must be a number: x" },
        { """{"FILTER":{"%ID":"1"}}""", "ID cannot be filtered by %" },
    };

    public static TheoryData<string, int[]> Filters => new()
    {
        { """{">ID":2}""", [3, 4] },
        { """{">ID":""}""", [1, 2, 3, 4] },
        { """{">=ID":2}""", [2, 3, 4] },
        { """{"<ID":"2"}""", [1] },
        { """{"<=ID":2}""", [1, 2] },
        { """{"ID":3}""", [3] },
        { """{"ID":[1,3]}""", [1, 3] },
        { """{"@ID":["2","4"]}""", [2, 4] },
        { """{"@ID":{"0":2,"1":4}}""", [2, 4] },
        { """{"!ID":2}""", [1, 3, 4] },
        { """{"!@ID":[1,2]}""", [3, 4] },
        { """{">ID":1,"<ID":4}""", [2, 3] },
        { """{"EMAIL":"ANN@example.com"}""", [1] },
        { """{"%EMAIL":"example"}""", [1, 2] },
        { """{"!%EMAIL":"ann"}""", [2, 3, 4] },
        { """{"ACTIVE":true}""", [1, 2, 4] },
        { """{"ACTIVE":"N"}""", [3] },
        { """{"UF_DEPARTMENT":5}""", [4] },
        { """{">LAST_NAME":"c"}""", [3, 4] },
        { "[]", [1, 2, 3, 4] },
    };

    [Fact]
    public async Task UserGet_HalfASurrogatePair_IsAnsweredAsItsEscape()
    {
        await using var sandbox = await SandboxServer.StartAsync(new SandboxOptions(), TestContext.Current.CancellationToken);
        var user = JsonNode.Parse("""{"ID":7,"NAME":"\\A\n\ud83d🌷","LAST_NAME":"\udc4dLee"}""")!.AsObject();
        var portal = sandbox.PutPortal("p", users: [BitrixUser.FromJson(user).With("EMAIL", "x\ud83d")]);
        using var client = new BitrixClient(portal);

        var (_, body) = await client.CallAsync("user.get", "{}");

        var answered = body.GetProperty("result")[0];
        Assert.Equal(@"""\\A\n\ud83d\uD83C\uDF37""", answered.GetProperty("NAME").GetRawText(), ignoreCase: true);
        Assert.Equal(@"""\udc4dLee""", answered.GetProperty("LAST_NAME").GetRawText());
        Assert.Equal(@"""x\ud83d""", answered.GetProperty("EMAIL").GetRawText());
    }

    [Theory]
    [MemberData(nameof(Refusals))]
    public async Task UserGet_ByItsParameters_IsRefused(string parameters, string description)
    {
        await using var sandbox = await SandboxServer.StartAsync(new SandboxOptions(), TestContext.Current.CancellationToken);
        using var client = new BitrixClient(sandbox.PutPortal("p"));

        var (status, body) = await client.CallAsync("user.get", parameters);

        Assert.Equal(400, (int)status);
        Assert.Equal("ERROR_ARGUMENT", body.GetProperty("error").GetString());
        Assert.Equal(description, body.GetProperty("error_description").GetString());
    }

    [Theory]
    [MemberData(nameof(Filters))]
    public async Task UserGet_Filter_GivesTheUsersThatMatch(string filter, int[] expected)
    {
        await using var sandbox = await SandboxServer.StartAsync(new SandboxOptions(), TestContext.Current.CancellationToken);
        using var client = new BitrixClient(sandbox.PutPortal("p", users: FourUsers()));

        Assert.Equal(expected, await IdsAsync(client, $$"""{"FILTER":{{filter}}}"""));
        Assert.Equal(expected, await IdsAsync(client, $$"""{"FILTER":{{filter}},"start":-1}"""));
    }

    [Fact]
    public async Task UserGet_Form_IsReadAsPhpDoes()
    {
        await using var sandbox = await SandboxServer.StartAsync(new SandboxOptions(), TestContext.Current.CancellationToken);
        using var client = new BitrixClient(sandbox.PutPortal("p", users: FourUsers()));

        var (_, body) = await client.CallAsync(
            "user.get", "FILTER[@ID][]=1&FILTER%5B%40ID%5D%5B%5D=3&sort=ID&order=desc&select[]=ID&select[]=NOPE",
            "application/x-www-form-urlencoded");

        Assert.Equal("""[{"ID":"3"},{"ID":"1"}]""", body.GetProperty("result").GetRawText());
    }

    [Fact]
    public async Task UserGet_Pages_CarryNextAndTotalUntilTheLast()
    {
        await using var sandbox = await SandboxServer.StartAsync(new SandboxOptions(), TestContext.Current.CancellationToken);
        using var client = new BitrixClient(sandbox.PutPortal("p", users: SeedGenerator.Create(new SeedOptions { Users = 101 }).Users));

        var (_, first) = await client.CallAsync("user.get", "{}");
        var (_, last) = await client.CallAsync("user.get", """{"start":100}""");

        Assert.Equal(
            (50, 50, 101),
            (first.GetProperty("result").GetArrayLength(), first.GetProperty("next").GetInt32(), first.GetProperty("total").GetInt32()));
        Assert.Equal("101", Assert.Single(last.GetProperty("result").EnumerateArray()).GetProperty("ID").GetString());
        Assert.False(last.TryGetProperty("next", out _));
    }

    [Fact]
    public async Task UserGet_StartMinusOne_DoesNotCount()
    {
        await using var sandbox = await SandboxServer.StartAsync(new SandboxOptions(), TestContext.Current.CancellationToken);
        using var client = new BitrixClient(sandbox.PutPortal("p", users: SeedGenerator.Create(new SeedOptions { Users = 51 }).Users));

        var (_, body) = await client.CallAsync("user.get", """{"start":-1}""");

        Assert.Equal(50, body.GetProperty("result").GetArrayLength());
        Assert.False(body.TryGetProperty("next", out _) || body.TryGetProperty("total", out _));
    }

    [Theory]
    [InlineData(true, """{"ID":"7","ACTIVE":"N","NAME":null,"TIMESTAMP_X":{},"UF_DEPARTMENT":false,"EMAIL":" "}""")]
    [InlineData(false, """{"ID":"7","ACTIVE":"N","TIMESTAMP_X":{},"UF_DEPARTMENT":false,"EMAIL":" "}""")]
    public async Task UserGet_Fields_ComeInTheShapeTheyWereGiven_WithoutAValueOnlyWhereThePortalAnswersNulls(bool nulls, string expected)
    {
        const string Stored = """{"ID":"7","ACTIVE":"N","NAME":null,"TIMESTAMP_X":{},"UF_DEPARTMENT":false,"EMAIL":" "}""";
        await using var sandbox = await SandboxServer.StartAsync(new SandboxOptions(), TestContext.Current.CancellationToken);
        using var client = new BitrixClient(sandbox.PutPortal(
            "p", new PortalSettings { AnswersNulls = nulls }, [BitrixUser.FromJson(JsonNode.Parse(Stored)!.AsObject())]));

        var (_, body) = await client.CallAsync("user.get", "{}");

        Assert.Equal(expected, Assert.Single(body.GetProperty("result").EnumerateArray()).GetRawText());
    }

    [Theory]
    [InlineData(false, true, "1,2,3,4,5,6", "2", "4")]
    [InlineData(true, true, "1,6", "2", "4")]
    [InlineData(true, false, "1,6", "", "")]
    public async Task UserGet_UsersWithoutADepartmentAndExtranetUsers_AreListedOnlyWhereThePortalIsToldTo_AndFoundByAnAdministrator(
        bool staffOnly, bool administrator, string listed, string found, string extranet)
    {
        await using var sandbox = await SandboxServer.StartAsync(new SandboxOptions(), TestContext.Current.CancellationToken);
        var settings = new PortalSettings { ListsStaffOnly = staffOnly, KeyIsAdministrators = administrator };
        using var client = new BitrixClient(sandbox.PutPortal("p", settings,
        [
            BitrixUser.Employee(1, "Ann", "Adams", "ann@example.com"),
            BitrixUser.Employee(2, "Bob", "Brown", "bob@example.com").With("UF_DEPARTMENT", false),
            BitrixUser.Employee(3, "Cleo", "Clark", "cleo@example.com").With("UF_DEPARTMENT", new JsonArray()),
            BitrixUser.Employee(4, "Dan", "Davis", "dan@example.com").With("USER_TYPE", "extranet"),
            BitrixUser.Employee(5, "Eve", "Evans", "eve@example.com").Without("UF_DEPARTMENT"),
            BitrixUser.Employee(6, "Fay", "Fox", "fay@example.com").Dismissed(),
        ]));

        Assert.Equal(listed, string.Join(',', await IdsAsync(client, "{}")));
        Assert.Equal(listed, string.Join(',', await IdsAsync(client, """{"FILTER":{">ID":0},"start":-1}""")));
        Assert.Equal(found, string.Join(',', await IdsAsync(client, """{"FILTER":{"ID":2}}""")));
        Assert.Equal(extranet, string.Join(',', await IdsAsync(client, """{"FILTER":{"@ID":[4]}}""")));
    }

    [Theory]
    [InlineData("user", true)]
    [InlineData("user_basic", true)]
    [InlineData("user_brief", false)]
    public async Task UserGet_ByScope_HidesContacts(string scope, bool visible)
    {
        await using var sandbox = await SandboxServer.StartAsync(new SandboxOptions(), TestContext.Current.CancellationToken);
        using var client = new BitrixClient(sandbox.PutPortal("p", new PortalSettings { Scopes = ["crm", scope] }, FourUsers()));

        var (_, body) = await client.CallAsync("user.get", "{}");

        var user = body.GetProperty("result")[0];
        Assert.Equal(visible, user.TryGetProperty("EMAIL", out _));
        Assert.Equal(visible, user.TryGetProperty("PERSONAL_MOBILE", out _));
        Assert.True(user.TryGetProperty("LAST_NAME", out _));
    }

    [Theory]
    [InlineData(false, "1,3")]
    [InlineData(true, "1,2,3")]
    public async Task UserGet_MailUsersAndBots_AreListedOnlyWhereThePortalIsToldTo(bool lists, string expected)
    {
        await using var sandbox = await SandboxServer.StartAsync(new SandboxOptions(), TestContext.Current.CancellationToken);
        var users = FourUsers().Take(3).Select(u => u.Id == 2 ? u.With("USER_TYPE", "email") : u);
        using var client = new BitrixClient(sandbox.PutPortal("p", new PortalSettings { ListsMailUsers = lists }, users));

        Assert.Equal(expected, string.Join(',', await IdsAsync(client, "{}")));
    }

    [Theory]
    [InlineData("{", "application/json")]
    [InlineData("[1]", "application/json")]
    [InlineData("{}", "text/plain")]
    public async Task Body_NotReadable_IsRefused(string content, string contentType)
    {
        await using var sandbox = await SandboxServer.StartAsync(new SandboxOptions(), TestContext.Current.CancellationToken);
        using var client = new BitrixClient(sandbox.PutPortal("p"));

        var (status, body) = await client.CallAsync("user.get", content, contentType);

        Assert.Equal((400, "INVALID_REQUEST"), ((int)status, body.GetProperty("error").GetString()));
    }

    internal static BitrixUser[] FourUsers() =>
    [
        BitrixUser.Employee(1, "Ann", "Adams", "ann@example.com", personalMobile: "1"),
        BitrixUser.Employee(2, "Bob", "Brown", "bob@example.com"),
        BitrixUser.Employee(3, "Cleo", "Clark", "").Dismissed(),
        BitrixUser.Employee(4, "Dan", "Davis", null).With("UF_DEPARTMENT", new JsonArray(1, 5)),
    ];

    private static async Task<int[]> IdsAsync(BitrixClient client, string parameters)
    {
        var (_, body) = await client.CallAsync("user.get", parameters);
        return [.. body.GetProperty("result").EnumerateArray().Select(u => int.Parse(u.GetProperty("ID").GetString()!, null))];
    }
}
