using OrleansSync.Faults.Accounts;
using OrleansSync.Sandbox.CallGear;

namespace OrleansSync.Faults.Invariants;

/// <summary>
/// What must hold of an account in which nobody left Bitrix24, after any fault, once its run has ended. Pure: it looks at evidence alone.
/// </summary>
internal static class ImportInvariants
{
    private const string Mark = "(bitrix24)";
    private static readonly string[] _limits = ["limit_exceeded", "QUERY_LIMIT_EXCEEDED", "OPERATION_TIME_LIMIT"];

    /// <summary>Everything that is wrong; empty when nothing is.</summary>
    public static IReadOnlyList<Violation> Check(ImportEvidence evidence) =>
    [
        .. evidence.Plan.Users.SelectMany(user => user.IsImported ? Imported(evidence, user) : NotImported(evidence, user)),
        .. Strangers(evidence),
        .. Vendor(evidence),
        .. Lists(evidence),
        .. Removals(evidence),
        .. TakeUp.Check(evidence),
    ];

    private static IEnumerable<Violation> Imported(ImportEvidence evidence, PlannedUser user)
    {
        var row = evidence.Rows.GetValueOrDefault(user.Id);
        var employees = evidence.Employees.Where(employee => SameAddress(employee.Email, user.Email)).ToArray();
        if (employees.Length == 0)
        {
            yield return new(
                ViolationKind.NotImported,
                $"user {user.Id} has no employee; the service says {row?.Outcome} {row?.Reason?.Code} {row?.Reason?.Message}");
            yield break;
        }

        if (employees.Length > 1)
        {
            yield return new(
                ViolationKind.Duplicate,
                $"user {user.Id} has the employees {string.Join(", ", employees.Select(employee => employee.Id))}");
        }

        if (row?.CallGearEmployeeId is not { } linked
            || employees.All(employee => employee.Id != linked)
            || (user.EmployeeId ?? linked) != linked)
        {
            var holder = row?.CallGearEmployeeId?.ToString() ?? "nobody";
            yield return new(
                ViolationKind.LostLink,
                $"user {user.Id} is linked to {holder}, not to {employees[0].Id}; the service says {row?.Outcome} {row?.Reason?.Message}");
        }

        var own = employees.FirstOrDefault(employee => employee.Id == row?.CallGearEmployeeId) ?? employees[0];
        if (own.LastName != user.LastName)
        {
            yield return new(ViolationKind.WrongName, $"employee {own.Id} is called '{own.LastName}', not '{user.LastName}'");
        }

        var numbers = own.PhoneNumbers.Select(number => number.Number).ToArray();
        if (!numbers.SequenceEqual(user.Numbers))
        {
            yield return new(
                ViolationKind.WrongNumber,
                $"employee {own.Id} has the numbers [{string.Join(", ", numbers)}], not [{string.Join(", ", user.Numbers)}]");
        }
    }

    private static IEnumerable<Violation> NotImported(ImportEvidence evidence, PlannedUser user)
    {
        var row = evidence.Rows.GetValueOrDefault(user.Id);
        if (row?.CallGearEmployeeId is { } linked)
        {
            yield return new(ViolationKind.LostLink, $"user {user.Id} is linked to {linked} although it is not to be imported");
        }

        if (row?.Reason?.Code != user.Reason)
        {
            yield return new(
                ViolationKind.WrongSkip, $"user {user.Id} is shown with the reason '{row?.Reason?.Code}', not '{user.Reason}'");
        }
    }

    private static IEnumerable<Violation> Strangers(ImportEvidence evidence)
    {
        var created = evidence.Plan.Users.Where(user => user.Expected == ExpectedOutcome.Created).ToArray();
        foreach (var employee
            in evidence.Employees.Where(employee => employee.CreatedByApi && !created.Any(user => SameAddress(user.Email, employee.Email))))
        {
            yield return new(ViolationKind.Stranger, $"employee {employee.Id} ({employee.Email}) was created for nobody");
        }

        var linked = evidence.Plan.Users.Select(user => user.EmployeeId).ToHashSet();
        foreach (var before in evidence.Plan.Employees.Where(employee => !linked.Contains(employee.Id)))
        {
            if (evidence.Changes.Any(change => change.EmployeeId == before.Id && change.After is not null))
            {
                yield return new(ViolationKind.Stranger, $"employee {before.Id} belongs to no user and was changed");
            }
        }
    }

    private static IEnumerable<Violation> Vendor(ImportEvidence evidence)
    {
        var there = evidence.Employees.Select(employee => employee.Id).ToHashSet();
        foreach (var gone in evidence.Plan.Employees.Where(employee => !there.Contains(employee.Id)))
        {
            yield return new(ViolationKind.Deleted, $"employee {gone.Id} is gone");
        }

        foreach (var change in evidence.Changes.Where(change => change.After is not null && change.LostNumbers.Any()))
        {
            yield return new(
                ViolationKind.LostNumber,
                $"employee {change.EmployeeId} lost {string.Join(", ", change.LostNumbers.Select(number => number.Number))}");
        }

        foreach (var employee in evidence.Employees.Where(IsMarkedTwice))
        {
            yield return new(ViolationKind.MarkedTwice, $"employee {employee.Id} is called '{employee.LastName}'");
        }

        foreach (var request in evidence.Requests.Where(request => request.Fault is null && _limits.Contains(request.Error)))
        {
            yield return new(ViolationKind.OverLimit, $"{request.Method} at {request.At:O} was answered {request.Error}");
        }
    }

    private static IEnumerable<Violation> Lists(ImportEvidence evidence)
    {
        var wanted = evidence.Plan.Users.Where(user => user.IsImported).Select(user => user.Id).Order().ToArray();
        var listed = evidence.Responsible.OrderBy(item => item.BitrixUserId).ToArray();
        if (!listed.Select(item => item.BitrixUserId).SequenceEqual(wanted)
            || listed.Any(item => evidence.Rows.GetValueOrDefault(item.BitrixUserId)?.CallGearEmployeeId != item.CallGearEmployeeId))
        {
            yield return new(
                ViolationKind.WrongResponsible, $"responsible are the users {string.Join(", ", listed.Select(item => item.BitrixUserId))}");
        }

        if (evidence.Plan.HasGroup && !evidence.GroupMembers.Order().SequenceEqual(listed.Select(item => item.CallGearEmployeeId).Order()))
        {
            yield return new(ViolationKind.WrongGroup, $"the group has {evidence.GroupMembers.Count} members, the list {listed.Length}");
        }
    }

    private static IEnumerable<Violation> Removals(ImportEvidence evidence)
    {
        foreach (var run in evidence.Runs.Where(
            run => run.Counts.RemovedFromResponsible > 0 || (run.Changes ?? []).Any(change => change.Outcome == "removedFromResponsible")))
        {
            yield return new(
                ViolationKind.WrongRemoval, $"run {run.RunId} removed {run.Counts.RemovedFromResponsible} from the responsible employees");
        }

        foreach (var row in evidence.Rows.Values.Where(row => row.Outcome == "deleted"))
        {
            yield return new(ViolationKind.WrongRemoval, $"user {row.BitrixUserId} counts as deleted");
        }

        var members = new HashSet<long>();
        foreach (var request in evidence.Requests.Where(request => request is { Method: "update.group_employees", Executed: true }))
        {
            HashSet<long> next = [.. request.Parameters!.Value.GetProperty("members").EnumerateArray().Select(member => member.GetInt64())];
            if (!next.IsSupersetOf(members))
            {
                yield return new(ViolationKind.WrongRemoval, $"the group lost {string.Join(", ", members.Except(next))} at {request.At:O}");
            }

            members = next;
        }
    }

    private static bool IsMarkedTwice(Employee employee) =>
        employee.LastName is { } name
        && name.IndexOf(Mark, StringComparison.OrdinalIgnoreCase) != name.LastIndexOf(Mark, StringComparison.OrdinalIgnoreCase);

    private static bool SameAddress(string? one, string? other) =>
        one is not null && string.Equals(one.Trim(), other?.Trim(), StringComparison.OrdinalIgnoreCase);
}
