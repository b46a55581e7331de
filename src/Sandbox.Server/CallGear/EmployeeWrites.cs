using System.Text.Json;

namespace OrleansSync.Sandbox.CallGear;

/// <summary><c>create.employees</c> and <c>update.employees</c>. Run under the account's lock.</summary>
internal static class EmployeeWrites
{
    private const int MaxName = 255;

    /// <summary>Creates an employee.</summary>
    /// <exception cref="RpcException">The vendor would refuse it.</exception>
    public static Employee Create(CallGearAccount account, JsonElement value)
    {
        var parameters = new RpcParameters(
            value, "", "access_token", "user_id", "last_name", "first_name", "patronymic", "email", "phone_numbers", "groups");
        var employee = new Employee
        {
            LastName = parameters.RequiredText("last_name", MaxName),
            FirstName = parameters.Text("first_name", MaxName, null),
            Patronymic = parameters.Text("patronymic", MaxName, null),
            Email = Email(parameters, null),
            PhoneNumbers = PhoneParameters.Parse(parameters.Array("phone_numbers") ?? [], account, null),
        };
        RefuseTaken(account, employee);
        if (account.Employees.Count >= account.Settings.EmployeeLimit)
        {
            throw new RpcException("tariff_restrictions", "The plan allows no further employee");
        }

        var groups = GroupsOf(parameters, account);
        var stored = account.Store(employee);
        Join(account, stored.Id, groups);
        return stored;
    }

    /// <summary>Updates an employee: what is not sent stays, but last name and numbers must be sent.</summary>
    /// <exception cref="RpcException">The vendor would refuse it.</exception>
    public static void Update(CallGearAccount account, JsonElement value)
    {
        var parameters = new RpcParameters(
            value, "", "access_token", "user_id", "id", "last_name", "first_name", "patronymic", "email", "phone_numbers", "groups");
        var id = parameters.RequiredNumber("id", 1, long.MaxValue);
        var lastName = parameters.RequiredText("last_name", MaxName);
        parameters.Required("phone_numbers");
        var existing = account.FindEmployee(id)
            ?? throw new RpcException("entity_not_found", $"There is no employee {id}", "id", value.GetProperty("id"));
        var employee = existing with
        {
            LastName = lastName,
            FirstName = parameters.Text("first_name", MaxName, existing.FirstName),
            Patronymic = parameters.Text("patronymic", MaxName, existing.Patronymic),
            Email = Email(parameters, existing.Email),
            PhoneNumbers = PhoneParameters.Parse(parameters.Array("phone_numbers")!, account, existing),
        };
        RefuseTaken(account, employee);
        var groups = GroupsOf(parameters, account);
        account.Store(employee);
        Join(account, id, groups);
    }

    private static string? Email(RpcParameters parameters, string? absent)
    {
        var email = parameters.Text("email", MaxName, absent);
        var at = email?.IndexOf('@', StringComparison.Ordinal);
        return email is null
            || email == absent
            || (at > 0 && at == email.LastIndexOf('@') && at < email.Length - 1 && !email.Any(char.IsWhiteSpace))
            ? email
            : throw new RpcException("invalid_parameter_value", "email is not an e-mail address", "email");
    }

    private static void RefuseTaken(CallGearAccount account, Employee employee)
    {
        if (account.Settings.UniqueEmails
            && employee.Email is not null
            && account.Employees.Any(e => e.Id != employee.Id && e.Email == employee.Email))
        {
            throw new RpcException("duplicate_entity", "Another employee has this e-mail address", "email");
        }
    }

    private static EmployeeGroup[]? GroupsOf(RpcParameters parameters, CallGearAccount account) => parameters.Array("groups")?.Select(g =>
    {
        var id = parameters.NumberOf(g, "groups", 1, long.MaxValue);
        return account.FindGroup(id) ?? throw new RpcException("entity_not_found", $"There is no group {id}", "groups", g);
    }).ToArray();

    private static void Join(CallGearAccount account, long employeeId, EmployeeGroup[]? groups)
    {
        if (groups is null)
        {
            return;
        }

        foreach (var group in account.Groups)
        {
            var members = group.Members.Where(m => m != employeeId);
            account.PutGroup(group with { Members = groups.Any(g => g.Id == group.Id) ? [.. members, employeeId] : [.. members] });
        }
    }
}
