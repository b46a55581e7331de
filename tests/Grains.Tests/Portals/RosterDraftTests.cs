using System.Collections.Immutable;
using OrleansSync.Grains.Interfaces.Employees;
using OrleansSync.Grains.Interfaces.Runs;
using OrleansSync.Grains.Portals;

namespace OrleansSync.Grains.Tests.Portals;

/// <summary>What has to be written so that the users become what a run wants.</summary>
public sealed class RosterDraftTests
{
    [Fact]
    public void Writes_NobodyIsWantedOtherwise_AreNone()
    {
        var draft = Draft(1, 2);

        draft.Want(RunScenario.User(1));
        draft.Want(RunScenario.User(2) with { Name = "Bob" });
        draft.Want(RunScenario.User(2));

        Assert.Empty(draft.Writes("account", 7));
    }

    [Fact]
    public void Writes_OfWhatIsWanted_ComeByUserId_GuardedByWhatIsStored()
    {
        var draft = Draft(30);
        draft.Want(RunScenario.User(30) with { Name = "Bob" });
        draft.Want(RunScenario.User(4) with { Entries = 0 });

        var writes = draft.Writes("account", 7);

        Assert.Equal(
            [(4L, null, "Name 4", 0, false), (30L, 130L, "Bob", 3, false)],
            writes.Select(write => (write.Row.UserId, write.Expected, write.Row.Name, write.Row.Entries, write.IsErased)));
        Assert.All(writes, write => Assert.Equal(("account", 7), (write.AccountId, write.Run)));
        Assert.DoesNotContain(writes, write => write.Row.Version == 100 + write.Row.UserId);
    }

    [Fact]
    public void Writes_WithNotesAlone_CountThemAndKeepTheirOrder()
    {
        var draft = Draft(1);
        draft.Note(1, Entry("first"));
        draft.Note(1, Entry("second"));
        draft.Report(Change(1));

        var write = Assert.Single(draft.Writes("account", 7));

        Assert.Equal(["first", "second"], write.History.Select(entry => entry.RunId));
        Assert.Equal(5, write.Row.Entries);
        Assert.Equal([Change(1)], write.Changes);
    }

    [Fact]
    public void Writes_OfAnErasedUser_EraseWhatIsStored_AndNothingWhereNothingIs()
    {
        var draft = Draft(1);
        draft.Erase(1);
        draft.Erase(2);

        var write = Assert.Single(draft.Writes("account", 7));

        Assert.Equal((1, 101, true), (write.Row.UserId, write.Expected, write.IsErased));
        Assert.Null(draft.Find(1));
        Assert.NotNull(draft.FindStored(1));
    }

    [Fact]
    public void Read_AnotherRow_IsWhatIsWantedFromThenOn()
    {
        var draft = Draft(1, 2);
        draft.Want(RunScenario.User(1) with { Name = "Bob" });

        draft.Read(1, RunScenario.User(1) with { Version = 5 });
        draft.Read(2, null);

        Assert.Empty(draft.Writes("account", 7));
        Assert.Equal([1L], draft.Wanted.Keys);
        Assert.Equal([1L], draft.Stored.Keys);
        Assert.Equal(5, draft.Find(1)!.Version);
    }

    [Fact]
    public void Settle_OfWrites_KnowsWhatIsStored_AndAnswersWhatLost()
    {
        var draft = Draft(1, 2, 3);
        draft.Want(RunScenario.User(1) with { Name = "Bob" });
        draft.Want(RunScenario.User(2) with { Name = "Bob" });
        draft.Erase(3);
        var writes = draft.Writes("account", 7);

        var lost = draft.Settle(writes, [true, false, true]);

        Assert.Equal([writes[1]], lost);
        Assert.Equal(["Bob", "Name 2"], draft.Stored.Values.Select(row => row.Name));
        Assert.Equal(writes[0].Row.Version, draft.FindStored(1)!.Version);
        Assert.Empty(draft.Writes("account", 7));
    }

    private static RosterDraft Draft(params long[] users) => new(users.ToImmutableSortedDictionary(id => id, id => RunScenario.User(id)));

    private static HistoryEntry Entry(string runId) => new() { At = RunScenario.Now, RunId = runId, Outcome = ChangeOutcome.Skipped };

    private static RunChange Change(long userId) => new() { BitrixUserId = userId, Name = "Bob", Outcome = ChangeOutcome.Skipped };
}
