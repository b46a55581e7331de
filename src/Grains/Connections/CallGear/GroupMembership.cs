using System.Collections.Immutable;
using OrleansSync.CallGear.Groups;
using OrleansSync.Grains.Interfaces;
using OrleansSync.Grains.Interfaces.Connections;

namespace OrleansSync.Grains.Connections.CallGear;

/// <summary>Makes a CallGear group's members the given employees (R7.3).</summary>
internal sealed class GroupMembership(string account, long groupId, CallGearSession session)
{
    private const int MostWrites = 2;

    // Cleared when CallGear refuses the group's lines, of which nothing is to be changed: they are left out from then on.
    private bool _withLines = true;

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
            var read = await ReadAsync(cancellationToken);
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

            var write = await WriteAsync(read.Value with { MemberIds = [.. wanted] }, cancellationToken);
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

    private async Task<CallOutcome<CallGearGroup?>> ReadAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            var withLines = _withLines;
            var answer = await session.ReadAsync(
                (client, credentials, sending) => client.GetGroupAsync(credentials, groupId, withLines, sending), cancellationToken);
            if (!withLines || !RefusesLines(answer.Failure))
            {
                return answer;
            }

            _withLines = false;
        }
    }

    private async Task<CallOutcome<bool>> WriteAsync(CallGearGroup group, CancellationToken cancellationToken)
    {
        while (true)
        {
            var sent = _withLines ? group : group with { ChannelsCount = null };
            var answer = await session.WriteAsync(
                (client, credentials, sending) => client.UpdateGroupAsync(credentials, sent, sending), DateTimeOffset.MaxValue,
                cancellationToken);
            if (sent.ChannelsCount is null || !RefusesLines(answer.Failure))
            {
                return answer;
            }

            _withLines = false;
        }
    }

    // Whether the plan lacks them or the value that was read is refused. A parameter of the plan that is not named can be no other.
    private static bool RefusesLines(CallFailure? failure) => failure is not null
        && (failure.Parameter?.Name == "channels_count"
            || (failure.IsParameterRefused && failure.Parameter?.Name is null or "fields"));

    private static CallOutcome<bool> Failed(CallFailure failure, int calls) => new(false, failure, calls);

    private CallFailure Missing() => CallGearProblems.NoGroup($"Account {account}", groupId);

    // What concerns the whole account keeps its code; what CallGear says of this group, or of groups, gets the group's.
    private static CallFailure AsGroup(CallFailure failure) => failure.Problem.Code == ProblemCode.Rejected || failure.IsMethodRefused
        ? failure with { Problem = failure.Problem with { Code = ProblemCode.GroupRejected } }
        : failure;
}
