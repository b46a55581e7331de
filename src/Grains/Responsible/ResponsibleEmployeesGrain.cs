using System.Collections.Immutable;
using OrleansSync.Grains.Interfaces;
using OrleansSync.Grains.Placement;
using OrleansSync.Grains.Storage;

namespace OrleansSync.Grains.Responsible;

/// <inheritdoc cref="IResponsibleEmployeesGrain"/>
[AccountPlacement]
internal sealed class ResponsibleEmployeesGrain(
    [PersistentState("responsible")] IPersistentState<ResponsibleState> storage,
    IGrainFactory grains) : Grain, IResponsibleEmployeesGrain
{
    private readonly StoredState<ResponsibleState> _state = new(storage);

    public Task<ImmutableArray<ImportedUser>> ListAsync() =>
        Task.FromResult<ImmutableArray<ImportedUser>>([.. _state.Current.Members.Select(pair => new ImportedUser(pair.Key, pair.Value))]);

    public async Task<ResponsibleResult> ReconcileAsync(ResponsibleTarget target, CallContext context, CancellationToken cancellationToken)
    {
        var before = _state.Current.Members;
        await _state.UpdateAsync(state => state.Follow(target));
        var after = _state.Current.Members;

        var (failure, calls) = await FollowByGroupAsync(target.GroupId, context, cancellationToken);
        return Difference(before, after) with { GroupFailure = failure, Calls = calls };
    }

    public Task<ResponsibleResult> PreviewAsync(ResponsibleTarget target) =>
        Task.FromResult(Difference(_state.Current.Members, _state.Current.Follow(target).Members));

    public async Task<CallFailure?> SetByHandAsync(ImportedUser user, bool responsible, long? groupId)
    {
        await _state.UpdateAsync(state => state.WithHand(user, responsible));
        var (failure, _) = await FollowByGroupAsync(groupId, new CallContext(RunId: null, Urgent: true), CancellationToken.None);
        return failure;
    }

    public async Task ClearAsync()
    {
        await _state.ClearAsync();
        DeactivateOnIdle();
    }

    private static ResponsibleResult Difference(ImmutableSortedDictionary<long, long> before, ImmutableSortedDictionary<long, long> after) => new(
        [.. after.Keys.Where(user => !before.ContainsKey(user))],
        [.. before.Keys.Where(user => !after.ContainsKey(user))],
        GroupFailure: null,
        Calls: 0);

    // The group is read each time, so that a group somebody changed in CallGear follows the list again.
    private async Task<(CallFailure? Failure, int Calls)> FollowByGroupAsync(long? groupId, CallContext context, CancellationToken cancellationToken)
    {
        if (groupId is not { } group)
        {
            return (null, 0);
        }

        var callGear = grains.GetGrain<ICallGearConnectionGrain>(this.GetPrimaryKeyString());
        var answer = await callGear.SetGroupMembersAsync(group, [.. _state.Current.Members.Values.Distinct().Order()], context, cancellationToken);
        return (answer.Failure, answer.Calls);
    }
}
