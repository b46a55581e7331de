using OrleansSync.EndToEnd.Services;
using OrleansSync.Sandbox.Seeding;
using OrleansSync.Testing.Client;
using OrleansSync.Testing.Services;
using OrleansSync.Testing.Tenants;

namespace OrleansSync.EndToEnd.Rules;

/// <summary>Each case that the rules name, imported once by each kind of service.</summary>
public sealed class SpecialCasesTests(Product product)
{
    private const string Filled = "74957654321";

    private static readonly Dictionary<string, Expectation> _expected = new()
    {
        ["active/missing"] = Created(),
        ["active/null"] = Created(),
        ["dismissed/false"] = Expectation.Unknown,
        ["dismissed/N"] = Expectation.Unknown,
        ["dismissed/0"] = Expectation.Unknown,
        ["type/missing"] = Created(),
        ["type/null"] = Created(),
        ["type/empty"] = Created(),
        ["type/extranet"] = Expectation.Unknown,
        ["type/email"] = Expectation.Unknown,
        ["names/untrimmed"] = Created(),
        ["names/last name only"] = Created(),
        ["names/emoji"] = Created("(bitrix24) Lee 👩‍💻"),
        ["LAST_NAME/missing"] = Skipped("missingLastName"),
        ["LAST_NAME/null"] = Skipped("missingLastName"),
        ["LAST_NAME/empty"] = Skipped("missingLastName"),
        ["LAST_NAME/white space"] = Skipped("missingLastName"),
        ["EMAIL/missing"] = Skipped("missingEmail"),
        ["EMAIL/null"] = Skipped("missingEmail"),
        ["EMAIL/empty"] = Skipped("missingEmail"),
        ["EMAIL/white space"] = Skipped("missingEmail"),
        ["UF_DEPARTMENT/missing"] = Created(),
        ["UF_DEPARTMENT/null"] = Created(),
        ["UF_DEPARTMENT/false"] = Created(),
        ["UF_DEPARTMENT/empty"] = Created(),
        ["UF_DEPARTMENT/[]"] = Created(),
        ["UF_DEPARTMENT/[0]"] = Created(),
        ["email/shared in Bitrix24, first"] = Created(),
        ["email/shared in Bitrix24, second"] = Skipped("emailTaken"),
        ["email/shared in CallGear"] = Skipped("ambiguousEmail"),
        ["email/other case"] = Linked("(bitrix24) Case"),
        ["email/refused by CallGear"] = new("failed", "rejected"),
        ["name/null in CallGear"] = Linked("(bitrix24) Lee", Filled),
        ["name/white space in CallGear"] = Linked("(bitrix24) Lee", Filled),
        ["name/marked"] = Linked("(bitrix24) Marked", Filled),
        ["name/marked in odd case"] = Linked("(BITRIX24)Marked", Filled),
        ["name/marked, has number"] = Linked("(Bitrix24) Marked", "74990000002"),
        ["name/marked in Bitrix24"] = Created("(Bitrix24) Lee"),
        ["phone/has numbers"] = Linked("(bitrix24) Number", "74990000003", "74990000004"),
        ["phone/has an inactive number"] = Linked("(bitrix24) Inactive", "74990000005"),
        ["phone/has none"] = Linked("(bitrix24) Silent", Filled),
        ["phone/work"] = Created(numbers: "74951234567"),
        ["phone/mobile"] = Created(numbers: "79161112234"),
        ["phone/landline"] = Created(numbers: "4951112235"),
        ["phone/Arabic-Indic"] = Created(numbers: "97141234567"),
        ["phone/extension"] = Created(numbers: "12125550199"),
        ["phone/same twice"] = Created(numbers: "74951112236"),
        ["phone/none"] = Created(),
        ["phone/refused, created"] = Created() with { Reason = "phoneRejected" },
        ["phone/refused, linked"] = Linked("(bitrix24) Refused") with { Reason = "phoneRejected" },
        ["phone/too long"] = Created() with { Reason = "phoneRejected" },
    };

    [Theory]
    [InlineData(ServiceKind.Embedded)]
    [InlineData(ServiceKind.Cluster)]
    [Trait("Rule", "R2.1"), Trait("Rule", "R2.2"), Trait("Rule", "R2.3"), Trait("Rule", "R3.2"), Trait("Rule", "R3.3"), Trait(
        "Rule", "R3.4")]
    [Trait("Rule", "R3.5"), Trait("Rule", "R4.1"), Trait("Rule", "R4.2"), Trait("Rule", "R4.4"), Trait("Rule", "R5.1")]
    [Trait("Rule", "R5.2"), Trait("Rule", "R5.3"), Trait("Rule", "R5.5")]
    public async Task Import_EverySpecialCase_EndsByTheRules(ServiceKind kind)
    {
        var seed = SeedGenerator.Create(new SeedOptions { Users = 0, SpecialCases = true });
        var tenant = await product.NewTenantAsync(seed, kind);

        var run = await tenant.ConnectAsync();

        var rows = await tenant.RowsAsync();
        Assert.Equal(_expected.Keys.Order(), seed.Cases.Keys.Order());
        Assert.All(seed.Cases, special => AssertCase(tenant, rows, special.Key, special.Value));
        Assert.Equal("completedWithErrors", run.Status);
        Assert.Equal(_expected.Values.Count(e => e.Outcome == "created"), run.Counts.Created);
        Assert.Equal(_expected.Values.Count(e => e.Outcome == "linked"), run.Counts.Linked);
        Assert.Equal(_expected.Values.Count(e => e.Outcome == "skipped"), run.Counts.Skipped);
        Assert.Equal(1, run.Counts.Failed);
        Assert.Equal(seed.Employees.Count + run.Counts.Created, tenant.CallGear.Employees.Count);
        Assert.Equal(
            rows.Values.Where(row => row.CallGearEmployeeId is not null).Select(row => row.BitrixUserId), await tenant.ResponsibleAsync());
        AssertDetails(tenant, rows, seed);
        tenant.AssertNothingBroken();
    }

    [Theory]
    [InlineData(ServiceKind.Embedded)]
    [InlineData(ServiceKind.Cluster)]
    [Trait("Rule", "R3.1"), Trait("Rule", "R4.3")]
    public async Task Import_SecondTime_ChangesNothing(ServiceKind kind)
    {
        var seed = SeedGenerator.Create(new SeedOptions { Users = 30, Employees = 20, SpecialCases = true });
        var tenant = await product.NewTenantAsync(seed, kind);
        await tenant.ConnectAsync();

        // What CallGear refuses is tried again in each run (R8.7), and this is about what is in order.
        tenant.Portal.RemoveUser(seed.Cases["email/refused by CallGear"]);
        await tenant.SynchronizeAsync();
        var (employees, writes, requests) = (tenant.CallGear.Employees, tenant.Writes().Count, tenant.Requests().Count);
        var rows = await tenant.RowsAsync();

        var second = await tenant.SynchronizeAsync();

        Assert.Equal("succeeded", second.Status);
        Assert.Equal(rows.Values.Count(row => row.Outcome == "matched"), second.Counts.Matched);
        Assert.Equal(writes, tenant.Writes().Count);
        Assert.Equal(employees, tenant.CallGear.Employees);
        Assert.Equal(new RunCalls(1, 1), second.Calls);
        Assert.Equal(requests + 2, tenant.Requests().Count);
        Assert.All(second.Changes!, change => Assert.Equal("skipped", change.Outcome));
    }

    private static void AssertCase(Tenant tenant, IReadOnlyDictionary<long, Row> rows, string name, int user)
    {
        var expected = _expected[name];
        var row = rows.GetValueOrDefault(user);
        var employee = row?.CallGearEmployeeId is { } id ? tenant.CallGear.FindEmployee(id) : null;
        var seen = row is null ? Expectation.Unknown : new Expectation(
            row.Outcome, row.Reason?.Code, employee?.LastName, string.Join(
                ' ', employee?.PhoneNumbers.Select(phone => phone.Number) ?? []));
        Assert.Equal((name, expected), (name, seen));
        if (row is not null)
        {
            Assert.Equal(expected.Outcome switch { "created" => "created", "linked" => "email", _ => null }, row.LinkedBy);
            Assert.Equal(employee is not null, row.Responsible);
        }
    }

    private static void AssertDetails(Tenant tenant, IReadOnlyDictionary<long, Row> rows, SeedData seed)
    {
        var untrimmed = tenant.EmployeeOf(rows[seed.Cases["names/untrimmed"]]);
        Assert.Equal(
            ("Ann", "(bitrix24) Lee", "Marie", "untrimmed@example.com"),
            (untrimmed.FirstName, untrimmed.LastName, untrimmed.Patronymic, untrimmed.Email));
        var lastNameOnly = tenant.EmployeeOf(rows[seed.Cases["names/last name only"]]);
        Assert.Equal((null, null), (lastNameOnly.FirstName, lastNameOnly.Patronymic));
        var kept = tenant.EmployeeOf(rows[seed.Cases["phone/has numbers"]]).PhoneNumbers;
        Assert.Equal([(2, 30, "active"), (1, 60, "inactive")], kept.Select(phone => (phone.ChannelsCount, phone.DialTime, phone.Status)));

        // R4.5: nothing to change, nothing sent.
        var complete = rows[seed.Cases["name/marked, has number"]].CallGearEmployeeId;
        Assert.DoesNotContain(tenant.CallGear.Changes, change => change.EmployeeId == complete);
    }

    private static Expectation Created(string lastName = "(bitrix24) Lee", string numbers = "") => new("created", null, lastName, numbers);

    private static Expectation Linked(string lastName, params string[] numbers) => new("linked", null, lastName, string.Join(' ', numbers));

    private static Expectation Skipped(string reason) => new("skipped", reason);

    private sealed record Expectation(string? Outcome, string? Reason, string? LastName = null, string Numbers = "")
    {
        /// <summary>No row at all.</summary>
        public static readonly Expectation Unknown = new(null, null);
    }
}
