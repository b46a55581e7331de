using System.Text.Json;
using OrleansSync.Faults.Accounts;
using OrleansSync.Sandbox.CallGear;
using OrleansSync.Sandbox.Requests;
using OrleansSync.Testing.Client;

namespace OrleansSync.Faults.Invariants;

/// <summary>What a faultless import of a plan leaves behind, made without the product.</summary>
internal static class SoundEvidence
{
    public static readonly DateTimeOffset Start = new(2026, 3, 2, 8, 0, 0, TimeSpan.Zero);

    /// <summary>The evidence.</summary>
    public static ImportEvidence Of(AccountPlan plan)
    {
        var nextId = 900_001L;
        var employees = plan.Employees.ToDictionary(employee => employee.Id);
        var changes = new List<EmployeeChange>();
        var rows = new Dictionary<long, Row>();
        foreach (var user in plan.Users)
        {
            long? employeeId = user.IsImported ? user.EmployeeId ?? nextId++ : null;
            if (employeeId is { } id)
            {
                var before = employees.GetValueOrDefault(id);
                employees[id] = Imported(user, id, before);
                changes.Add(new EmployeeChange(Start, id, before, employees[id]));
            }

            if (user.Expected != ExpectedOutcome.Ignored)
            {
                rows[user.Id] = RowOf(user, employeeId);
            }
        }

        var responsible = rows.Values.Where(row =>
            row.Responsible).Select(row => new Responsible(row.BitrixUserId, row.CallGearEmployeeId!.Value, row.Name)).ToArray();
        return new ImportEvidence
        {
            Plan = plan,
            Employees = [.. employees.Values.OrderBy(employee => employee.Id)],
            Changes = changes,
            GroupMembers = plan.HasGroup ? [.. responsible.Select(item => item.CallGearEmployeeId)] : [],
            Requests = plan.HasGroup ? [GroupUpdate(1, [.. responsible.Select(item => item.CallGearEmployeeId)])] : [],
            Rows = rows,
            Responsible = responsible,
            Runs = [Run("first", "connected", Start, plan)],
        };
    }

    /// <summary>A run that succeeded within a second.</summary>
    public static Run Run(string id, string trigger, DateTimeOffset startedAt, AccountPlan plan) => new(
        id,
        "account",
        trigger,
        DryRun: false,
        "succeeded",
        startedAt,
        startedAt,
        startedAt.AddSeconds(1),
        new RunCounts(plan.Users.Count, plan.Creates, 0, 0, 0, 0, 0, plan.Imported, 0),
        new RunCalls(1, 1),
        Error: null,
        []);

    /// <summary>A request that set the group's members.</summary>
    public static RequestRecord GroupUpdate(long sequence, long[] members) => new(
        sequence,
        Start,
        Vendor.CallGear,
        "account",
        "update.group_employees",
        200,
        Error: null,
        Executed: true,
        Fault: null,
        Commands: 1,
        JsonSerializer.Deserialize<JsonElement>($$"""{"members":[{{string.Join(',', members)}}]}"""));

    private static Employee Imported(PlannedUser user, long id, Employee? before) =>
        (before ?? new Employee { Id = id, Email = user.Email, CreatedByApi = true }) with
        {
            LastName = user.LastName,
            PhoneNumbers = before is { PhoneNumbers.Count: > 0 }
                ? before.PhoneNumbers
                : [.. user.Numbers.Select(number => new PhoneNumber(id, number))],
        };

    private static Row RowOf(PlannedUser user, long? employeeId) => new(
        user.Id,
        "Ann Lee",
        user.Email,
        user.Expected switch { ExpectedOutcome.Created => "created", ExpectedOutcome.Linked => "linked", _ => "skipped" },
        user.Reason is null ? null : new Coded(user.Reason, "Why."),
        employeeId,
        LinkedBy: null,
        LinkedAt: null,
        Responsible: user.IsImported,
        History: null);
}
