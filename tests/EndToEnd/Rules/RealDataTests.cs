using System.Text.Json.Nodes;
using OrleansSync.EndToEnd.Services;
using OrleansSync.Sandbox.Bitrix24;
using OrleansSync.Sandbox.CallGear;
using OrleansSync.Testing.Services;
using OrleansSync.Testing.Tenants;

namespace OrleansSync.EndToEnd.Rules;

/// <summary>What people really type, and what programs make of it.</summary>
public sealed class RealDataTests(Product product)
{
    [Theory]
    [InlineData("first", "84951234567", "74955140578", "79161234567", "12125550199")]
    [InlineData("all", "84951234567 89165551122", "74955140578 84957776655", "79161234567", "12125550199")]
    [Trait("Rule", "R5.2"), Trait("Rule", "R5.3a")]
    public async Task SeveralNumbersExtensionsAndSpreadsheets_GiveNumbersThatCanBeCalled(string choice, params string[] expected)
    {
        BitrixUser[] users =
        [
            People.User(1).With("WORK_PHONE", "8 495 123-45-67, 8 916 555-11-22").With("PERSONAL_MOBILE", "+8 (495) 123-45-67"),
            People.User(2).With("WORK_PHONE", "&#43;7 (495) 514-05-78 доб. 2345").With("PERSONAL_PHONE", "٨٤٩٥٧٧٧٦٦٥٥ вн. ١٢"),
            People.User(3).With("WORK_PHONE", "7,91612E+10").With("PERSONAL_MOBILE", "7,9161234567E+10"),
            People.User(4).With("WORK_PHONE", "+1&nbsp;(212) 555-0199 x12"),
        ];
        var tenant = await product.NewTenantAsync(People.Seed(users));
        tenant.Settings["phoneNumbers"] = choice;

        var run = await tenant.ConnectAsync();

        Assert.Equal(("succeeded", 4), (run.Status, run.Counts.Created));
        Assert.Equal(
            expected,
            Enumerable.Range(1, 4).Select(id =>
                string.Join(' ', tenant.EmployeeWith(People.EmailOf(id)).PhoneNumbers.Select(phone => phone.Number))));
    }

    [Fact]
    [Trait("Rule", "R2.2"), Trait("Rule", "R2.5"), Trait("Rule", "R3.2"), Trait("Rule", "R3.5")]
    public async Task AddressesThatLookTheSame_AreOne()
    {
        BitrixUser[] users =
        [
            People.User(1).With("EMAIL", "anna@пример.рф"),
            People.User(2).With("EMAIL", "\u200Eboris@exam\u200Bple.com\u00AD"),
            People.User(3).With("EMAIL", "r&amp;d@example.com"),
            People.User(4).With("EMAIL", "Carla@Пример.рф\u200B"),
            People.User(5).With("EMAIL", "carla@xn--e1afmkfd.xn--p1ai"),
            People.User(6).With("EMAIL", "\u200B\uFEFF"),
        ];
        var tenant = await product.NewTenantAsync(People.Seed(
            users,
            new Employee { LastName = "A", Email = "Anna@xn--e1afmkfd.xn--p1ai" },
            new Employee { LastName = "B", Email = "BORIS@example.com" },
            new Employee { LastName = "C", Email = "R&D\u2060@example.com" }));

        var run = await tenant.ConnectAsync();

        Assert.Equal((3, 1, 2), (run.Counts.Linked, run.Counts.Created, run.Counts.Skipped));
        Assert.Equal(4, tenant.CallGear.Employees.Count);
        Assert.Equal("Carla@Пример.рф", tenant.EmployeeOf(await tenant.RowAsync(4)).Email);
        Assert.Equal("emailTaken", run.ChangeOf(5).Reason!.Code);
        Assert.Equal("missingEmail", run.ChangeOf(6).Reason!.Code);
    }

    [Theory]
    [InlineData(ServiceKind.Embedded)]
    [InlineData(ServiceKind.Cluster)]
    [Trait("Rule", "R8.5")]
    public async Task NamesThatNoDatabaseTakes_AreTheirUsersMatter(ServiceKind kind)
    {
        var half = JsonNode.Parse("""["Иван\ud83d","Lee\udc4d"]""")!.AsArray();
        BitrixUser[] users =
        [
            People.User(1).With("NAME", half[0]).With("LAST_NAME", half[1]),
            People.User(2).With("LAST_NAME", "Le\0e").With("WORK_PHONE", "\ud83d"),
            People.User(3),
            People.User(4).With("EMAIL", "user.4@exam\ud83dple.com"),
        ];
        var tenant = await product.NewTenantAsync(
            People.Seed(users, People.EmployeeFor(3, "Half \ud83d"), new Employee { LastName = "\udc4d", Email = "other@example.com" }),
            kind);

        var run = await tenant.ConnectAsync();

        Assert.Equal("Lee\uFFFD", (await tenant.RowAsync(1)).Name?.Split(' ')[1]);
        Assert.Equal("(bitrix24) Lee\uFFFD", tenant.EmployeeWith(People.EmailOf(1)).LastName);
        Assert.Equal("(bitrix24) Le\uFFFDe", tenant.EmployeeWith(People.EmailOf(2)).LastName);
        Assert.Equal("(bitrix24) Half \uFFFD", tenant.EmployeeWith(People.EmailOf(3)).LastName);
        Assert.Equal("user.4@exam\uFFFDple.com", tenant.EmployeeOf(await tenant.RowAsync(4)).Email);
        Assert.Equal(("succeeded", 3, 1), (run.Status, run.Counts.Created, run.Counts.Linked));
        Assert.Equal((4, 0), ((await tenant.SynchronizeAsync()).Counts.Matched, tenant.CallGear.CreatedDuplicates().Count));
    }

    [Fact]
    [Trait("Rule", "R2.4")]
    public async Task NameThatTurnsItsSentenceRound_IsIsolatedInMessagesAndKeptAsData()
    {
        var tenant = await product.NewTenantAsync(People.Seed([People.User(1).With("NAME", "\u202EnnA").With("EMAIL", "")]));

        var run = await tenant.ConnectAsync();

        Assert.Equal("\u202EnnA Lee 1", (await tenant.RowAsync(1)).Name);
        Assert.StartsWith(
            "\u2068\u202EnnA Lee 1\u2069 (user 1) has no e-mail address", run.ChangeOf(1).Reason!.Message, StringComparison.Ordinal);
    }
}
