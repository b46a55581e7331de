using System.Globalization;
using System.Text.Json.Nodes;
using OrleansSync.Sandbox.Bitrix24;
using OrleansSync.Sandbox.CallGear;

namespace OrleansSync.Sandbox.Seeding;

/// <summary>
/// Users, and the employees that belong to them, for each case that the import rules tell apart; ids rise in the order below.
/// </summary>
internal sealed class SpecialCases
{
    /// <summary>A number of digits that the seeded account refuses nevertheless (R5.5).</summary>
    public const string RefusedNumber = "70000000000";

    private readonly List<BitrixUser> _users = [];
    private readonly List<Employee> _employees = [];
    private readonly Dictionary<string, int> _cases = [];
    private int _nextId;

    private SpecialCases(int firstUserId) => _nextId = firstUserId;

    public static SeedData Create(int firstUserId)
    {
        var cases = new SpecialCases(firstUserId);
        cases.AddWho();
        cases.AddMissingFields();
        cases.AddSharedAddresses();
        cases.AddLastNames();
        cases.AddNumbers();
        return new SeedData
        {
            Users = cases._users,
            Employees = cases._employees,
            Cases = cases._cases,
            Account = new AccountSettings { RefusedPhoneNumbers = [RefusedNumber] },
        };
    }

    // R2.1, R2.3
    private void AddWho()
    {
        Add("active/missing", u => u.Without("ACTIVE"));
        Add("active/null", u => u.With("ACTIVE", null));
        Add("dismissed/false", u => u.Dismissed());
        Add("dismissed/N", u => u.With("ACTIVE", "N"));
        Add("dismissed/0", u => u.With("ACTIVE", "0"));
        Add("type/missing", u => u.Without("USER_TYPE"));
        Add("type/null", u => u.With("USER_TYPE", null));
        Add("type/empty", u => u.With("USER_TYPE", ""));
        Add("type/extranet", u => u.With("USER_TYPE", "extranet"));
        Add("type/email", u => u.With("USER_TYPE", "email"));
        Add("names/untrimmed", u => u.With("NAME", " Ann\t").With("LAST_NAME", "  Lee ").With("EMAIL", " untrimmed@example.com "));
        Add("names/last name only", u => u.With("NAME", null).Without("SECOND_NAME").With("TIMESTAMP_X", new JsonObject()));
        Add("names/emoji", u => u.With("NAME", "Ann 🌷").With("LAST_NAME", "Lee 👩‍💻"));
    }

    // R2.2, R2.4: each shape of blank
    private void AddMissingFields()
    {
        foreach (var field in (string[])["LAST_NAME", "EMAIL"])
        {
            Add($"{field}/missing", u => u.Without(field));
            Add($"{field}/null", u => u.With(field, null));
            Add($"{field}/empty", u => u.With(field, ""));
            Add($"{field}/white space", u => u.With(field, " \t\u00A0"));
        }

        Add("UF_DEPARTMENT/missing", u => u.Without("UF_DEPARTMENT"));
        Add("UF_DEPARTMENT/null", u => u.With("UF_DEPARTMENT", null));
        Add("UF_DEPARTMENT/false", u => u.With("UF_DEPARTMENT", false));
        Add("UF_DEPARTMENT/empty", u => u.With("UF_DEPARTMENT", ""));
        Add("UF_DEPARTMENT/[]", u => u.With("UF_DEPARTMENT", new JsonArray()));
        Add("UF_DEPARTMENT/[0]", u => u.With("UF_DEPARTMENT", new JsonArray(0)));
    }

    // R3.2, R3.4, R3.5
    private void AddSharedAddresses()
    {
        Add("email/shared in Bitrix24, first", u => u.With("EMAIL", "shared.mailbox@example.com"));
        Add("email/shared in Bitrix24, second", u => u.With("EMAIL", "Shared.Mailbox@example.com"));
        Add("email/shared in CallGear", u => u.With("EMAIL", "reception@example.com"));
        AddEmployee("Desk", "reception@example.com", "74990000001");
        AddEmployee("Night desk", "Reception@Example.com");
        Add("email/other case", u => u.With("EMAIL", "Other.CASE@Example.COM"));
        AddEmployee("Case", "other.case@example.com");
        Add("email/refused by CallGear", u => u.With("EMAIL", "no address at all"));
    }

    // R4
    private void AddLastNames()
    {
        AddMatched("name/null in CallGear", null, []);
        AddMatched("name/white space in CallGear", "   ", []);
        AddMatched("name/marked", "(bitrix24) Marked", []);
        AddMatched("name/marked in odd case", "(BITRIX24)Marked", []);
        AddMatched("name/marked, has number", "(Bitrix24) Marked", [new PhoneNumber(0, "74990000002")]);
        Add("name/marked in Bitrix24", u => u.With("LAST_NAME", "(Bitrix24) Lee"));
    }

    // R5
    private void AddNumbers()
    {
        AddMatched("phone/has numbers", "Number", [new PhoneNumber(0, "74990000003", 2, 30),
            new PhoneNumber(0, "74990000004", Status: "inactive")]);
        AddMatched("phone/has an inactive number", "Inactive", [new PhoneNumber(0, "74990000005", Status: "inactive")]);
        AddMatched("phone/has none", "Silent", []);
        Add("phone/work", u => u.With("WORK_PHONE", "+7 (495) 123-45-67").With("PERSONAL_MOBILE", "+7 (916) 111-22-33"));
        Add("phone/mobile", u => u.With("WORK_PHONE", "ask reception").With("PERSONAL_MOBILE", "+7 916 111 22 34"));
        Add("phone/landline", u => u.With("WORK_PHONE", null).Without("PERSONAL_MOBILE").With("PERSONAL_PHONE", "495-1112235"));
        Add("phone/Arabic-Indic", u => u.With("WORK_PHONE", PhoneShapes.Arabic("+971 4 1234567")));
        Add("phone/extension", u => u.With("WORK_PHONE", "+1 (212) 555-0199 ext. 12"));
        Add(
            "phone/same twice",
            u => u.With("WORK_PHONE", "+7 495 1112236").With("PERSONAL_MOBILE", "7 (495) 111-22-36").With("PERSONAL_PHONE", "84951112237"));
        Add("phone/none", u => u.With("WORK_PHONE", "").With("PERSONAL_MOBILE", "  ").With("PERSONAL_PHONE", "-"));
        Add("phone/refused, created", u => u.With("WORK_PHONE", "+7 (000) 000-00-00"));
        AddMatched("phone/refused, linked", "Refused", [], "+7 (000) 000-00-00");
        Add("phone/too long", u => u.With("WORK_PHONE", new string('7', 30)));
    }

    private void Add(string name, Func<BitrixUser, BitrixUser> change)
    {
        var user = BitrixUser.Employee(_nextId, "Ann", "Lee", Address(_nextId), secondName: "Marie");
        _users.Add(change(user));
        _cases.Add(name, _nextId);
        _nextId++;
    }

    /// <summary>A user, and an employee with its address.</summary>
    private void AddMatched(string name, string? lastName, IReadOnlyList<PhoneNumber> phones, string workPhone = "+7 (495) 765-43-21")
    {
        _employees.Add(new Employee { FirstName = "Ann", LastName = lastName, Email = Address(_nextId), PhoneNumbers = phones });
        Add(name, u => u.With("WORK_PHONE", workPhone));
    }

    private void AddEmployee(string lastName, string email, params string[] numbers) => _employees.Add(
        new Employee { LastName = lastName, Email = email, PhoneNumbers = [.. numbers.Select(n => new PhoneNumber(0, n))] });

    private static string Address(int id) => string.Create(CultureInfo.InvariantCulture, $"ann.lee.{id}@example.com");
}
