using OrleansSync.Grains.Import;
using OrleansSync.Grains.Interfaces;
using OrleansSync.Grains.Interfaces.Accounts;
using OrleansSync.Grains.Portals;
using OrleansSync.Grains.Storage;

namespace OrleansSync.Grains.Tests.Portals;

[Trait("Rule", "R8.13")]
public sealed class AccountConditionTests
{
    private static readonly DateTimeOffset _now = new(2026, 3, 2, 8, 0, 0, TimeSpan.Zero);
    private static readonly TimeSpan _period = TimeSpan.FromMinutes(30);
    private static readonly Problem _rejected = new(ProblemCode.Bitrix24Unauthorized, "Rejected.");
    private static readonly Problem _unreachable = new(ProblemCode.Unreachable, "Unreachable.");
    private static readonly Problem _guard = new(ProblemCode.DeletionGuard, "Held.");

    /// <summary>An account to which every state applies but those that are taken away.</summary>
    private static PortalState Worst => new()
    {
        ConnectedAt = _now.AddDays(-1),
        Problem = _rejected,
        Suspension = new Suspension(1, _now.AddHours(1)),
        Hold = _guard,
        FailuresInARow = 3,
        FailingSince = _now.AddHours(-2),
        LastFailure = _unreachable,
    };

    [Theory]
    [InlineData(true, true, true, true, AccountStatus.Paused, ProblemCode.Bitrix24Unauthorized)]
    [InlineData(false, true, true, true, AccountStatus.ActionRequired, ProblemCode.Bitrix24Unauthorized)]
    [InlineData(false, false, true, true, AccountStatus.Held, ProblemCode.DeletionGuard)]
    [InlineData(false, false, false, true, AccountStatus.Failing, ProblemCode.Unreachable)]
    [InlineData(false, false, false, false, AccountStatus.Active, ProblemCode.Unreachable)]
    public void Status_OfSeveralThatApply_IsTheFirst(
        bool isPaused, bool needsPerson, bool isHeld, bool isFailing, AccountStatus expected, ProblemCode problem)
    {
        var state = Worst with
        {
            Problem = needsPerson ? _rejected : _unreachable,
            FailingSince = isFailing ? Worst.FailingSince : null,
            LastReadAt = _now,
        };

        var condition = Of(state, isPaused, isHeld);

        Assert.Equal((expected, problem), (condition.Status, condition.Problem!.Code));
        Assert.Equal(expected == AccountStatus.Failing ? Worst.FailingSince : null, condition.FailingSince);
    }

    [Theory]
    [InlineData(89, AccountStatus.Active)]
    [InlineData(90, AccountStatus.Failing)]
    public void Status_WithoutARunForThreePeriods_IsFailing_AndOverdueSinceThen(int minutes, AccountStatus expected)
    {
        var last = _now.AddMinutes(-minutes);

        var condition = Of(new PortalState { ConnectedAt = _now.AddDays(-9), LastReadAt = last });

        Assert.Equal(expected, condition.Status);
        Assert.Equal(expected == AccountStatus.Failing ? (last + (3 * _period), ProblemCode.Overdue) : (null, null),
            (condition.FailingSince, condition.Problem?.Code));
    }

    /// <summary>What the account does not owe to itself does not count: the time before it was connected, paused or suspended.</summary>
    [Fact]
    public void OverdueAt_CountsFromTheLatestOfConnectionReadAndEndOfPause()
    {
        var state = new PortalState { ConnectedAt = _now.AddHours(-3), LastReadAt = _now.AddHours(-2), WatchedSince = _now.AddHours(-1) };

        Assert.Equal(_now.AddMinutes(30), OverdueAt(state));
        Assert.Equal(_now.AddMinutes(-30), OverdueAt(state with { WatchedSince = null }));
        Assert.Equal(_now.AddMinutes(-90), OverdueAt(state with { WatchedSince = null, LastReadAt = null }));
        var older = state with { WatchedSince = null, LastReadAt = null, LastSuccessAt = _now.AddHours(-2) };
        Assert.Equal(_now.AddMinutes(-30), OverdueAt(older));
        Assert.Null(OverdueAt(state with { Suspension = new Suspension(1, _now) }));
        Assert.Null(OverdueAt(state, isPaused: true));
        Assert.Null(OverdueAt(state with { IsBeingErased = true }));
    }

    /// <summary>The third failure ends after three periods are over, because it was tried for a while.</summary>
    [Fact]
    public void FailingSince_OfRunsThatFailed_IsTheEndOfTheThird_AndTheProblemItsError()
    {
        var overdue = new PortalState { ConnectedAt = _now.AddHours(-2), FailuresInARow = 2, LastFailure = _unreachable };

        Assert.Equal((_now.AddMinutes(-30), ProblemCode.Unreachable), Failing(overdue));
        Assert.Equal((_now.AddMinutes(-1), ProblemCode.Unreachable), Failing(overdue with { FailingSince = _now.AddMinutes(-1) }));

        static (DateTimeOffset?, ProblemCode) Failing(PortalState state) => (Of(state).FailingSince, Of(state).Problem!.Code);
    }

    private static AccountCondition Of(PortalState state, bool isPaused = false, bool isHeld = false)
    {
        var listed = Listed(state, isPaused, isHeld);
        return AccountCondition.Of(listed, AccountCondition.OverdueAt(listed, _period), _now);
    }

    private static DateTimeOffset? OverdueAt(PortalState state, bool isPaused = false) =>
        AccountCondition.OverdueAt(Listed(state, isPaused, isHeld: false), _period);

    private static ListedState Listed(PortalState state, bool isPaused, bool isHeld) => new(
        state,
        new StoredConnection(
            new AccountConnection
            {
                DisplayName = "Acme",
                Bitrix24 = new Bitrix24Access
                {
                    Edition = Bitrix24Edition.Cloud,
                    DisplayAddress = "",
                    PortalKey = "",
                    IsOAuth = false,
                },
                CallGear = new CallGearAccess { BaseUrl = "" },
                Settings = AccountSettings.Default with { Paused = isPaused },
            },
            Generation: 1,
            TokensSince: 1),
        isHeld ? new AwaitingApproval([1], []) : AwaitingApproval.None,
        LastRun: null);
}
