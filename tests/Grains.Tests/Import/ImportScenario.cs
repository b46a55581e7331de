using System.Collections.Immutable;
using OrleansSync.Grains.Import;
using OrleansSync.Grains.Interfaces;
using OrleansSync.Grains.Interfaces.Accounts;
using OrleansSync.Grains.Interfaces.Connections;
using OrleansSync.Grains.Interfaces.Employees;
using OrleansSync.Grains.Interfaces.Rows;

namespace OrleansSync.Grains.Tests.Import;

/// <summary>
/// Builds what a run decides on. User n has the address <c>user{n}@acme.test</c> and the last name <c>Last{n}</c> unless a test says
/// otherwise.
/// </summary>
internal sealed class ImportScenario
{
    private static readonly DateTimeOffset _earlier = new(2026, 1, 5, 8, 0, 0, TimeSpan.Zero);

    private readonly List<PortalUser> _users = [];
    private readonly List<AccountEmployee> _employees = [];
    private readonly Dictionary<long, UserRow> _roster = [];
    private AccountSettings _settings = AccountSettings.Default;
    private Bitrix24Edition _edition = Bitrix24Edition.Cloud;
    private AwaitingApproval _awaiting = AwaitingApproval.None;
    private AwaitingApproval _approved = AwaitingApproval.None;
    private long? _onlyUser;

    public static string EmailOf(long userId) => $"user{userId}@acme.test";

    public static long EmployeeOf(long userId) => 1000 + userId;

    public static AwaitingApproval Users(long[]? removals = null, long[]? recreations = null) =>
        new([.. removals ?? []], [.. recreations ?? []]);

    public static EmployeeLink LinkTo(long employeeId, string email = "then@acme.test") =>
        new(employeeId, email, LinkOrigin.Email, _earlier);

    public ImportScenario User(long id, Func<PortalUser, PortalUser>? change = null)
    {
        var user = new PortalUser { Id = id, LastName = $"Last{id}", Email = EmailOf(id) };
        _users.Add(change is null ? user : change(user));
        return this;
    }

    public ImportScenario Employee(long id, string? email = null, Func<AccountEmployee, AccountEmployee>? change = null)
    {
        var employee = new AccountEmployee { Id = id, LastName = $"Employee{id}", Email = email };
        _employees.Add(change is null ? employee : change(employee));
        return this;
    }

    /// <summary>A user of earlier runs; without an employee it has no link.</summary>
    public ImportScenario Known(long id, EmployeeOutcome outcome, long? employeeId = null, Problem? reason = null)
    {
        _roster[id] = new UserRow
        {
            UserId = id,
            Name = $"Name{id}",
            Email = EmailOf(id),
            Outcome = outcome,
            Reason = reason,
            Link = employeeId is { } linked ? LinkTo(linked) : null,
        };
        return this;
    }

    /// <summary>Users 1 to n, imported by earlier runs, there in both systems.</summary>
    public ImportScenario Team(int size)
    {
        for (var id = 1L; id <= size; id++)
        {
            User(id).Employee(EmployeeOf(id), EmailOf(id)).Known(id, EmployeeOutcome.Matched, EmployeeOf(id));
        }

        return this;
    }

    /// <summary>Users that are no longer in Bitrix24.</summary>
    public ImportScenario WithoutUsers(params long[] ids)
    {
        _users.RemoveAll(user => ids.Contains(user.Id));
        return this;
    }

    /// <summary>Users whose employees are no longer in CallGear.</summary>
    public ImportScenario WithoutEmployeesOf(params long[] userIds)
    {
        _employees.RemoveAll(employee => userIds.Select(EmployeeOf).Contains(employee.Id));
        return this;
    }

    public ImportScenario WithSettings(Func<AccountSettings, AccountSettings> change)
    {
        _settings = change(_settings);
        return this;
    }

    public ImportScenario OnPremise()
    {
        _edition = Bitrix24Edition.OnPremise;
        return this;
    }

    public ImportScenario Awaiting(long[]? removals = null, long[]? recreations = null)
    {
        _awaiting = Users(removals, recreations);
        return this;
    }

    public ImportScenario Approved(long[]? removals = null, long[]? recreations = null)
    {
        _approved = Users(removals, recreations);
        return this;
    }

    /// <summary>R8.8: Bitrix24 is asked for this user alone.</summary>
    public ImportScenario OnlyUser(long id)
    {
        _onlyUser = id;
        _users.RemoveAll(user => user.Id != id);
        return this;
    }

    public ImportInput Input() => new()
    {
        Users = [.. _users],
        Employees = [.. _employees],
        Roster = _roster.ToImmutableSortedDictionary(),
        Settings = _settings,
        Edition = _edition,
        Awaiting = _awaiting,
        Approved = _approved,
        OnlyUser = _onlyUser,
    };

    public ImportPlan Plan() => ImportPlan.Create(Input());
}
