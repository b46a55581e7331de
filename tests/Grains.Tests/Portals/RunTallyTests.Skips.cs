using OrleansSync.Grains.Import;
using OrleansSync.Grains.Interfaces;
using OrleansSync.Grains.Interfaces.Employees;
using OrleansSync.Grains.Interfaces.Runs;
using OrleansSync.Grains.Portals;

namespace OrleansSync.Grains.Tests.Portals;

/// <content>Users who are skipped, wait for approval, are removed or forgotten.</content>
public sealed partial class RunTallyTests
{
    [Fact]
    [Trait("Rule", "R3.5")]
    public void Record_SkippedNewcomer_IsWrittenWithAnEntry_AndStands()
    {
        var (scenario, tally) = Tally();

        tally.Record(SkipOf(1), _nothing);

        Assert.Equal(new RunCounts { Users = 1, Skipped = 1 }, tally.Counts);
        var write = Assert.Single(WritesOf(tally));
        Assert.Equal((null, EmployeeOutcome.Skipped, _missing), (write.Expected, write.Row.Outcome, write.Row.Reason));
        Assert.Equal(1, write.Row.Entries);
        Assert.Equal((ChangeOutcome.Skipped, _missing), (Assert.Single(write.History).Outcome, write.History[0].Reason));
        Assert.Empty(write.Changes);
        Assert.Equal(scenario.Progress.Changes, tally.Standing.Values);
    }

    [Theory]
    [Trait("Rule", "R3.5")]
    [InlineData(ProblemCode.MissingEmail, 0)]
    [InlineData(ProblemCode.MissingLastName, 1)]
    public void Record_UserThatStaysSkipped_StandsAndIsWrittenOnlyForAnotherReason(ProblemCode before, int writes)
    {
        var (_, tally) = Tally(RunScenario.User(1, EmployeeOutcome.Skipped, _missing with { Code = before }));

        tally.Record(SkipOf(1), _nothing);

        Assert.Equal(writes, WritesOf(tally).Count);
        Assert.Equal(writes, WritesOf(tally).Sum(write => write.History.Length));
        Assert.Equal([1L], tally.Standing.Keys);
    }

    [Fact]
    [Trait("Rule", "R3.6")]
    public void Record_SkippedUserWhoseEmployeeIsGone_LosesItsLink_AndSaysOfWhom()
    {
        var (_, tally) = Tally(Imported(1) with { Outcome = EmployeeOutcome.Skipped, Reason = _missing });

        tally.Record(SkipOf(1) with { EndsStaleLink = true }, _nothing);

        var write = Assert.Single(WritesOf(tally));
        Assert.Equal((null, false), (write.Row.Link, write.Row.IsListed));
        Assert.Equal(1001, Assert.Single(write.History).CallGearEmployeeId);
    }

    [Fact]
    [Trait("Rule", "R8.2")]
    public void Record_RecreationThatWaits_IsSkipped_AndKeepsItsLink()
    {
        var (_, tally) = Tally(Imported(1));

        tally.Record(new HoldRecreation(1, "Name 1", "user1@example.com", 1001), _nothing);

        Assert.Equal(new RunCounts { Users = 1, Skipped = 1 }, tally.Counts);
        var write = Assert.Single(WritesOf(tally));
        Assert.Equal((EmployeeOutcome.Skipped, 1001), (write.Row.Outcome, write.Row.Link!.EmployeeId));
        Assert.Equal(ProblemCode.RecreationGuard, write.Row.Reason!.Code);
        Assert.Equal((ProblemCode.RecreationGuard, 1001), (tally.Standing[1].Reason!.Code, tally.Standing[1].CallGearEmployeeId));
    }

    [Theory]
    [Trait("Rule", "R8.1")]
    [InlineData(false, 1)]
    [InlineData(true, 0)]
    public void Record_RemovalThatWaits_ChangesNobody_AndIsNotedOnce(bool isAwaited, int entries)
    {
        var scenario = new RunScenario { Awaiting = new AwaitingApproval(isAwaited ? [1] : [2], []) };
        var tally = new RunTally(scenario.Context(Imported(1)));

        tally.Record(new HoldRemoval(1, "Name 1", "user1@example.com", 1001), _nothing);

        Assert.Equal(new RunCounts(), tally.Counts);
        Assert.Equal((ProblemCode.DeletionGuard, 1001), (tally.Standing[1].Reason!.Code, tally.Standing[1].CallGearEmployeeId));
        Assert.Equal(entries, WritesOf(tally).Sum(write => write.History.Length));
        Assert.All(WritesOf(tally), write => Assert.Equal((EmployeeOutcome.Matched, null), (write.Row.Outcome, write.Row.Reason)));
    }

    [Fact]
    [Trait("Rule", "R6.3")]
    public void Record_RemovedUser_IsDeletedAndKeepsItsLink()
    {
        var (scenario, tally) = Tally(Imported(1));

        tally.Record(new Remove(1, "Name 1", "user1@example.com", 1001), _nothing);

        Assert.Equal(new RunCounts(), tally.Counts);
        var write = Assert.Single(WritesOf(tally));
        Assert.Equal((EmployeeOutcome.Deleted, 1001, true), (write.Row.Outcome, write.Row.Link!.EmployeeId, write.Row.IsListed));
        Assert.Equal(scenario.Progress.Changes, write.Changes);
        var entry = Assert.Single(write.History);
        Assert.Equal((ChangeOutcome.RemovedFromResponsible, 1001), (entry.Outcome, entry.CallGearEmployeeId));
        Assert.Empty(tally.Standing);
    }

    [Fact]
    public void Record_ForgottenUser_IsErased()
    {
        var (scenario, tally) = Tally(RunScenario.User(1, EmployeeOutcome.Skipped, _missing));

        tally.Record(new Forget(1, "Name 1", null), _nothing);

        var write = Assert.Single(WritesOf(tally));
        Assert.Equal((true, 101, 1), (write.IsErased, write.Expected, write.Row.UserId));
        Assert.Empty(scenario.Progress.Changes);
        Assert.Equal(new RunCounts(), tally.Counts);
    }
}
