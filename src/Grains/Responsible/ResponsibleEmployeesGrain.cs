using System.Collections.Immutable;
using OrleansSync.Grains.Interfaces;
using OrleansSync.Grains.Interfaces.Connections;
using OrleansSync.Grains.Interfaces.Responsible;
using OrleansSync.Grains.Interfaces.Rows;
using OrleansSync.Grains.Placement;

namespace OrleansSync.Grains.Responsible;

/// <inheritdoc cref="IResponsibleEmployeesGrain"/>
[AccountPlacement]
[CollectionAgeLimit(Minutes = 3)]
internal sealed class ResponsibleEmployeesGrain(IUserRows users, IGrainFactory grains) : Grain, IResponsibleEmployeesGrain
{
    private string AccountId => GrainKeys.AccountOf(this.GetPrimaryKeyString());

    public async Task MoveExclusionsAsync(ImmutableDictionary<long, long> takenOver, ImmutableArray<long> excluded)
    {
        var moved = takenOver.Where(pair => excluded.Contains(pair.Value)).ToArray();
        if (moved.Length > 0)
        {
            await users.ExcludeAsync(
                AccountId, exclude: [.. moved.Select(pair => pair.Key)], include: [.. moved.Select(pair => pair.Value)]);
        }
    }

    public Task ReplaceExclusionsAsync(ImmutableArray<long> former, ImmutableArray<long> excluded) =>
        users.ExcludeAsync(AccountId, exclude: excluded, include: former);

    public Task SetByHandAsync(long userId, bool responsible) =>
        responsible
            ? users.ExcludeAsync(AccountId, exclude: [], include: [userId])
            : users.ExcludeAsync(AccountId, exclude: [userId], include: []);

    public async Task<GroupFollowing> FollowAsync(long groupId, CallContext context, CancellationToken cancellationToken)
    {
        var listed = await users.ResponsibleAsync(AccountId);
        var members = listed.Select(user => user.CallGearEmployeeId).Distinct().Order();
        var callGear = grains.GetGrain<ICallGearConnectionGrain>(this.GetPrimaryKeyString());
        var answer = await callGear.SetGroupMembersAsync(groupId, [.. members], context, cancellationToken);
        return new GroupFollowing(answer.Failure, answer.Calls);
    }
}
