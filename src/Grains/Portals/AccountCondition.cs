using OrleansSync.Grains.Interfaces;
using OrleansSync.Grains.Interfaces.Accounts;

namespace OrleansSync.Grains.Portals;

/// <summary>R8.13: how an account is doing, and why.</summary>
/// <param name="Status">Of the states that apply: paused, action required, held, failing, active, in this order.</param>
/// <param name="Problem">What is wrong; null for nothing.</param>
/// <param name="FailingSince">Since when imports do not get through, whatever the status; null while they do.</param>
internal sealed record AccountCondition(AccountStatus Status, Problem? Problem, DateTimeOffset? FailingSince)
{
    /// <summary>So many runs that fail in a row, or so many periods without a run that read both lists, make an account failing.</summary>
    public const int Tries = 3;

    /// <summary>The condition at a time.</summary>
    /// <param name="listed">The account as it is stored.</param>
    /// <param name="overdueAt"><see cref="OverdueAt"/> of it.</param>
    /// <param name="now">The time.</param>
    public static AccountCondition Of(ListedState listed, DateTimeOffset? overdueAt, DateTimeOffset now)
    {
        var state = listed.State;
        var failingSince = state.FailingSince ?? (overdueAt <= now ? overdueAt : null);
        var status = listed switch
        {
            { Connection.Connection.Settings.Paused: true } => AccountStatus.Paused,
            { State.Problem.NeedsPerson: true } => AccountStatus.ActionRequired,
            { Awaiting.IsEmpty: false } or { State.Linked.Hold: not null } => AccountStatus.Held,
            _ => failingSince is null ? AccountStatus.Active : AccountStatus.Failing,
        };
        var problem = status switch
        {
            AccountStatus.Held => state.Hold ?? state.Problem,
            AccountStatus.Failing => state.LastFailure ?? Overdue(listed.Connection.Connection.DisplayName),
            _ => state.Problem,
        };
        return new AccountCondition(status, problem, status == AccountStatus.Failing ? failingSince : null);
    }

    /// <summary>
    /// When the account becomes failing because no run reads both lists; null while it is not expected to, as it is paused or suspended.
    /// </summary>
    /// <param name="listed">The account as it is stored.</param>
    /// <param name="period">The time between two scheduled runs.</param>
    public static DateTimeOffset? OverdueAt(ListedState listed, TimeSpan period)
    {
        var state = listed.State;
        if (!state.IsConnected || state.Suspension is not null || listed.Connection.Connection.Settings.Paused)
        {
            return null;
        }

        DateTimeOffset?[] since = [state.ConnectedAt, state.LastReadAt ?? state.LastSuccessAt, state.WatchedSince];
        return since.Max() + (Tries * period);
    }

    private static Problem Overdue(string account) => new(
        ProblemCode.Overdue,
        $"No import of {account} has begun for three periods although it is due. See whether the service runs and its database answers.");
}
