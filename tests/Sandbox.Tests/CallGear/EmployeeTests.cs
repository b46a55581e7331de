using OrleansSync.Sandbox.CallGear;

namespace OrleansSync.Sandbox.Tests.CallGear;

public sealed class EmployeeTests
{
    [Fact]
    public async Task GetEmployees_Employee_ComesWithNullsEmptyListsAndNumbersInDiallingOrder()
    {
        await using var sandbox = await SandboxServer.StartAsync(new SandboxOptions(), TestContext.Current.CancellationToken);
        var account = RefusalTests.AccountWithOneEmployee(sandbox);
        account.PutEmployee(new Employee { FirstName = "Bob" });
        using var client = new CallGearClient(account);

        var answer = await client.CallAsync(
            "get.employees", """{"fields":["id","first_name","last_name","patronymic","email","phone_numbers"]}""");

        Assert.Equal(
            """{"data":[{"id":900001,"first_name":null,"last_name":"Lee","patronymic":null,"email":"Ann@example.com","phone_numbers":["""
            + """{"phone_id":1,"phone_number":"74951234567","channels_count":2,"dial_time":30,"status":"inactive"}]},{"id":900002"""
            + ""","first_name":"Bob","last_name":null,"patronymic":null,"email":null,"phone_numbers":[]}],"metadata":{"total_items":2}}""",
            answer.GetProperty("result").GetRawText());
    }

    [Fact]
    public async Task GetEmployees_Pages_CoverTheListAndDefaultToAThousand()
    {
        await using var sandbox = await SandboxServer.StartAsync(new SandboxOptions(), TestContext.Current.CancellationToken);
        var account = sandbox.PutAccount("a", employees: Enumerable.Range(0, 1001).Select(_ => new Employee { LastName = "Lee" }));
        using var client = new CallGearClient(account);

        var first = (await client.CallAsync("get.employees")).GetProperty("result");
        var second = (await client.CallAsync("get.employees", """{"offset":1000}""")).GetProperty("result");

        Assert.Equal(
            (1000, 1001),
            (first.GetProperty("data").GetArrayLength(), first.GetProperty("metadata").GetProperty("total_items").GetInt32()));
        Assert.Equal(901_001, Assert.Single(second.GetProperty("data").EnumerateArray()).GetProperty("id").GetInt64());
    }

    [Theory]
    [InlineData("""{"field":"email","operator":"=","value":"Ann@example.com"}""", "900001")]
    [InlineData("""{"field":"email","operator":"=","value":"ann@example.com"}""", "")]
    [InlineData("""{"field":"email","operator":"=","value":null}""", "900003")]
    [InlineData("""{"field":"email","operator":"in","value":["Ann@example.com","bob@example.com"]}""", "900001,900002")]
    [InlineData("""{"field":"email","operator":"like","value":"%@example.com"}""", "900001,900002")]
    [InlineData("""{"field":"email","operator":"regexp","value":"^b"}""", "900002")]
    [InlineData("""{"field":"id","operator":"=","value":900002}""", "900002")]
    [InlineData("""{"field":"id","operator":"in","value":[900001,900003,5]}""", "900001,900003")]
    [InlineData("""{"field":"id","operator":">","value":900001}""", "900002,900003")]
    [InlineData("""{"field":"id","operator":"!=","value":900001}""", "900002,900003")]
    [InlineData("""{"filters":[{"field":"id","operator":"<=","value":900002},{"field":"last_name","operator":"=","value":"Lee"}]"""
        + ""","condition":"and"}""", "900001")]
    [InlineData("""{"filters":[{"field":"id","operator":"=","value":900003},{"field":"last_name","operator":"=","value":"Lee"}]"""
        + ""","condition":"or"}""",
        "900001,900003")]
    [InlineData("{}", "900001,900002,900003")]
    public async Task GetEmployees_Filter_GivesTheEmployeesThatMatch(string filter, string expected)
    {
        await using var sandbox = await SandboxServer.StartAsync(new SandboxOptions(), TestContext.Current.CancellationToken);
        var account = RefusalTests.AccountWithOneEmployee(sandbox);
        account.PutEmployee(new Employee { LastName = "Brown", Email = "bob@example.com" });
        account.PutEmployee(new Employee { LastName = "Clark" });
        using var client = new CallGearClient(account);

        var answer = await client.CallAsync("get.employees", $$"""{"filter":{{filter}}}""");

        Assert.Equal(expected, string.Join(',', IdsIn(answer)));
    }

    [Fact]
    public async Task GetEmployees_BeyondTheUnstableSize_ComeInAnotherOrderEachTime()
    {
        await using var sandbox = await SandboxServer.StartAsync(new SandboxOptions(), TestContext.Current.CancellationToken);
        var employees = Enumerable.Range(0, 100).Select(_ => new Employee { LastName = "Lee" });
        using var client = new CallGearClient(sandbox.PutAccount("a", new AccountSettings { UnstableOrderAbove = 99 }, employees));

        var first = IdsIn(await client.CallAsync("get.employees"));
        var second = IdsIn(await client.CallAsync("get.employees"));

        Assert.NotEqual(first, second);
        Assert.Equal(first.Order(), second.Order());
    }

    [Fact]
    public async Task CreateEmployees_Sent_StoresWhatWasSentUnderTheNextId()
    {
        await using var sandbox = await SandboxServer.StartAsync(new SandboxOptions(), TestContext.Current.CancellationToken);
        var account = RefusalTests.AccountWithOneEmployee(sandbox);
        using var client = new CallGearClient(account);

        var answer = await client.CallAsync(
            "create.employees",
            """{"last_name":"Brown","first_name":"Bob","patronymic":"","email":"bob@example.com","phone_numbers":["""
            + """{"phone_number":"7"}]}""");

        Assert.Equal("""{"id":900002}""", answer.GetProperty("result").GetRawText());
        var created = account.FindEmployee(900_002)!;
        Assert.Equal(("Bob", "Brown", null, "bob@example.com", true),
            (created.FirstName, created.LastName, created.Patronymic, created.Email, created.CreatedByApi));
        Assert.Equal(new PhoneNumber(2, "7"), Assert.Single(created.PhoneNumbers));
    }

    [Fact]
    public async Task CreateEmployees_SentTwice_MakesADuplicateThatTheInvariantsFind()
    {
        await using var sandbox = await SandboxServer.StartAsync(new SandboxOptions(), TestContext.Current.CancellationToken);
        var account = sandbox.PutAccount("a");
        using var client = new CallGearClient(account);

        await client.CallAsync("create.employees", """{"last_name":"Lee","email":"ann@example.com"}""");
        Assert.Empty(account.CreatedDuplicates());
        await client.CallAsync("create.employees", """{"last_name":"Lee","email":"ANN@example.com"}""");

        Assert.Equal([900_001, 900_002], Assert.Single(account.CreatedDuplicates()).Select(e => e.Id));
    }

    [Fact]
    public async Task UpdateEmployees_WithoutOptionalFields_KeepsThem()
    {
        await using var sandbox = await SandboxServer.StartAsync(new SandboxOptions(), TestContext.Current.CancellationToken);
        var account = sandbox.PutAccount("a", employees: [new Employee { FirstName = "Ann", LastName = "Lee", Email = "ann@example.com" }]);
        using var client = new CallGearClient(account);

        var answer = await client.CallAsync("update.employees", """{"id":900001,"last_name":"(bitrix24) Lee","phone_numbers":[]}""");

        Assert.Equal("{}", answer.GetProperty("result").GetRawText());
        var updated = account.FindEmployee(900_001)!;
        Assert.Equal(
            ("Ann", "(bitrix24) Lee", "ann@example.com", false),
            (updated.FirstName, updated.LastName, updated.Email, updated.CreatedByApi));
    }

    [Theory]
    [InlineData(
        """{"phone_id":1,"phone_number":"74951234567","channels_count":2,"dial_time":30,"status":"inactive"},{"phone_number":"8"}""", 0)]
    [InlineData("""{"phone_id":1,"phone_number":"74951234567"}""", 0)]
    [InlineData("""{"phone_id":1,"phone_number":"8"}""", 1)]
    [InlineData("""{"phone_id":1,"phone_number":"74951234567","status":"active"}""", 1)]
    [InlineData("""{"phone_number":"74951234567"}""", 1)]
    [InlineData("", 1)]
    public async Task UpdateEmployees_Numbers_ReplaceTheListAndWhatIsLostIsRemembered(string numbers, int lost)
    {
        await using var sandbox = await SandboxServer.StartAsync(new SandboxOptions(), TestContext.Current.CancellationToken);
        var account = RefusalTests.AccountWithOneEmployee(sandbox);
        using var client = new CallGearClient(account);

        await client.CallAsync("update.employees", $$"""{"id":900001,"last_name":"Lee","phone_numbers":[{{numbers}}]}""");

        Assert.Equal(lost, account.LostNumbers().Count);
        Assert.Single(account.Changes);
    }

    [Fact]
    public async Task Group_Updated_ReplacesItsMembersAndLosesDeletedEmployees()
    {
        await using var sandbox = await SandboxServer.StartAsync(new SandboxOptions(), TestContext.Current.CancellationToken);
        var account = RefusalTests.AccountWithOneEmployee(sandbox);
        account.PutEmployee(new Employee { LastName = "Brown", FirstName = "Bob" });
        using var client = new CallGearClient(account);

        await client.CallAsync("update.group_employees", """{"id":7,"name":"Sales","channels_count":3,"members":[900002,900001]}""");
        account.DeleteEmployee(900_001);
        var answer = await client.CallAsync("get.group_employees");

        Assert.Equal(
            """{"id":7,"name":"Sales","members":[{"employee_id":900002,"employee_full_name":"Brown Bob"}],"group_phone_number":null"""
            + ""","queue_enabled":false,"channels_count":3}""",
            Assert.Single(answer.GetProperty("result").GetProperty("data").EnumerateArray()).GetRawText());
        Assert.Equal(900_001, Assert.Single(account.DeletedEmployees()).Id);
    }

    [Theory]
    [InlineData("(bitrix24) Lee", 0)]
    [InlineData("(bitrix24) (Bitrix24) Lee", 1)]
    public async Task MarkedTwice_ByLastName_FindsDoublePrefixes(string lastName, int expected)
    {
        await using var sandbox = await SandboxServer.StartAsync(new SandboxOptions(), TestContext.Current.CancellationToken);

        Assert.Equal(expected, sandbox.PutAccount("a", employees: [new Employee { LastName = lastName }]).MarkedTwice().Count);
    }

    private static long[] IdsIn(System.Text.Json.JsonElement answer) =>
        [.. answer.GetProperty("result").GetProperty("data").EnumerateArray().Select(e => e.GetProperty("id").GetInt64())];
}
