using OrleansSync.Sandbox.CallGear;

namespace OrleansSync.Sandbox.Tests.CallGear;

/// <summary>What the Data API refuses, case by case.</summary>
public sealed class RefusalTests
{
    public static TheoryData<string, string, string?, string?> Calls => new()
    {
        { "get.employees", "{}", null, null },
        { "get.employees", """{"limit":10000,"offset":100000}""", null, null },
        { "get.employees", """{"limit":10001}""", "invalid_parameter_value", "limit" },
        { "get.employees", """{"limit":0}""", "invalid_parameter_value", "limit" },
        { "get.employees", """{"limit":"10"}""", "data_type_error", "limit" },
        { "get.employees", """{"limit":1.5}""", "data_type_error", "limit" },
        { "get.employees", """{"offset":100001}""", "invalid_parameter_value", "offset" },
        { "get.employees", """{"offset":-1}""", "invalid_parameter_value", "offset" },
        { "get.employees", """{"page":1}""", "unexpected_parameters", "page" },
        { "get.employees", """{"fields":["id","salary"]}""", "invalid_parameter_value", "fields" },
        { "get.employees", """{"fields":"id"}""", "data_type_error", "fields" },
        { "get.employees", """{"fields":[1]}""", "data_type_error", "fields" },
        { "get.employees", """{"sort":[{"field":"id","order":"asc"}]}""", "invalid_parameter_value", "sort.field" },
        { "get.employees", """{"sort":[{"field":"last_name","order":"up"}]}""", "invalid_parameter_value", "sort.order" },
        {
            "get.employees",
            """{"filter":{"field":"phone_numbers","operator":"=","value":"1"}}""",
            "invalid_parameter_value",
            "filter.field"
        },
        { "get.employees", """{"filter":{"field":"email","operator":"~","value":"1"}}""", "invalid_parameter_value", "filter.operator" },
        { "get.employees", """{"filter":{"field":"email","operator":"=","value":1}}""", "data_type_error", "filter.value" },
        { "get.employees", """{"filter":{"field":"id","operator":"=","value":"1"}}""", "data_type_error", "filter.value" },
        { "get.employees", """{"filter":{"field":"id","operator":"in","value":1}}""", "data_type_error", "filter.value" },
        { "get.employees", """{"filter":{"field":"email","operator":"="}}""", "required_parameter_missed", "filter.value" },
        { "get.employees", """{"filter":{"field":"email","operator":"regexp","value":"("}}""", "invalid_parameter_value", "filter.value" },
        { "get.employees", """{"filter":{"field":"email","filters":[]}}""", "invalid_parameters_combination", "filter" },
        { "get.employees", """{"filter":{"filters":[],"condition":"xor"}}""", "invalid_parameter_value", "filter.condition" },
        { "get.employees", """{"user_id":1}""", "unexpected_parameters", "user_id" },
        { "create.employees", """{"last_name":"Lee"}""", null, null },
        { "create.employees", """{"first_name":"Ann"}""", "required_parameter_missed", "last_name" },
        { "create.employees", """{"last_name":null}""", "required_parameter_missed", "last_name" },
        { "create.employees", """{"last_name":"  "}""", "required_parameter_missed", "last_name" },
        { "create.employees", """{"last_name":1}""", "data_type_error", "last_name" },
        { "create.employees", """{"last_name":"Lee","middle_name":"B"}""", "unexpected_parameters", "middle_name" },
        { "create.employees", """{"last_name":"Lee","email":"nobody"}""", "invalid_parameter_value", "email" },
        { "create.employees", """{"last_name":"Lee","phone_numbers":"74951234567"}""", "data_type_error", "phone_numbers" },
        { "create.employees", """{"last_name":"Lee","phone_numbers":["74951234567"]}""", "data_type_error", "phone_numbers" },
        {
            "create.employees",
            """{"last_name":"Lee","phone_numbers":[{"phone_number":"+74951234567"}]}""",
            "invalid_parameter_value",
            "phone_numbers.phone_number"
        },
        {
            "create.employees",
            """{"last_name":"Lee","phone_numbers":[{"phone_number":"٧٤٩٥"}]}""",
            "invalid_parameter_value",
            "phone_numbers.phone_number"
        },
        {
            "create.employees",
            """{"last_name":"Lee","phone_numbers":[{"phone_number":74951234567}]}""",
            "data_type_error",
            "phone_numbers.phone_number"
        },
        {
            "create.employees",
            """{"last_name":"Lee","phone_numbers":[{"phone_number":""}]}""",
            "required_parameter_missed",
            "phone_numbers.phone_number"
        },
        {
            "create.employees",
            """{"last_name":"Lee","phone_numbers":[{"phone_number":"123456789012345678901"}]}""",
            "invalid_parameter_value",
            "phone_numbers.phone_number"
        },
        {
            "create.employees",
            """{"last_name":"Lee","phone_numbers":[{"phone_id":1,"phone_number":"7"}]}""",
            "unexpected_parameters",
            "phone_numbers.phone_id"
        },
        {
            "create.employees",
            """{"last_name":"Lee","phone_numbers":[{"phone_number":"7"},{"phone_number":"7"}]}""",
            "invalid_parameter_value",
            "phone_numbers"
        },
        { "create.employees", """{"last_name":"Lee","groups":[99]}""", "entity_not_found", "groups" },
        {
            "update.employees",
            """{"id":900001,"last_name":"Lee","phone_numbers":[{"phone_id":1,"phone_number":"74951234567"}]}""",
            null,
            null
        },
        { "update.employees", """{"last_name":"Lee","phone_numbers":[]}""", "required_parameter_missed", "id" },
        { "update.employees", """{"id":900001,"phone_numbers":[]}""", "required_parameter_missed", "last_name" },
        { "update.employees", """{"id":900001,"last_name":"Lee"}""", "required_parameter_missed", "phone_numbers" },
        { "update.employees", """{"id":5,"last_name":"Lee","phone_numbers":[]}""", "entity_not_found", "id" },
        { "update.employees", """{"id":"900001","last_name":"Lee","phone_numbers":[]}""", "data_type_error", "id" },
        {
            "update.employees",
            """{"id":900001,"last_name":"Lee","phone_numbers":[{"phone_id":99,"phone_number":"7"}]}""",
            "entity_not_found",
            "phone_numbers.phone_id"
        },
        {
            "update.employees",
            """{"id":900001,"last_name":"Lee","phone_numbers":[{"phone_id":1,"phone_number":"7","status":"on"}]}""",
            "invalid_parameter_value",
            "phone_numbers.status"
        },
        { "get.group_employees", "{}", null, null },
        { "get.group_employees", """{"sort":[{"field":"members"}]}""", "invalid_parameter_value", "sort.field" },
        { "update.group_employees", """{"id":7,"name":"Sales","channels_count":2,"members":[900001]}""", null, null },
        { "update.group_employees", """{"id":7,"channels_count":2,"members":[]}""", "required_parameter_missed", "name" },
        { "update.group_employees", """{"id":7,"name":"Sales","members":[]}""", "required_parameter_missed", "channels_count" },
        { "update.group_employees", """{"name":"Sales","channels_count":2}""", "required_parameter_missed", "id" },
        { "update.group_employees", """{"id":8,"name":"Sales","channels_count":2}""", "entity_not_found", "id" },
        { "update.group_employees", """{"id":7,"name":"Sales","channels_count":2,"members":[5]}""", "entity_not_found", "members" },
        { "update.group_employees", """{"id":7,"name":"Sales","channels_count":2,"members":["900001"]}""", "data_type_error", "members" },
        {
            "update.group_employees",
            """{"id":7,"name":"Sales","channels_count":2,"members":[900001,900001]}""",
            "invalid_parameter_value",
            "members"
        },
        {
            "update.group_employees",
            """{"id":7,"name":"Sales","channels_count":2,"queue_enabled":true}""",
            "unexpected_parameters",
            "queue_enabled"
        },
        { "delete.employees", """{"id":900001}""", "method_not_found", null },
    };

    public static TheoryData<string, string> Envelopes => new()
    {
        { """[{"jsonrpc":"2.0","id":1,"method":"get.employees","params":{}}]""", "batch_operations_not_supported" },
        { """{"jsonrpc":"2.0","method":"get.employees","params":{}}""", "notifications_not_supported" },
        { """{"jsonrpc":"2.0","id":null,"method":"get.employees","params":{}}""", "invalid_request" },
        { """{"jsonrpc":"2.0","id":{},"method":"get.employees","params":{}}""", "invalid_request" },
        { """{"jsonrpc":"1.0","id":1,"method":"get.employees","params":{}}""", "invalid_request" },
        { """{"id":1,"method":"get.employees","params":{}}""", "invalid_request" },
        { """{"jsonrpc":"2.0","id":1,"params":{}}""", "invalid_request" },
        { """{"jsonrpc":"2.0","id":1,"method":"get.employees","params":[]}""", "invalid_request" },
        { """{"jsonrpc":"2.0","id":1,"method":"get.employees","params":{}}""", "required_parameter_missed" },
        { """{"jsonrpc":"2.0","id":1,"method":"get.employees","params":{"access_token":"wrong"}}""", "access_token_invalid" },
        { """{"jsonrpc":""", "parse_error" },
        { "7", "invalid_request" },
    };

    [Theory]
    [MemberData(nameof(Calls))]
    public async Task Call_ByItsParameters_IsRefusedAsTheVendorRefuses(string method, string parameters, string? mnemonic, string? field)
    {
        await using var sandbox = await SandboxServer.StartAsync(new SandboxOptions(), TestContext.Current.CancellationToken);
        using var client = new CallGearClient(AccountWithOneEmployee(sandbox));

        Assert.Equal((mnemonic, field), await client.RefusalAsync(method, parameters));
    }

    [Theory]
    [MemberData(nameof(Envelopes))]
    public async Task Envelope_ByItsForm_IsRefusedAsTheVendorRefuses(string body, string mnemonic)
    {
        await using var sandbox = await SandboxServer.StartAsync(new SandboxOptions(), TestContext.Current.CancellationToken);
        using var client = new CallGearClient(AccountWithOneEmployee(sandbox));

        Assert.Equal(mnemonic, CallGearClient.RefusalIn((await client.PostAsync(body)).Body).Mnemonic);
    }

    [Theory]
    [InlineData("text/plain; charset=UTF-8")]
    [InlineData("application/json")]
    [InlineData("application/json; charset=windows-1251")]
    [InlineData("application/x-www-form-urlencoded")]
    public async Task ContentType_OtherThanJsonInUtf8_IsRefused(string contentType)
    {
        await using var sandbox = await SandboxServer.StartAsync(new SandboxOptions(), TestContext.Current.CancellationToken);
        using var client = new CallGearClient(AccountWithOneEmployee(sandbox));

        var (status, body) = await client.PostAsync("{}", contentType);

        Assert.Equal((415, "invalid_request"), ((int)status, CallGearClient.RefusalIn(body).Mnemonic));
    }

    [Fact]
    public async Task CreateEmployees_WithElevenNumbers_IsRefused()
    {
        await using var sandbox = await SandboxServer.StartAsync(new SandboxOptions(), TestContext.Current.CancellationToken);
        using var client = new CallGearClient(AccountWithOneEmployee(sandbox));
        string Numbers(int count)
        {
            var numbers = Enumerable.Range(100, count).Select(n => $$"""{"phone_number":"{{n}}"}""");
            return $$"""{"last_name":"Lee","phone_numbers":[{{string.Join(',', numbers)}}]}""";
        }

        Assert.Equal((null, null), await client.RefusalAsync("create.employees", Numbers(10)));
        Assert.Equal(("data_limit_exceeded", "phone_numbers"), await client.RefusalAsync("create.employees", Numbers(11)));
    }

    [Theory]
    [InlineData(255, null)]
    [InlineData(256, "invalid_parameter_value")]
    public async Task CreateEmployees_ByLengthOfTheName_IsRefusedAbove255(int length, string? mnemonic)
    {
        await using var sandbox = await SandboxServer.StartAsync(new SandboxOptions(), TestContext.Current.CancellationToken);
        using var client = new CallGearClient(AccountWithOneEmployee(sandbox));

        Assert.Equal(
            mnemonic, (await client.RefusalAsync("create.employees", $$"""{"last_name":"{{new string('x', length)}}"}""")).Mnemonic);
    }

    internal static CallGearAccount AccountWithOneEmployee(SandboxServer sandbox) => sandbox.PutAccount(
        "a",
        employees: [new Employee
        {
            LastName = "Lee",
            Email = "Ann@example.com",
            PhoneNumbers = [new PhoneNumber(0, "74951234567", 2, 30, "inactive")],
        }],
        groups: [new EmployeeGroup { Id = 7, Name = "Sales", ChannelsCount = 2 }]);
}
