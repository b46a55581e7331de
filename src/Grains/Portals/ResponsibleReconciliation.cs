using OrleansSync.Grains.Import;
using OrleansSync.Grains.Interfaces;

namespace OrleansSync.Grains.Portals;

/// <summary>R7.1: the step of a run that has the responsible employees follow the imported users, and their group follow them (R7.3).</summary>
internal sealed class ResponsibleReconciliation(ImportRunContext context, RunTally tally, CallContext calls)
{
    private readonly IResponsibleEmployeesGrain _responsible =
        context.Grains.GetGrain<IResponsibleEmployeesGrain>(GrainKeys.Account(context.AccountId));

    /// <summary>Reconciles, or tells what it would do (R8.3).</summary>
    /// <param name="input">What the run decided on.</param>
    /// <param name="held">Who waits for approval, and so stays.</param>
    /// <param name="turnedUp">Employees that a look-up found although the list lacked them.</param>
    /// <param name="isGroupReachable">Whether calls of the account get through; a group cannot follow while every call fails.</param>
    /// <returns>Why the group does not follow; null when it does.</returns>
    public async Task<Problem?> RunAsync(ImportInput input, AwaitingApproval held, IReadOnlyCollection<long> turnedUp, bool isGroupReachable)
    {
        var imported = Imported(input, held, turnedUp);
        if (context.Request.OnlyUser is { } only)
        {
            var others = (await _responsible.ListAsync()).Where(user => user.BitrixUserId != only && !tally.TakenOver.ContainsValue(user.BitrixUserId));
            imported = others.Concat(imported.Where(user => user.BitrixUserId == only));
        }

        var groupId = isGroupReachable ? context.Settings.ResponsibleGroupId : null;
        var target = new ResponsibleTarget([.. imported], tally.TakenOver, groupId);
        var result = context.Request.DryRun
            ? await _responsible.PreviewAsync(target)
            : await _responsible.ReconcileAsync(target, calls, context.CancellationToken);
        context.CountCallGear(result.Calls);
        tally.RecordResponsible(result);
        return result.GroupFailure?.Problem;
    }

    private IEnumerable<ImportedUser> Imported(ImportInput input, AwaitingApproval held, IReadOnlyCollection<long> turnedUp)
    {
        var existing = input.Employees.Select(employee => employee.Id).Concat(turnedUp).ToHashSet();
        return tally.Roster.Values
            .Where(entry => entry.IsImported || (context.Request.DryRun && tally.HasTouched(entry.UserId)))
            .Where(entry => tally.HasTouched(entry.UserId) || held.Removals.Contains(entry.UserId) || held.Recreations.Contains(entry.UserId)
                || existing.Contains(entry.Link!.EmployeeId))
            .Select(entry => new ImportedUser(entry.UserId, entry.Link?.EmployeeId ?? 0));
    }
}
