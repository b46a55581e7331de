using System.Collections.Immutable;
using OrleansSync.Grains.Import;
using OrleansSync.Grains.Interfaces;
using OrleansSync.Grains.Interfaces.Connections;
using OrleansSync.Grains.Interfaces.Responsible;
using OrleansSync.Grains.Interfaces.Rows;

namespace OrleansSync.Grains.Portals;

/// <summary>
/// R7.1: the step of a run that has the responsible employees follow the imported users, and their group follow them (R7.3).
/// </summary>
internal sealed class ResponsibleReconciliation(ImportRunContext context, RunTally tally)
{
    /// <summary>Decides who is on the list, and counts what that changes.</summary>
    /// <param name="input">What the run decided on.</param>
    /// <param name="held">Who waits for approval, and so stays.</param>
    /// <param name="turnedUp">Employees that a look-up found although the list lacked them.</param>
    public void List(ImportInput input, AwaitingApproval held, IReadOnlyCollection<long> turnedUp)
    {
        // Before anybody is put on the list or taken off it: an exclusion that goes with an employee changes the list too.
        var excluded = context.Excluded();
        var before = Listed(context.Roster.Values, excluded);
        var moved = tally.TakenOver.Where(pair => excluded.Contains(pair.Value)).ToArray();
        var after = excluded.Except(moved.Select(pair => pair.Value)).Union(moved.Select(pair => pair.Key));

        var among = context.Request.OnlyUser is { } only ? tally.TakenOver.Values.Append(only).ToHashSet() : null;
        tally.List(Imported(input, held, turnedUp), among);
        if (tally.FormerlyListed is { } former)
        {
            // Ids of users mean others than before (R8.12); employees are the same.
            var members = Listed(tally.Draft.Wanted.Values, after).Select(user => tally.Draft.Find(user)!.Link!.EmployeeId).ToHashSet();
            tally.CountResponsible(members.Count(member => !former.Contains(member)), former.Count(member => !members.Contains(member)));
            return;
        }

        var now = Listed(tally.Draft.Wanted.Values, after);
        tally.CountResponsible(added: now.Count(user => !before.Contains(user)), removed: before.Count(user => !now.Contains(user)));
    }

    /// <summary>R7.3: has the group follow the list as it is stored.</summary>
    /// <returns>Why the group does not follow; null when it does, or there is none.</returns>
    public async Task<Problem?> FollowAsync(CallContext calls)
    {
        if (context.Request.DryRun || context.Settings.ResponsibleGroupId is not { } groupId)
        {
            return null;
        }

        var following = await context.Grains.GetGrain<IResponsibleEmployeesGrain>(GrainKeys.Account(context.AccountId))
            .FollowAsync(groupId, calls, context.CancellationToken);
        context.CountCallGear(following.Calls);
        return following.Failure?.Problem;
    }

    private HashSet<long> Imported(ImportInput input, AwaitingApproval held, IReadOnlyCollection<long> turnedUp)
    {
        var existing = input.Employees.Select(employee => employee.Id).Concat(turnedUp).ToHashSet();
        return [.. tally.Draft.Wanted.Values
            .Where(row => row.IsImported || (context.Request.DryRun && tally.HasTouched(row.UserId)))
            .Where(row => tally.HasTouched(row.UserId) || held.Removals.Contains(row.UserId) || held.Recreations.Contains(row.UserId)
                || existing.Contains(row.Link!.EmployeeId))
            .Select(row => row.UserId)];
    }

    private static HashSet<long> Listed(IEnumerable<UserRow> rows, ImmutableSortedSet<long> excluded) =>
        [.. rows.Where(row => row.IsListed && !excluded.Contains(row.UserId)).Select(row => row.UserId)];
}
