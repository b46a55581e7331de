using OrleansSync.Grains.Interfaces.Runs;
using OrleansSync.Grains.Portals;

namespace OrleansSync.Grains.Tests.Portals;

[Trait("Rule", "R1.4")]
public sealed class RunQueueTests
{
    [Fact]
    public void Joined_NothingWaits_NeedsARunOfItsOwn() => Assert.Null(RunQueue.Joined([], Run("new", RunTrigger.Manual)));

    [Theory]
    [InlineData(RunTrigger.Manual)]
    [InlineData(RunTrigger.Event)]
    [InlineData(RunTrigger.Scheduled)]
    [InlineData(RunTrigger.Connected)]
    public void Joined_ASharedRunWaits_JoinsIt(RunTrigger trigger) =>
        Assert.Equal("waiting", RunQueue.Joined([Run("waiting", RunTrigger.Manual)], Run("new", trigger))!.RunId);

    [Fact]
    public void Joined_APersonJoinsAScheduledRun_ItBecomesManual() =>
        Assert.Equal(RunTrigger.Manual, RunQueue.Joined([Run("waiting", RunTrigger.Scheduled)], Run("new", RunTrigger.Manual))!.Trigger);

    [Fact]
    public void Joined_OnlyDryRunsAndRunsForOneUserWait_NeedsARunOfItsOwn()
    {
        var dry = Run("dry", RunTrigger.Manual) with { DryRun = true };
        var one = Run("one", RunTrigger.Manual) with { OnlyUser = 7 };

        Assert.Null(RunQueue.Joined([dry, one], Run("new", RunTrigger.Manual)));
        Assert.Null(RunQueue.Joined([dry, one, Run("shared", RunTrigger.Manual)], dry with { RunId = "new" }));
        Assert.Null(RunQueue.Joined([dry, one, Run("shared", RunTrigger.Manual)], one with { RunId = "new" }));
    }

    [Fact]
    public void Joined_AnApproval_JoinsOnlyTheSameApproval()
    {
        var approval = Run("approval", RunTrigger.Approved) with { Approves = "held" };

        Assert.Equal("approval", RunQueue.Joined([Run("shared", RunTrigger.Manual), approval], approval with { RunId = "new" })!.RunId);
        Assert.Null(RunQueue.Joined([Run("shared", RunTrigger.Manual), approval], approval with { RunId = "new", Approves = "other" }));
    }

    [Fact]
    public void With_AKnownRun_ReplacesItInPlace()
    {
        var queue = RunQueue.With(RunQueue.With([], Run("a", RunTrigger.Scheduled)), Run("b", RunTrigger.Manual));

        Assert.Equal([RunTrigger.Event, RunTrigger.Manual], RunQueue.With(queue, Run("a", RunTrigger.Event)).Select(run => run.Trigger));
        Assert.Equal(["b"], RunQueue.Without(queue, "a").Select(run => run.RunId));
        Assert.Equal(queue, RunQueue.Without(queue, "c"));
    }

    [Theory]
    [InlineData(RunTrigger.Manual, true)]
    [InlineData(RunTrigger.Approved, true)]
    [InlineData(RunTrigger.Connected, true)]
    [InlineData(RunTrigger.Resumed, true)]
    [InlineData(RunTrigger.Event, false)]
    [InlineData(RunTrigger.Scheduled, false)]
    public void IsUrgent_ByTrigger_IsWhatCannotWaitForASlowStart(RunTrigger trigger, bool expected) =>
        Assert.Equal(expected, Run("a", trigger).IsUrgent);

    private static QueuedRun Run(string id, RunTrigger trigger) =>
        new() { RunId = id, Trigger = trigger, RequestedAt = DateTimeOffset.UnixEpoch };
}
