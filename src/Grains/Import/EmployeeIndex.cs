using System.Collections.Immutable;
using OrleansSync.Grains.Interfaces.Connections;

namespace OrleansSync.Grains.Import;

/// <summary>The account's employees, by id and by e-mail address.</summary>
internal sealed class EmployeeIndex
{
    private readonly Dictionary<long, AccountEmployee> _byId;

    // Most runs match everybody by id, and never ask.
    private readonly Lazy<Dictionary<string, ImmutableArray<AccountEmployee>>> _byEmail;

    /// <summary>Indexes employees; of several with the same id the last counts.</summary>
    public EmployeeIndex(IReadOnlyCollection<AccountEmployee> employees)
    {
        _byId = new(employees.Count);
        foreach (var employee in employees)
        {
            _byId[employee.Id] = employee;
        }

        _byEmail = new(ByEmail, isThreadSafe: false);
    }

    /// <summary>The employee with an id, or null.</summary>
    public AccountEmployee? Find(long employeeId) => _byId.GetValueOrDefault(employeeId);

    /// <summary>R3.2: the employees with an e-mail address, compared by R2.5.</summary>
    public ImmutableArray<AccountEmployee> WithEmail(string email) =>
        EmailKey.Of(email) is { } key ? _byEmail.Value.GetValueOrDefault(key, []) : [];

    private Dictionary<string, ImmutableArray<AccountEmployee>> ByEmail() => _byId.Values
        .GroupBy(employee => EmailKey.Of(employee.Email), StringComparer.Ordinal)
        .Where(same => same.Key is not null)
        .ToDictionary(same => same.Key!, same => same.OrderBy(employee => employee.Id).ToImmutableArray(), StringComparer.Ordinal);
}
