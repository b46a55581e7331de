using System.Collections.Immutable;
using OrleansSync.Grains.Interfaces.Connections;

namespace OrleansSync.Grains.Import;

/// <summary>The account's employees, by id and by e-mail address.</summary>
internal sealed class EmployeeIndex
{
    private readonly Dictionary<long, AccountEmployee> _byId = [];
    private readonly Dictionary<string, ImmutableArray<AccountEmployee>> _byEmail = new(FieldText.EmailComparer);

    /// <summary>Indexes employees; of several with the same id the last counts.</summary>
    public EmployeeIndex(IEnumerable<AccountEmployee> employees)
    {
        foreach (var employee in employees)
        {
            _byId[employee.Id] = employee;
        }

        foreach (var group in _byId.Values.Where(e => EmailKey.Of(e.Email) is not null).GroupBy(e => e.Email!, FieldText.EmailComparer))
        {
            _byEmail[group.Key] = [.. group.OrderBy(e => e.Id)];
        }
    }

    /// <summary>The employee with an id, or null.</summary>
    public AccountEmployee? Find(long employeeId) => _byId.GetValueOrDefault(employeeId);

    /// <summary>R3.2: the employees with an e-mail address, compared by R2.5.</summary>
    public ImmutableArray<AccountEmployee> WithEmail(string email) => _byEmail.GetValueOrDefault(email, []);
}
