using System.Collections.Immutable;
using OrleansSync.Grains.Concurrency;
using OrleansSync.Grains.Interfaces;
using OrleansSync.Grains.Interfaces.Connections;
using OrleansSync.Grains.Interfaces.Employees;
using OrleansSync.Grains.Interfaces.Responsible;

namespace OrleansSync.Grains.Portals;

/// <content>The account's users, and the responsible employees as people change them (R7.2).</content>
internal sealed partial class PortalGrain
{
    private readonly Turnstile _byHand = new();

    public async Task<Page<EmployeeRow>?> ListEmployeesAsync(EmployeeQuery query) =>
        State.IsConnected ? await _users.PageAsync(AccountId, query) : null;

    public async Task<EmployeeWindow?> BrowseEmployeesAsync(EmployeeStretch stretch) =>
        State.IsConnected ? await _users.BrowseAsync(AccountId, stretch) : null;

    public async Task<EmployeeDetails?> GetEmployeeAsync(long bitrixUserId) =>
        State.IsConnected && await _users.FindAsync(AccountId, bitrixUserId) is { } row
            ? new EmployeeDetails(row, await _users.HistoryAsync(AccountId, bitrixUserId))
            : null;

    public async Task<ImmutableArray<ResponsibleEmployee>?> ListResponsibleAsync() =>
        State.IsConnected ? await _users.ResponsibleAsync(AccountId) : null;

    public async Task<ResponsibleChangeOutcome> SetResponsibleAsync(long bitrixUserId, bool responsible)
    {
        if (await StoreByHandAsync(bitrixUserId, responsible) is var outcome && outcome != ResponsibleChangeOutcome.Done)
        {
            return outcome;
        }

        if (Settings.ResponsibleGroupId is { } groupId && _account.Connection is { } connection)
        {
            var following = await Responsible.FollowAsync(
                groupId, new CallContext(RunId: null, Urgent: true, connection.Generation), CancellationToken.None);
            if (following.Failure is { } failure && State.IsConnected)
            {
                LogGroupDoesNotFollow(AccountId, failure.Problem.Code, failure.Problem.Message);
                await _account.UpdateAsync(state => state.Problem is null ? state with { Problem = failure.Problem } : state);
            }
        }

        return ResponsibleChangeOutcome.Done;
    }

    // Changes by hand go through here one by one, so that the last one wins and a run sees each before or after it counts.
    private async Task<ResponsibleChangeOutcome> StoreByHandAsync(long bitrixUserId, bool responsible)
    {
        using var turn = await _byHand.EnterAsync();
        if (!State.IsConnected || await _users.FindAsync(AccountId, bitrixUserId) is not { CallGearEmployeeId: not null } row)
        {
            return ResponsibleChangeOutcome.NotImported;
        }

        if (row.Outcome == EmployeeOutcome.Deleted && responsible)
        {
            return ResponsibleChangeOutcome.Deleted;
        }

        await Responsible.SetByHandAsync(bitrixUserId, responsible);
        _account.Excluded = responsible ? _account.Excluded.Remove(bitrixUserId) : _account.Excluded.Add(bitrixUserId);
        return ResponsibleChangeOutcome.Done;
    }

    private async Task MoveExclusionsAsync(ImmutableDictionary<long, long> takenOver)
    {
        using var turn = await _byHand.EnterAsync();
        var moved = takenOver.Where(pair => _account.Excluded.Contains(pair.Value)).ToArray();
        if (moved.Length > 0)
        {
            await Responsible.MoveExclusionsAsync(takenOver, [.. _account.Excluded]);
            _account.Excluded = _account.Excluded.Except(moved.Select(pair => pair.Value)).Union(moved.Select(pair => pair.Key));
        }
    }

    private async Task ReplaceExclusionsAsync(ImmutableArray<long> excluded)
    {
        using var turn = await _byHand.EnterAsync();
        if (!_account.Excluded.SetEquals(excluded))
        {
            await Responsible.ReplaceExclusionsAsync([.. _account.Excluded.Except(excluded)], excluded);
            _account.Excluded = [.. excluded];
        }
    }
}
