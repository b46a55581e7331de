using OrleansSync.Faults.Accounts;
using OrleansSync.Testing.Client;

namespace OrleansSync.Faults.Invariants;

[Trait("Rule", "R3.8")]
public sealed class TakeUpTests
{
    private static readonly AccountPlan _plan = AccountPlanner.Create(1, 5);
    private static readonly DateTimeOffset _start = SoundEvidence.Start;
    private static readonly Interruption _kill = new(_start.AddSeconds(10), _start.AddSeconds(10));

    [Fact]
    public void Check_RunThatFollowsInTime_IsFine() =>
        Assert.Empty(TakeUp.Check(Evidence([_kill], Interrupted, Resumed(_kill.At + TakeUp.Promise))));

    [Fact]
    public void Check_RunThatFollowsTooLate_IsFound() =>
        Assert.Single(TakeUp.Check(Evidence([_kill], Interrupted, Resumed(_kill.At + TakeUp.Promise + TimeSpan.FromSeconds(1)))));

    [Fact]
    public void Check_NoRunThatFollows_IsFoundTwice() => Assert.Equal(2, TakeUp.Check(Evidence([_kill], Interrupted)).Count());

    [Fact]
    public void Check_RunThatNeverEnds_IsFound() =>
        Assert.Single(TakeUp.Check(Evidence([], SoundEvidence.Run("first", "connected", _start, _plan) with { FinishedAt = null })));

    [Fact]
    public void Check_SecondKillBeforeTheRunThatFollows_CountsFromTheSecond()
    {
        var second = new Interruption(_start.AddSeconds(100), _start.AddSeconds(100));

        Assert.Equal([(second, TimeSpan.FromSeconds(90))], TakeUp
            .Delays(Evidence([_kill, second], Interrupted, Resumed(_start.AddSeconds(190))))
            .Select(delay => (delay.Interruption, delay.Delay!.Value)));
    }

    [Fact]
    public void Check_OneProcess_CountsFromItsRestart()
    {
        var restarted = _kill with { Counted = _kill.At.AddSeconds(30) };

        Assert.Equal(
            TimeSpan.FromSeconds(20),
            Assert.Single(TakeUp.Delays(Evidence([restarted], Interrupted, Resumed(_kill.At.AddSeconds(50))))).Delay);
    }

    private static Run Interrupted => SoundEvidence.Run("first", "connected", _start, _plan) with
    {
        Status = "failed",
        Error = new Coded("interrupted", "Its process ended."),
    };

    private static Run Resumed(DateTimeOffset at) => SoundEvidence.Run("second", "resumed", at, _plan);

    private static ImportEvidence Evidence(Interruption[] interruptions, params Run[] runs) =>
        SoundEvidence.Of(_plan) with { Runs = runs, Interruptions = interruptions };
}
