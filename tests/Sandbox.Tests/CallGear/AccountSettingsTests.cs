using System.Text.Json;
using Microsoft.Extensions.Time.Testing;
using OrleansSync.Sandbox.CallGear;
using OrleansSync.Sandbox.Requests;

namespace OrleansSync.Sandbox.Tests.CallGear;

public sealed class AccountSettingsTests
{
    private const string Create = """{"last_name":"Brown","email":"Ann@example.com","phone_numbers":[{"phone_number":"74951234567"}]}""";

    public static TheoryData<AccountSettings, string, int> Settings => new()
    {
        { new AccountSettings { KeyProblem = "access_token_expired" }, "access_token_expired", -32001 },
        { new AccountSettings { KeyProblem = "access_token_blocked" }, "access_token_blocked", -32001 },
        { new AccountSettings { KeyProblem = "auth_error" }, "auth_error", -32001 },
        { new AccountSettings { AddressWhitelisted = false }, "ip_not_whitelisted", -32003 },
        { new AccountSettings { ReadOnly = true }, "forbidden", -32003 },
        { new AccountSettings { Active = false }, "account_inactive", -32009 },
        { new AccountSettings { DisabledMethods = ["create.employees"] }, "method_component_disabled", -32008 },
        { new AccountSettings { DisabledParameters = ["email"] }, "parameter_component_disabled", -32008 },
        { new AccountSettings { DisabledParameters = ["create.employees:email"] }, "parameter_component_disabled", -32008 },
        { new AccountSettings { DisabledParameters = ["phone_numbers.phone_number"] }, "parameter_component_disabled", -32008 },
        { new AccountSettings { ForbiddenMethods = ["create.employees"] }, "forbidden", -32003 },
        { new AccountSettings { ErrorForm = ErrorForm.NoField, UniqueEmails = true }, "duplicate_entity", -32602 },
        { new AccountSettings { ErrorForm = ErrorForm.FreeText, UniqueEmails = true }, "error", -32602 },
        { new AccountSettings { ErrorForm = ErrorForm.FreeText, AddressWhitelisted = false }, "ip_not_whitelisted", -32003 },
        { new AccountSettings { EmployeeLimit = 1 }, "tariff_restrictions", -32602 },
        { new AccountSettings { UniqueEmails = true }, "duplicate_entity", -32602 },
        { new AccountSettings { UniquePhoneNumbers = true }, "already_in_use", -32602 },
        { new AccountSettings { RefusedPhoneNumbers = ["74951234567"] }, "invalid_parameter_value", -32602 },
        { new AccountSettings { MinuteLimit = 0 }, "limit_exceeded", -32029 },
        { new AccountSettings { DayLimit = 0 }, "limit_exceeded", -32029 },
    };

    [Theory]
    [MemberData(nameof(Settings))]
    public async Task Create_ByTheAccountsSettings_IsRefusedAndChangesNothing(AccountSettings settings, string mnemonic, int code)
    {
        await using var sandbox = await SandboxServer.StartAsync(new SandboxOptions(), TestContext.Current.CancellationToken);
        var account = RefusalTests.AccountWithOneEmployee(sandbox);
        account.Settings = settings;
        using var client = new CallGearClient(account);

        var error = (await client.CallAsync("create.employees", Create)).GetProperty("error");

        Assert.Equal(
            (mnemonic, code), (error.GetProperty("data").GetProperty("mnemonic").GetString(), error.GetProperty("code").GetInt32()));
        Assert.Single(account.Employees);
        Assert.Empty(account.Changes);
    }

    [Theory]
    [InlineData("update.employees")]
    [InlineData("get.group_employees")]
    [InlineData("update.group_employees")]
    public async Task Create_OtherMethodForbiddenOrItsParameterDisabled_IsTaken(string other)
    {
        await using var sandbox = await SandboxServer.StartAsync(new SandboxOptions(), TestContext.Current.CancellationToken);
        var account = sandbox.PutAccount("a", new AccountSettings { ForbiddenMethods = [other], DisabledParameters = [$"{other}:email"] });
        using var client = new CallGearClient(account);

        Assert.Equal((null, null), await client.RefusalAsync("create.employees", Create));
        Assert.Equal("forbidden", (await client.RefusalAsync(other, "{}")).Mnemonic);
    }

    [Theory]
    [InlineData(ErrorForm.Named, "invalid_parameter_value", "phone_numbers.phone_number", null)]
    [InlineData(ErrorForm.Indexed, "invalid_parameter_value", "phone_numbers[1].phone_number", null)]
    [InlineData(ErrorForm.WithValue, "invalid_parameter_value", "phone_numbers.phone_number", "222")]
    [InlineData(ErrorForm.NoField, "invalid_parameter_value", null, null)]
    [InlineData(ErrorForm.FreeText, "error", null, null)]
    public async Task RefusedNumber_ByTheErrorForm_IsNamedOrNot(ErrorForm form, string mnemonic, string? field, string? value)
    {
        await using var sandbox = await SandboxServer.StartAsync(new SandboxOptions(), TestContext.Current.CancellationToken);
        var account = sandbox.PutAccount("a", new AccountSettings { RefusedPhoneNumbers = ["222"], ErrorForm = form });
        using var client = new CallGearClient(account);

        var answer = await client.CallAsync(
            "create.employees", """{"last_name":"Lee","phone_numbers":[{"phone_number":"111"},{"phone_number":"222"}]}""");

        var data = answer.GetProperty("error").GetProperty("data");
        Assert.Equal(
            (mnemonic, field, value),
            (data.GetProperty("mnemonic").GetString(), data.GetProperty("field").GetString(), data.GetProperty("value").GetString()));
    }

    [Theory]
    [InlineData("""{"phone_id":1,"phone_number":"7","dial_time":120}""", "phone_numbers.dial_time")]
    [InlineData("""{"phone_id":1,"phone_number":"7","channels_count":200}""", "phone_numbers.channels_count")]
    [InlineData("""{"phone_id":1,"phone_number":"7"}""", null)]
    public async Task StrictRanges_OlderValuesSentBack_AreRefused_LeftOutTheyStay(string number, string? field)
    {
        await using var sandbox = await SandboxServer.StartAsync(new SandboxOptions(), TestContext.Current.CancellationToken);
        var account = sandbox.PutAccount(
            "a",
            new AccountSettings { StrictRanges = true },
            [new Employee { LastName = "Lee", PhoneNumbers = [new PhoneNumber(1, "7", 200, 120)] }]);
        using var client = new CallGearClient(account);

        Assert.Equal(
            (field is null ? null : "invalid_parameter_value", field),
            await client.RefusalAsync("update.employees", $$"""{"id":900001,"last_name":"Lee","phone_numbers":[{{number}}]}"""));
        Assert.Empty(account.LostNumbers());
    }

    [Fact]
    public async Task GroupsLines_WithoutTheirComponent_AreRefusedAndNotRequired()
    {
        await using var sandbox = await SandboxServer.StartAsync(new SandboxOptions(), TestContext.Current.CancellationToken);
        var account = RefusalTests.AccountWithOneEmployee(sandbox);
        account.Settings = account.Settings with
        {
            DisabledParameters = ["update.group_employees:channels_count", "get.group_employees:fields.channels_count"],
        };
        using var client = new CallGearClient(account);

        Assert.Equal(
            ("parameter_component_disabled", "channels_count"),
            await client.RefusalAsync("update.group_employees", """{"id":7,"name":"Sales","channels_count":2,"members":[]}"""));
        Assert.Equal(
            ("parameter_component_disabled", "fields.channels_count"),
            await client.RefusalAsync("get.group_employees", """{"fields":["id","channels_count"]}"""));
        Assert.Equal((null, null), await client.RefusalAsync("get.group_employees", """{"fields":["id"]}"""));
        Assert.Equal(
            (null, null), await client.RefusalAsync("update.group_employees", """{"id":7,"name":"Sales","members":[900001]}"""));
        Assert.Equal(2, account.FindGroup(7)!.ChannelsCount);
    }

    [Theory]
    [InlineData("""{"access_token":"agent"}""", "required_parameter_missed")]
    [InlineData("""{"access_token":"agent","user_id":"2"}""", "data_type_error")]
    [InlineData("""{"access_token":"agent","user_id":3}""", "forbidden")]
    [InlineData("""{"access_token":"agent","user_id":2}""", null)]
    public async Task AgentKey_NamesItsCustomerByUserId(string parameters, string? mnemonic)
    {
        await using var sandbox = await SandboxServer.StartAsync(new SandboxOptions(), TestContext.Current.CancellationToken);
        sandbox.PutAccount("one", new AccountSettings { AgentToken = "agent", UserId = 1 });
        var two = sandbox.PutAccount("two", new AccountSettings { AgentToken = "agent", UserId = 2 });
        using var client = new CallGearClient(two);

        Assert.Equal(mnemonic, (await client.RefusalAsync("get.employees", parameters)).Mnemonic);
        Assert.Equal(mnemonic is null ? "two" : "", Assert.Single(sandbox.Requests.Records).Target);
    }

    [Fact]
    public async Task Points_OnlySuccessfulRequests_AreCounted()
    {
        var time = new FakeTimeProvider(new DateTimeOffset(2026, 3, 1, 12, 0, 10, TimeSpan.Zero));
        await using var sandbox = await SandboxServer.StartAsync(new SandboxOptions { Time = time }, TestContext.Current.CancellationToken);
        using var client = new CallGearClient(sandbox.PutAccount("a", new AccountSettings { MinuteLimit = 2, DayLimit = 3 }));

        var first = (await client.CallAsync("get.employees")).GetProperty("result");
        var wrong = (await client.CallAsync("get.employees", """{"limit":0}""")).GetProperty("error").GetProperty("data");
        await client.CallAsync("get.employees");
        var refused = (await client.CallAsync("get.employees")).GetProperty("error").GetProperty("data");
        time.Advance(TimeSpan.FromSeconds(50));
        var third = (await client.CallAsync("create.employees", """{"last_name":"Lee"}""")).GetProperty("result");
        time.Advance(TimeSpan.FromSeconds(60));
        var overDay = (await client.CallAsync("get.employees")).GetProperty("error").GetProperty("data");

        static string Limits(int day, int dayReset, int minute, int minuteReset) =>
            $$"""{"day_limit":3,"day_remaining":{{day}},"day_reset":{{dayReset}},"minute_limit":2,"minute_remaining":{{minute}}"""
            + $$""","minute_reset":{{minuteReset}}}""";
        Assert.Equal(Limits(2, 43_190, 1, 50), LimitsIn(first));
        Assert.Equal(Limits(2, 43_190, 1, 50), LimitsIn(wrong));
        Assert.Equal("limit_exceeded", refused.GetProperty("mnemonic").GetString());
        Assert.Equal(Limits(1, 43_190, 0, 50), LimitsIn(refused));
        Assert.Equal(Limits(0, 43_140, 1, 60), LimitsIn(third));
        Assert.Equal("limit_exceeded", overDay.GetProperty("mnemonic").GetString());
        Assert.Equal(2, sandbox.Requests.RateRefusals(Vendor.CallGear, "a"));
    }

    private static string LimitsIn(JsonElement result) => result.GetProperty("metadata").GetProperty("limits").GetRawText();

    [Theory]
    [InlineData(100, true)]
    [InlineData(300, false)]
    public async Task SecondsPerThousand_ListThatTakesTooLong_TheFrontEndGivesUp(int limit, bool isAnswered)
    {
        await using var sandbox = await SandboxServer.StartAsync(new SandboxOptions(), TestContext.Current.CancellationToken);
        var account = sandbox.PutAccount(
            "a",
            new AccountSettings { SecondsPerThousand = 1, FrontEndSeconds = 0.2 },
            Enumerable.Range(1, 300).Select(id => new Employee { Id = id, LastName = "Lee" }));
        using var client = new CallGearClient(account);

        var call = client.CallAsync("get.employees", $$"""{"limit":{{limit}}}""");

        if (isAnswered)
        {
            Assert.Equal(limit, (await call).GetProperty("result").GetProperty("data").GetArrayLength());
        }
        else
        {
            await Assert.ThrowsAnyAsync<JsonException>(() => call);
            Assert.Equal(504, Assert.Single(sandbox.Requests.Records).Status);
        }
    }
}
