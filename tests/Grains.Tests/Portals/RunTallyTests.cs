using OrleansSync.Grains.Import;
using OrleansSync.Grains.Interfaces;
using OrleansSync.Grains.Interfaces.Employees;
using OrleansSync.Grains.Interfaces.Rows;
using OrleansSync.Grains.Interfaces.Runs;
using OrleansSync.Grains.Portals;

namespace OrleansSync.Grains.Tests.Portals;

/// <summary>What a run counts, reports and has written for each kind of decision.</summary>
public sealed partial class RunTallyTests
{
    private static readonly Problem _missing = new(ProblemCode.MissingEmail, "Fill it in.");
    private static readonly Problem _refused = new(ProblemCode.PhoneRejected, "Refused.");
    private static readonly EmployeeResult _nothing = new();

    [Theory]
    [Trait("Rule", "R3.3")]
    [InlineData(ChangeOutcome.Created, EmployeeOutcome.Created)]
    [InlineData(ChangeOutcome.Linked, EmployeeOutcome.Linked)]
    public void Record_UserGotItsEmployee_CountsAndShowsIt_AndLeavesWritingToItsGrain(ChangeOutcome outcome, EmployeeOutcome stored)
    {
        var (scenario, tally) = Tally();
        FieldChange[] fields = [new("lastName", null, "Lee")];

        var result = new EmployeeResult { Outcome = outcome, Row = Imported(1, stored), NumbersAdded = 2, Fields = [.. fields] };
        tally.Record(CreateOf(1), result);

        var isCreated = outcome == ChangeOutcome.Created;
        Assert.Equal(new RunCounts { Users = 1, Created = isCreated ? 1 : 0, Linked = isCreated ? 0 : 1, PhonesAdded = 2 }, tally.Counts);
        var change = Assert.Single(scenario.Progress.Changes);
        Assert.Equal((1, "Name 1", outcome), (change.BitrixUserId, change.Name, change.Outcome));
        Assert.Equal((null, 1001), (change.Reason, change.CallGearEmployeeId));
        Assert.Equal(fields, change.Fields);
        Assert.Equal((true, false), (tally.HasTouched(1), tally.HasPartialOutcome));
        Assert.Equal([1L], tally.Decided);
        Assert.Empty(tally.Standing);
        Assert.Empty(WritesOf(tally));
    }

    [Fact]
    [Trait("Rule", "R5.5")]
    public void Record_UserImportedWithoutItsNumber_IsDoneInPart()
    {
        var (scenario, tally) = Tally();

        var stored = Imported(1, EmployeeOutcome.Created) with { Reason = _refused };
        tally.Record(CreateOf(1), new EmployeeResult { Outcome = ChangeOutcome.Created, Row = stored, Reason = _refused });

        Assert.True(tally.HasPartialOutcome);
        Assert.Equal(_refused, Assert.Single(scenario.Progress.Changes).Reason);
        Assert.Empty(WritesOf(tally));
    }

    [Fact]
    [Trait("Rule", "R5.6")]
    public void Record_MatchedUserGotNumbers_CountsTheNumbersAndNoMatch()
    {
        var (scenario, tally) = Tally(Imported(1));

        tally.Record(
            new FillNumbers(1, "Name 1", "user1@example.com", 1001, ["7495"], IsReturn: false),
            new EmployeeResult { Outcome = ChangeOutcome.PhoneAdded, Row = Imported(1) with { Version = 9 }, NumbersAdded = 1 });

        Assert.Equal(new RunCounts { Users = 1, PhonesAdded = 1 }, tally.Counts);
        var change = Assert.Single(scenario.Progress.Changes);
        Assert.Equal((ChangeOutcome.PhoneAdded, 1001), (change.Outcome, change.CallGearEmployeeId));
        Assert.False(tally.HasTouched(1));
        Assert.Empty(WritesOf(tally));
    }

    [Theory]
    [Trait("Rule", "R3.1")]
    [InlineData(EmployeeOutcome.Matched, "Name 1", null, false)]
    [InlineData(EmployeeOutcome.Created, "Name 1", null, false)]
    [InlineData(EmployeeOutcome.Linked, "Name 1", null, false)]
    [InlineData(EmployeeOutcome.Matched, "Name 1", 1L, false)]
    [InlineData(EmployeeOutcome.Created, "Name 1", 1L, true)]
    [InlineData(EmployeeOutcome.Created, "Another", null, true)]
    [InlineData(EmployeeOutcome.Matched, "Another", null, true)]
    [InlineData(EmployeeOutcome.Failed, "Name 1", null, true)]
    public void Record_MatchedUser_IsWrittenOnlyWhereTheRunDoesNotSayItAnyhow(
        EmployeeOutcome known, string name, long? onlyUser, bool isWritten)
    {
        var scenario = new RunScenario { OnlyUser = onlyUser };
        var tally = new RunTally(scenario.Context(Imported(1, known)));

        tally.Record(MatchOf(1) with { Name = name }, _nothing);

        Assert.Equal(new RunCounts { Users = 1, Matched = 1 }, tally.Counts);
        Assert.Empty(scenario.Progress.Changes);
        var written = WritesOf(tally).Select(write => (write.Row.Outcome, write.Row.Name, write.History.Length, write.Changes.Length));
        Assert.Equal(isWritten ? [(EmployeeOutcome.Matched, name, 0, 0)] : [], written);
    }

    [Theory]
    [Trait("Rule", "R5.5a")]
    [InlineData(EmployeeOutcome.Created)]
    [InlineData(EmployeeOutcome.Failed)]
    public void Record_MatchedUserWhoseRefusalStands_KeepsItInItsRow_AndTheRunIsNotFlawed(EmployeeOutcome known)
    {
        var (scenario, tally) = Tally(Imported(1, known) with { Reason = _refused });

        tally.Record(MatchOf(1) with { Reason = _refused }, _nothing);

        Assert.Equal((new RunCounts { Users = 1, Matched = 1 }, false), (tally.Counts, tally.HasPartialOutcome));
        Assert.Empty(scenario.Progress.Changes);
        var row = Assert.Single(WritesOf(tally)).Row;
        Assert.Equal((EmployeeOutcome.Matched, _refused), (row.Outcome, row.Reason));
    }

    [Fact]
    [Trait("Rule", "R8.5")]
    public void Record_FailureThatTheGrainStored_IsNotWrittenAgain()
    {
        var (scenario, tally) = Tally();

        var stored = RunScenario.User(1, EmployeeOutcome.Failed, _refused);
        tally.Record(CreateOf(1), new EmployeeResult { Outcome = ChangeOutcome.Failed, Reason = _refused, Row = stored });

        Assert.Equal((new RunCounts { Users = 1, Failed = 1 }, false), (tally.Counts, tally.HasPartialOutcome));
        Assert.Equal(ChangeOutcome.Failed, Assert.Single(scenario.Progress.Changes).Outcome);
        Assert.Empty(WritesOf(tally));
    }

    [Theory]
    [Trait("Rule", "R8.5")]
    [InlineData(false, 1)]
    [InlineData(true, 0)]
    public void Record_FailureThatNobodyStored_IsReportedEachTime_AndNotedOnce(bool isRepeated, int entries)
    {
        var (scenario, tally) = Tally(Imported(1) with { Outcome = EmployeeOutcome.Failed, Reason = isRepeated ? _refused : _missing });

        tally.Record(CreateOf(1), new EmployeeResult { Outcome = ChangeOutcome.Failed, Reason = _refused });

        var write = Assert.Single(WritesOf(tally));
        Assert.Equal((EmployeeOutcome.Failed, _refused), (write.Row.Outcome, write.Row.Reason));
        Assert.Equal(scenario.Progress.Changes, write.Changes);
        Assert.Equal(entries, write.History.Length);
        Assert.All(write.History, entry => Assert.Equal((RunScenario.Now, "run", 1001), (entry.At, entry.RunId, entry.CallGearEmployeeId)));
    }

    [Fact]
    [Trait("Rule", "R6.3")]
    public void Record_UserThatIsBack_IsMatched_AndItsReturnReported()
    {
        var (scenario, tally) = Tally(Imported(1, EmployeeOutcome.Deleted));

        tally.Record(MatchOf(1) with { IsReturn = true }, _nothing);

        Assert.Equal(new RunCounts { Users = 1, Matched = 1 }, tally.Counts);
        var write = Assert.Single(WritesOf(tally));
        Assert.Equal((EmployeeOutcome.Matched, ChangeOutcome.Returned), (write.Row.Outcome, Assert.Single(write.History).Outcome));
        Assert.Equal((ChangeOutcome.Returned, 1001), (Assert.Single(write.Changes).Outcome, write.Changes[0].CallGearEmployeeId));
        Assert.Equal(scenario.Progress.Changes, write.Changes);
    }

    [Fact]
    public void Record_NameThatNoDatabaseHolds_IsReportedAsItIsStored()
    {
        var (scenario, tally) = Tally();

        tally.Record(SkipOf(1) with { Name = "A\0nn", Email = "\0@example.com" }, _nothing);

        Assert.Equal("A\uFFFDnn", Assert.Single(scenario.Progress.Changes).Name);
        var row = Assert.Single(WritesOf(tally)).Row;
        Assert.Equal(("A\uFFFDnn", "\uFFFD@example.com"), (row.Name, row.Email));
    }

    [Fact]
    [Trait("Rule", "R3.7")]
    public void RecordTakeOver_FormerHolder_LosesItsLink_AndIsToldWhoHasIt()
    {
        var (_, tally) = Tally(Imported(4, EmployeeOutcome.Deleted));

        tally.RecordTakeOver(newUserId: 9, formerUserId: 4);

        Assert.Equal([KeyValuePair.Create(9L, 4L)], tally.TakenOver);
        Assert.Equal([4L], tally.Decided);
        var write = Assert.Single(WritesOf(tally));
        Assert.Equal((EmployeeOutcome.Deleted, null, false), (write.Row.Outcome, write.Row.Link, write.Row.IsListed));
        var entry = Assert.Single(write.History);
        Assert.Equal((ChangeOutcome.RemovedFromResponsible, 1004), (entry.Outcome, entry.CallGearEmployeeId));
        Assert.Contains("user 9", entry.Note, StringComparison.Ordinal);
    }

    [Theory]
    [Trait("Rule", "R7.1")]
    [InlineData(null, new long[] { 1, 3 })]
    [InlineData(3L, new long[] { 3 })]
    public void List_Users_PutsThemOnTheListAndTakesTheOthersOff(long? among, long[] written)
    {
        var (_, tally) = Tally(Imported(1), Imported(2), Imported(3) with { IsListed = false });

        tally.List(new HashSet<long> { 2, 3 }, among is { } only ? new HashSet<long> { only } : null);

        Assert.Equal(written, WritesOf(tally).Select(write => write.Row.UserId));
        Assert.All(WritesOf(tally), write => Assert.Equal(write.Row.UserId == 3, write.Row.IsListed));
    }

    [Theory]
    [Trait("Rule", "R3.8")]
    [InlineData(false, false, true)]
    [InlineData(true, false, false)]
    [InlineData(false, true, false)]
    public void Settled_Create_IsForgottenOnceItsOutcomeIsKnown(bool isUnsettled, bool isOpen, bool isForgotten)
    {
        var (_, tally) = Tally(RunScenario.User(1));
        var row = RunScenario.User(1) with { Version = 5, Intent = new CreateIntent("user1@example.com", "Lee", RunScenario.Now) };

        tally.Settled(1, new EmployeeResult { Row = row, IsUnsettled = isUnsettled, OpenUntil = isOpen ? RunScenario.Now : null });

        Assert.Equal(isForgotten, tally.Draft.Find(1)!.Intent is null);
        Assert.Equal(isForgotten ? [5L] : [], WritesOf(tally).Select(write => write.Expected!.Value));
    }

    [Fact]
    public void Counts_WhileTheRunGoesOn_AreSeenByWhoeverWatches()
    {
        var (scenario, tally) = Tally(Imported(1));

        tally.Record(MatchOf(1), _nothing);
        tally.CountResponsible(added: 2, removed: 3);

        var counts = new RunCounts { Users = 1, Matched = 1, AddedToResponsible = 2, RemovedFromResponsible = 3 };
        Assert.Equal(counts, scenario.Progress.Summary.Counts);
    }

    private static (RunScenario Scenario, RunTally Tally) Tally(params UserRow[] roster)
    {
        var scenario = new RunScenario();
        return (scenario, new RunTally(scenario.Context(roster)));
    }

    private static UserRow Imported(long id, EmployeeOutcome outcome = EmployeeOutcome.Matched) => RunScenario.Imported(id, outcome);

    private static CreateEmployee CreateOf(long id) =>
        new(id, $"Name {id}", $"user{id}@example.com", Employee: null!, LookUpFirst: false);

    private static Match MatchOf(long id) => new(id, $"Name {id}", $"user{id}@example.com", 1000 + id, IsReturn: false);

    private static Skip SkipOf(long id) => new(id, $"Name {id}", $"user{id}@example.com", _missing, EndsStaleLink: false);

    private static IReadOnlyList<UserWrite> WritesOf(RunTally tally) => tally.Draft.Writes("account", number: 7);
}
