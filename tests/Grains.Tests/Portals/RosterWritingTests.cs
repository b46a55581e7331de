using System.Collections.Immutable;
using System.Reflection;
using OrleansSync.Grains.Import;
using OrleansSync.Grains.Interfaces;
using OrleansSync.Grains.Interfaces.Employees;
using OrleansSync.Grains.Interfaces.Rows;
using OrleansSync.Grains.Portals;

namespace OrleansSync.Grains.Tests.Portals;

/// <summary>When what a run wants of the account's own books is written, and what comes before.</summary>
public sealed class RosterWritingTests
{
    private readonly WrittenSets _sets = WrittenSets.Create();

    [Fact]
    [Trait("Rule", "R8.3")]
    public async Task Write_OfADryRun_DoesNothing()
    {
        var (scenario, tally, writing) = Writing(isDry: true);
        tally.Record(SkipOf(1), new EmployeeResult());

        await writing.WriteAsync();

        Assert.Empty(_sets.Sets);
        Assert.Empty(scenario.Asked);
    }

    [Fact]
    public async Task Write_OfNothing_DoesNotBeginTheRun()
    {
        var (scenario, _, writing) = Writing();

        await writing.WriteAsync();

        Assert.Empty(_sets.Sets);
        Assert.Empty(scenario.Asked);
    }

    [Fact]
    public async Task Write_OfManyUsers_BeginsTheRun_AndSends500AtATimeWithItsNumber()
    {
        var (scenario, tally, writing) = Writing();
        for (var id = 1; id <= 1001; id++)
        {
            tally.Record(SkipOf(id), new EmployeeResult());
        }

        await writing.WriteAsync();
        await writing.WriteAsync();

        Assert.Equal(["begin"], scenario.Asked);
        Assert.Equal([500, 500, 1], _sets.Sets.Select(set => set.Count));
        Assert.Equal(Enumerable.Range(1, 1001).Select(id => (long)id), _sets.Sets.SelectMany(set => set).Select(write => write.Row.UserId));
        Assert.All(_sets.Sets.SelectMany(set => set), write => Assert.Equal((7, 7), (write.Run, write.Row.Run)));
        Assert.Equal(1001, tally.Draft.Stored.Count);
        Assert.Equal((0, 0), (writing.Doubtful.Count, writing.Unstored.Count));
    }

    [Fact]
    public async Task Write_ThatAnotherWasBefore_MakesItsUserDoubtful_AndKeepsItsChangesForTheRun()
    {
        var (scenario, tally, writing) = Writing(RunScenario.Imported(1), RunScenario.Imported(2));
        _sets.Lost = 2;
        tally.Record(new Remove(1, "Name 1", null, 1001), new EmployeeResult());
        tally.Record(new Remove(2, "Name 2", null, 1002), new EmployeeResult());

        await writing.WriteAsync();

        Assert.Equal([2L], writing.Doubtful);
        Assert.Equal([scenario.Progress.Changes[1]], writing.Unstored);
        Assert.Equal([EmployeeOutcome.Deleted, EmployeeOutcome.Matched], tally.Draft.Stored.Values.Select(row => row.Outcome!.Value));
    }

    [Fact]
    [Trait("Rule", "R3.7")]
    public async Task Write_OfATakeOver_MovesExclusionsBefore_AndOnlyOnce()
    {
        var (scenario, tally, writing) = Writing(RunScenario.Imported(4, EmployeeOutcome.Deleted));
        _sets.Writing = () => scenario.Asked.Add("write");
        tally.RecordTakeOver(newUserId: 9, formerUserId: 4);

        await writing.WriteAsync();
        tally.Record(SkipOf(1), new EmployeeResult());
        await writing.WriteAsync();

        Assert.Equal(["begin", "move 4 to 9", "write", "write"], scenario.Asked);
    }

    private (RunScenario Scenario, RunTally Tally, RosterWriting Writing) Writing(params UserRow[] roster) => Writing(isDry: false, roster);

    private (RunScenario Scenario, RunTally Tally, RosterWriting Writing) Writing(bool isDry, params UserRow[] roster)
    {
        var scenario = new RunScenario { IsDry = isDry, Users = _sets.Rows };
        var context = scenario.Context(roster);
        var tally = new RunTally(context);
        return (scenario, tally, new RosterWriting(context, tally));
    }

    private static Skip SkipOf(long id) =>
        new(id, $"Name {id}", null, new Problem(ProblemCode.MissingEmail, "Fill it in."), EndsStaleLink: false);

    /// <summary>Rows of users of which only sets are written.</summary>
    private class WrittenSets : DispatchProxy
    {
        public IUserRows Rows => (IUserRows)(object)this;

        public List<IReadOnlyList<UserWrite>> Sets { get; } = [];

        /// <summary>The user whose write loses.</summary>
        public long Lost { get; set; }

        public Action Writing { get; set; } = () => { };

        public static WrittenSets Create() => (WrittenSets)(object)Create<IUserRows, WrittenSets>();

        protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
        {
            var writes = (IReadOnlyList<UserWrite>)args![0]!;
            Writing();
            Sets.Add(writes);
            return Task.FromResult(writes.Select(write => write.Row.UserId != Lost).ToImmutableArray());
        }
    }
}
