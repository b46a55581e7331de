using System.Collections.Immutable;
using OrleansSync.Grains.Interfaces;
using OrleansSync.Grains.Interfaces.Connections;

namespace OrleansSync.Grains.Connections.CallGear;

/// <summary>Makes a CallGear group's members the given employees (R7.3).</summary>
internal sealed class GroupMembership(string account, long groupId, CallGearSession session)
{
    private const int MostWrites = 2;

    /// <summary>
    /// Reads the group and, if its members are others, replaces them. When it is not known whether that was done, the group is read again;
    /// the whole list is replaced, so that a second try does no harm.
    /// </summary>
    public async Task<CallOutcome<bool>> SetAsync(ImmutableSortedSet<long> wanted, CancellationToken cancellationToken)
    {
        if (groupId <= 0)
        {
            return Missing();
        }

        CallFailure? unknown = null;
        for (var writes = 0; ; writes++)
        {
            var read = await session.ReadAsync(
                (client, credentials, sending) => client.GetGroupAsync(credentials, groupId, sending), cancellationToken);
            if (read.Failure is not null || read.Value is null)
            {
                return Failed(read.Failure is null ? Missing() : AsGroup(read.Failure), read.Calls);
            }

            if (wanted.SetEquals(read.Value.MemberIds))
            {
                return new CallOutcome<bool>(writes > 0, null, read.Calls);
            }

            if (writes == MostWrites)
            {
                return Failed(unknown!, read.Calls);
            }

            var group = read.Value with { MemberIds = [.. wanted] };
            var write = await session.WriteAsync(
                (client, credentials, sending) => client.UpdateGroupAsync(credentials, group, sending), DateTimeOffset.MaxValue,
                cancellationToken);
            if (write.Failure is null)
            {
                return write;
            }

            if (!write.Failure.IsOutcomeUnknown)
            {
                // The group was read a moment ago: what is gone is one of its members.
                return Failed(AsGroup(write.Failure) with { IsGone = false }, write.Calls);
            }

            unknown = write.Failure;
        }
    }

    private static CallOutcome<bool> Failed(CallFailure failure, int calls) => new(false, failure, calls);

    private CallFailure Missing() => CallGearProblems.NoGroup($"Account {account}", groupId);

    // What concerns the whole account keeps its code; what CallGear says of this group gets the group's.
    private static CallFailure AsGroup(CallFailure failure) => failure.Problem.Code == ProblemCode.Rejected
        ? failure with { Problem = failure.Problem with { Code = ProblemCode.GroupRejected } }
        : failure;
}
