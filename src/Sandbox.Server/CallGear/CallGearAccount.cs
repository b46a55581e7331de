
namespace OrleansSync.Sandbox.CallGear;

/// <summary>One imitated account. Safe for use from several threads; accounts do not share locks.</summary>
public sealed class CallGearAccount
{
    private readonly Uri _sandbox;
    private readonly string _derivedToken;
    private readonly TimeProvider _time;
    private readonly SortedList<long, Employee> _employees = [];
    private readonly SortedList<long, EmployeeGroup> _groups = [];
    private readonly List<EmployeeChange> _changes = [];
    private volatile AccountSettings _settings;
    private long _nextEmployeeId;
    private long _nextPhoneId = 1;
    private Employee[]? _snapshot;

    internal CallGearAccount(string id, AccountSettings settings, Uri sandbox, TimeProvider time)
    {
        Id = id;
        _settings = settings;
        _sandbox = sandbox;
        _derivedToken = DerivedSecret.Of(id + "/callgear", 32);
        _time = time;
        _nextEmployeeId = settings.FirstEmployeeId;
        Limits = new PointLimits(time);
    }

    /// <summary>The account's name in the sandbox.</summary>
    public string Id { get; }

    /// <summary>Address of the Data API.</summary>
    public Uri BaseUrl => new(_sandbox, "callgear/v2.0");

    /// <summary>The account's key.</summary>
    public string AccessToken => Settings.AccessToken ?? _derivedToken;

    /// <summary>How the account behaves; may be replaced at any time.</summary>
    public AccountSettings Settings
    {
        get => _settings;
        set => _settings = value ?? throw new ArgumentNullException(nameof(value));
    }

    /// <summary>The employees by ascending id.</summary>
    public IReadOnlyList<Employee> Employees
    {
        get
        {
            lock (Lock)
            {
                return _snapshot ??= [.. _employees.Values];
            }
        }
    }

    /// <summary>The groups by ascending id.</summary>
    public IReadOnlyList<EmployeeGroup> Groups
    {
        get
        {
            lock (Lock)
            {
                return [.. _groups.Values];
            }
        }
    }

    /// <summary>Every change made by the API or, for deletions, by the control API, in order.</summary>
    public IReadOnlyList<EmployeeChange> Changes
    {
        get
        {
            lock (Lock)
            {
                return [.. _changes];
            }
        }
    }

    /// <summary>Guards the state; the API's methods run under it one at a time.</summary>
    internal Lock Lock { get; } = new();

    internal PointLimits Limits { get; }

    /// <summary>The employee, or null.</summary>
    public Employee? FindEmployee(long id)
    {
        lock (Lock)
        {
            return _employees.GetValueOrDefault(id);
        }
    }

    /// <summary>Adds an employee or replaces the one with its id, as if a person had done so; ids that are 0 are assigned.</summary>
    /// <returns>The employee with its ids.</returns>
    public Employee PutEmployee(Employee employee)
    {
        ArgumentNullException.ThrowIfNull(employee);
        lock (Lock)
        {
            var stored = employee with
            {
                Id = employee.Id == 0 ? _nextEmployeeId : employee.Id,
                PhoneNumbers = WithPhoneIds(employee.PhoneNumbers),
            };
            _nextEmployeeId = Math.Max(_nextEmployeeId, stored.Id + 1);
            _employees[stored.Id] = stored;
            _snapshot = null;
            return stored;
        }
    }

    /// <summary>Deletes an employee, as a person could; the API cannot.</summary>
    /// <returns>Whether it was there.</returns>
    public bool DeleteEmployee(long id)
    {
        lock (Lock)
        {
            if (!_employees.Remove(id, out var employee))
            {
                return false;
            }

            foreach (var group in _groups.Values.Where(g => g.Members.Contains(id)).ToArray())
            {
                _groups[group.Id] = group with { Members = [.. group.Members.Where(m => m != id)] };
            }

            _changes.Add(new EmployeeChange(_time.GetUtcNow(), id, employee, null));
            _snapshot = null;
            return true;
        }
    }

    /// <summary>The group, or null.</summary>
    public EmployeeGroup? FindGroup(long id)
    {
        lock (Lock)
        {
            return _groups.GetValueOrDefault(id);
        }
    }

    /// <summary>Adds a group or replaces the one with its id.</summary>
    public void PutGroup(EmployeeGroup group)
    {
        ArgumentNullException.ThrowIfNull(group);
        lock (Lock)
        {
            _groups[group.Id] = group;
        }
    }

    /// <summary>Deletes a group.</summary>
    /// <returns>Whether it was there.</returns>
    public bool DeleteGroup(long id)
    {
        lock (Lock)
        {
            return _groups.Remove(id);
        }
    }

    /// <summary>Stores what the API created or updated, and remembers the change.</summary>
    internal Employee Store(Employee employee)
    {
        lock (Lock)
        {
            var before = employee.Id == 0 ? null : _employees.GetValueOrDefault(employee.Id);
            var after = PutEmployee(employee with { CreatedByApi = before?.CreatedByApi ?? true });
            _changes.Add(new EmployeeChange(_time.GetUtcNow(), after.Id, before, after));
            return after;
        }
    }

    private PhoneNumber[] WithPhoneIds(IReadOnlyList<PhoneNumber> phones)
    {
        var numbered = phones.Select(p => p.PhoneId == 0 ? p with { PhoneId = _nextPhoneId++ } : p).ToArray();
        _nextPhoneId = Math.Max(_nextPhoneId, numbered.Select(p => p.PhoneId + 1).DefaultIfEmpty(1).Max());
        return numbered;
    }
}
