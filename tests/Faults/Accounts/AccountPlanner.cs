using System.Globalization;
using OrleansSync.Sandbox.Bitrix24;
using OrleansSync.Sandbox.CallGear;

namespace OrleansSync.Faults.Accounts;

/// <summary>
/// Makes up accounts: mostly users to create, some to link, and each kind that is skipped. One seed gives one account, on every machine.
/// </summary>
internal sealed class AccountPlanner
{
    private const string Mark = "(bitrix24) ";
    private const int FirstEmployeeId = 1001;

    private readonly Random _random;
    private readonly int _before;
    private readonly List<PlannedUser> _users = [];
    private readonly List<Employee> _employees = [];

    private AccountPlanner(int seed, int before) => (_random, _before) = (new Random(seed), before);

    /// <summary>Makes an account.</summary>
    /// <param name="seed">What it is derived from.</param>
    /// <param name="users">Users it has.</param>
    /// <param name="before">Ids that its users and employees leave to others, so that two accounts have none in common; with the ids go the
    /// addresses.</param>
    public static AccountPlan Create(int seed, int users, int before = 0)
    {
        var planner = new AccountPlanner(seed, before);
        for (var id = before + 1; id <= before + users; id++)
        {
            planner.Add(id);
        }

        planner.AddEmployee(new Employee { FirstName = "Own", LastName = "Stranger", Email = "stranger@example.com" });
        var hasGroup = planner._random.Next(2) == 0;
        return new AccountPlan
        {
            Users = planner._users,
            Employees = planner._employees,
            HasGroup = hasGroup,
            FirstCreatedId = new AccountSettings().FirstEmployeeId + before,
        };
    }

    private void Add(int id)
    {
        switch (_random.Next(100))
        {
            case < 70:
                Plan(Person(id), ExpectedOutcome.Created, Mark + NameOf(id), Numbers(id, out var work), work);
                break;
            case < 78:
                AddLinkedWithoutNumber(id);
                break;
            case < 84:
                AddLinkedWithNumber(id);
                break;
            case < 87:
                Skip(Person(id).With("LAST_NAME", " "), "missingLastName");
                break;
            case < 90:
                Skip(Person(id).With("EMAIL", null), "missingEmail");
                break;
            case < 93:
                AddAmbiguous(id);
                break;
            case < 96 when _users.Find(user => user.Expected == ExpectedOutcome.Created) is { } first:
                Skip(Person(id).With("EMAIL", first.Email!.ToUpperInvariant()), "emailTaken");
                break;
            case < 98:
                _users.Add(new PlannedUser(Person(id).Dismissed(), ExpectedOutcome.Ignored));
                break;
            default:
                _users.Add(new PlannedUser(Person(id).With("USER_TYPE", "extranet"), ExpectedOutcome.Ignored));
                break;
        }
    }

    // R4.2, R5.1: found by its address in another case, and given a number.
    private void AddLinkedWithoutNumber(int id)
    {
        var employee = AddEmployee(new Employee { FirstName = "Ann", LastName = $"Own {id}", Email = EmailOf(id).ToUpperInvariant() });
        Plan(Person(id), ExpectedOutcome.Linked, $"{Mark}Own {id}", Numbers(id, out var work), work, employee);
    }

    // R4.3, R5.4: some marked already; a number that is there stays as it is, an inactive one too.
    private void AddLinkedWithNumber(int id)
    {
        var name = _random.Next(2) == 0 ? $"(BITRIX24) Own {id}" : $"Own {id}";
        var number = new PhoneNumber(
            0, string.Create(CultureInfo.InvariantCulture, $"7499{id:D7}"), 2, 30, _random.Next(2) == 0 ? "inactive" : "active");
        var employee = AddEmployee(new Employee { FirstName = "Ann", LastName = name, Email = EmailOf(id), PhoneNumbers = [number] });
        Numbers(id, out var work);
        Plan(Person(id), ExpectedOutcome.Linked, name.StartsWith('(') ? name : Mark + name, [number.Number], work, employee);
    }

    private void AddAmbiguous(int id)
    {
        AddEmployee(new Employee { FirstName = "Day", LastName = $"Desk {id}", Email = EmailOf(id) });
        AddEmployee(new Employee { FirstName = "Night", LastName = $"Desk {id}", Email = EmailOf(id).ToUpperInvariant() });
        Skip(Person(id), "ambiguousEmail");
    }

    private void Plan(
        BitrixUser user, ExpectedOutcome outcome, string lastName, string[] numbers, string workPhone, long? employeeId = null) =>
        _users.Add(new PlannedUser(user.With("WORK_PHONE", workPhone), outcome)
        {
            Email = user.Text("EMAIL"),
            LastName = lastName,
            Numbers = numbers,
            EmployeeId = employeeId,
        });

    private void Skip(BitrixUser user, string reason) => _users.Add(new PlannedUser(user, ExpectedOutcome.Skipped) { Reason = reason });

    private long AddEmployee(Employee employee)
    {
        _employees.Add(employee with { Id = FirstEmployeeId + _before + _employees.Count });
        return _employees[^1].Id;
    }

    // R5.3: two of three users have a number.
    private string[] Numbers(int id, out string workPhone)
    {
        workPhone = _random.Next(3) == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $"+7 (495) {id:D3}-00-11");
        return workPhone.Length == 0 ? [] : [string.Create(CultureInfo.InvariantCulture, $"7495{id:D3}0011")];
    }

    private static BitrixUser Person(int id) => BitrixUser.Employee(id, "Ann", NameOf(id), EmailOf(id));

    private static string NameOf(int id) => string.Create(CultureInfo.InvariantCulture, $"Lee {id}");

    private static string EmailOf(int id) => string.Create(CultureInfo.InvariantCulture, $"user.{id}@example.com");
}
