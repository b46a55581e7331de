using System.Collections.Immutable;
using System.Globalization;
using OrleansSync.Grains.Interfaces;
using OrleansSync.Grains.Interfaces.Accounts;
using OrleansSync.Grains.Interfaces.Rows;
using OrleansSync.Grains.Interfaces.Runs;
using OrleansSync.Storage.Rows;

namespace OrleansSync.Storage.Tests.Rows;

/// <summary>What the rows of runs must do on any engine.</summary>
public abstract class RunRowsConformance(StorageFixture fixture) : RowConformance(fixture)
{
    [Fact]
    public async Task Run_WhenClosed_IsReadBackWholeWithItsAccount()
    {
        var account = await ConnectAsync();
        var summary = Summary(account.AccountId, 1, RunStatus.CompletedWithErrors) with
        {
            StartedAt = Start,
            Counts = new RunCounts { Users = 5, Created = 2 },
            Calls = new RunCalls(3, 4),
            Error = new Problem(ProblemCode.GroupRejected, "Группы нет.") { Arguments = ["x"] },
        };
        await RewriteAsync(account, columns =>
            columns with { LastRunAt = Start }, new ClosedRun { Summary = summary, Number = 1, Scope = StandingScope.All });

        Assert.Equal(summary, await Runs.FindAsync(account.AccountId, summary.RunId));
        Assert.Null(await Runs.FindAsync(account.AccountId, RunId(2)));
        Assert.Equal(Start, (await Accounts.ReadAsync(account.AccountId))!.Columns.LastRunAt);
    }

    [Fact]
    public async Task Run_WhenItsAccountHasAnotherVersion_LeavesNothing()
    {
        var account = await ConnectAsync();
        var row = account with { Version = UserRow.NewVersion() };

        Assert.False(await Accounts.WriteAsync(new AccountWrite
        {
            Row = row,
            Expected = account.Version + 1,
            Run = Run(account, 1) with { Begun = [Change(1)], Own = [Change(2)] },
        }));

        Assert.Empty(await LeftOverAsync(account.AccountId));
    }

    [Fact]
    public async Task Run_WhoseNumberWasUsed_FailsWithoutAnythingOfIt()
    {
        var account = await CloseAsync(await ConnectAsync(), Run("a", 1));

        await Assert.ThrowsAsync<RowRefusedException>(() => CloseAsync(account, Run(account, 1) with { Begun = [Change(1)] }));

        Assert.Equal(account.Version, (await Accounts.ReadAsync(account.AccountId))!.Version);
        Assert.Equal(0, await CountOfAsync("run_change", account.AccountId));
    }

    [Fact]
    public async Task Runs_ArePagedNewestFirst()
    {
        var account = await ConnectAsync();
        for (var number = 1; number <= 5; number++)
        {
            account = await CloseAsync(account, Run(account, number));
        }

        var first = await Runs.PageAsync(account.AccountId, new RunQuery(null, 2));
        var second = await Runs.PageAsync(account.AccountId, new RunQuery(first[^1].RunId, 10));

        Assert.Equal([RunId(5), RunId(4)], first.Select(run => run.RunId));
        Assert.Equal([RunId(3), RunId(2), RunId(1)], second.Select(run => run.RunId));
        Assert.Empty(await Runs.PageAsync(account.AccountId, new RunQuery("forgotten", 10)));
    }

    [Fact]
    public async Task Runs_ThatMatch_AreFoundBehindOthers()
    {
        var account = await ConnectAsync();
        for (var number = 1; number <= 6; number++)
        {
            var run = Run(account, number);
            account = await CloseAsync(account, run with
            {
                Summary = run.Summary with
                {
                    RequestedAt = Start.AddHours(number),
                    DryRun = number == 4,
                    Status = number == 2 ? RunStatus.Failed : RunStatus.Succeeded,
                    Counts = new RunCounts { Users = 9, Skipped = 5, Created = number is 1 or 4 or 5 ? 1 : 0 },
                },
            });
        }

        var all = new RunQuery(null, 10);
        Assert.Equal([2], await FoundAsync(all with { Statuses = [RunStatus.Held, RunStatus.Failed] }));
        Assert.Equal([5, 4, 1], await FoundAsync(all with { ChangedOnly = true }));
        Assert.Equal([5], await FoundAsync(all with { ChangedOnly = true, Limit = 1 }));
        Assert.Equal([1], await FoundAsync(all with { ChangedOnly = true, Limit = 1, Cursor = RunId(4) }));
        Assert.Equal([5, 1], await FoundAsync(all with { ChangedOnly = true, WithoutPreviews = true }));
        Assert.Equal([3, 2], await FoundAsync(all with { From = Start.AddHours(2), Until = Start.AddHours(4) }));

        async Task<IEnumerable<int>> FoundAsync(RunQuery query) =>
            (await Runs.PageAsync(account.AccountId, query)).Select(run => int.Parse(run.RunId[^5..], CultureInfo.InvariantCulture));
    }

    [Fact]
    public async Task Standing_IsReportedByEveryRunFromItsBeginningToBeforeItsEnd()
    {
        var account = await ConnectAsync();
        account = await CloseAsync(account, Run(account, 1) with { Begun = [Change(3), Change(1)] });
        account = await CloseAsync(account, Run(account, 2) with { Begun = [Change(2)], Own = [Change(9, ChangeOutcome.Created)] });
        account = await CloseAsync(account, Run(account, 3) with { Ended = [1, 7], Begun = [Change(3, ChangeOutcome.Failed)] });
        account = await CloseAsync(account, Run(account, 4) with { Ended = [3], Begun = [Change(1)] });

        Assert.Equal([1, 3], await ChangesAsync(account, 1));
        Assert.Equal([1, 2, 3, 9], await ChangesAsync(account, 2));
        Assert.Equal([2, 3, 3], await ChangesAsync(account, 3));
        Assert.Equal([1, 2], await ChangesAsync(account, 4));

        // One for each user, in whatever order the database has them.
        Assert.Equal([1L, 2L], (await Accounts.WakeAsync(account.AccountId))!.Standing.Select(change => change.BitrixUserId).Order());
        Assert.Equal(
            [1L, 2L],
            (await Runs.ChangesAsync(account.AccountId, RunId(2), new ChangeStretch(1, 2))).Changes.Select(change => change.BitrixUserId));
        Assert.Equal(
            [ChangeOutcome.Skipped, ChangeOutcome.Skipped],
            (await Runs.ChangesAsync(account.AccountId, RunId(3), new ChangeStretch(1, 9))).Changes.Select(change => change.Outcome));
    }

    [Fact]
    public async Task Changes_AreCountedWhateverIsAskedFor_AndThoseThatWaitForApprovalAreFoundAmongThem()
    {
        var account = await ConnectAsync();
        var held = Change(2) with { Reason = new Problem(ProblemCode.DeletionGuard, "Too many.") };
        var recreation = Change(4) with { Reason = new Problem(ProblemCode.RecreationGuard, "Too many.") };
        account = await CloseAsync(account, Run(account, 1) with { Begun = [Change(1), held, Change(3), recreation] });

        var some = await Runs.ChangesAsync(account.AccountId, RunId(1), new ChangeStretch(3, 10));
        var none = await Runs.ChangesAsync(account.AccountId, RunId(1), new ChangeStretch(4, 10));
        var waiting = await Runs.ChangesAsync(account.AccountId, RunId(1), new ChangeStretch(0, 1, HeldOnly: true));

        Assert.Equal((3L, 4), (some.Changes.Single().BitrixUserId, some.Total));
        Assert.Equal((0, 4), (none.Changes.Length, none.Total));
        Assert.Equal((2L, 2), (waiting.Changes.Single().BitrixUserId, waiting.Total));
        Assert.Equal(0, (await Runs.ChangesAsync(account.AccountId, "forgotten", new ChangeStretch(0, 10))).Total);
    }

    [Fact]
    public async Task Standing_IsReportedOnlyWithinTheScopeOfARun()
    {
        var account = await ConnectAsync();
        account = await CloseAsync(account, Run(account, 1) with { Begun = [Change(1), Change(2)] });
        account = await CloseAsync(account, Run(account, 2) with { Scope = StandingScope.None, Own = [Change(5, ChangeOutcome.Created)] });
        var onlyTwo = Run(account, 3) with { Scope = StandingScope.OnlyUser };
        account = await CloseAsync(account, onlyTwo with { Summary = onlyTwo.Summary with { OnlyUser = 2 } });

        Assert.Equal([5], await ChangesAsync(account, 2));
        Assert.Equal([2], await ChangesAsync(account, 3));
    }

    [Fact]
    public async Task Changes_WrittenWithUsers_AreOfTheirRunAloneAndAreReplacedWhenRepeated()
    {
        var account = await ConnectAsync();
        var row = User(1);
        Assert.True(await Users.WriteAsync(
            First(account.AccountId, row) with { Run = 1, Changes = [Change(1, ChangeOutcome.Linked), Change(1, ChangeOutcome.Created)] }));
        var again = Change(1, ChangeOutcome.Created) with
        {
            CallGearEmployeeId = 5,
            Fields = [new FieldChange("email", null, "a")],
            Reason = null,
        };
        Assert.True(await Users.WriteAsync(
            Next(account.AccountId, row, row) with { Run = 1, Changes = [Change(1, ChangeOutcome.Created), again] }));
        account = await CloseAsync(account, Run(account, 1));
        account = await CloseAsync(account, Run(account, 2));

        var changes = (await Runs.ChangesAsync(account.AccountId, RunId(1), new ChangeStretch(0, 10))).Changes;

        Assert.Equal([ChangeOutcome.Linked, ChangeOutcome.Created], changes.Select(change => change.Outcome));
        Assert.Equal((5, null, "User 1"), (changes[1].CallGearEmployeeId, changes[1].Reason, changes[1].Name));
        Assert.Equal(again.Fields.AsEnumerable(), changes[1].Fields);
        Assert.Empty(await ChangesAsync(account, 2));
    }

    [Fact]
    public async Task Forgetting_TakesNothingThatAKeptRunReported()
    {
        var account = await ConnectAsync();
        account = await CloseAsync(account, Run(account, 1) with { Begun = [Change(1), Change(2), Change(3)], Own = [Change(8)] });
        account = await CloseAsync(account, Run(account, 2) with { Ended = [1] });
        account = await CloseAsync(account, Run(account, 3) with { Ended = [2], Own = [Change(9)] });
        account = await CloseAsync(account, Run(account, 4) with { ForgottenUpTo = 1 });

        Assert.Null(await Runs.FindAsync(account.AccountId, RunId(1)));
        Assert.Equal([2, 3], await ChangesAsync(account, 2));
        Assert.Equal([3, 9], await ChangesAsync(account, 3));
        Assert.Equal([3], await ChangesAsync(account, 4));
        Assert.Equal(3, await CountOfAsync("run_change", account.AccountId));
    }

    [Fact]
    public async Task Forgetting_OfAllRunsBefore_LeavesOnlyWhatStands()
    {
        var account = await ConnectAsync();
        for (var number = 1; number <= 20; number++)
        {
            account = await CloseAsync(account, Run(account, number) with
            {
                Ended = number > 1 ? [1] : [],
                Begun = number == 1 ? [Change(1), Change(2)] : [Change(1)],
                Own = [Change(3)],
                ForgottenUpTo = number - 1,
            });
        }

        Assert.Equal(1, await CountOfAsync("run", account.AccountId));
        Assert.Equal([1, 2, 3], await ChangesAsync(account, 20));
        Assert.Equal(3, await CountOfAsync("run_change", account.AccountId));
    }

    [Fact]
    public async Task Held_HasTheUsersThatWaitForApproval()
    {
        var account = await ConnectAsync();
        account = await CloseAsync(account, Run(account, 1) with
        {
            Begun =
            [
                Change(4, code: ProblemCode.PortalChanged), Change(3, code: ProblemCode.DeletionGuard),
                Change(1, code: ProblemCode.RecreationGuard), Change(2),
            ],
        });
        account = await CloseAsync(account, Run(account, 2) with { Ended = [1, 4] });

        Assert.Equal([1L, 3L, 4L], (await Runs.HeldAsync(account.AccountId, RunId(1))).Select(change => change.BitrixUserId));
        Assert.Equal(ProblemCode.DeletionGuard, Assert.Single(await Runs.HeldAsync(account.AccountId, RunId(2))).Reason!.Code);
    }

    [Fact]
    public async Task DamagedRunsAndChanges_KeepNobodyFromBeingRead()
    {
        var account = await ConnectAsync();
        account = await CloseAsync(account, new ClosedRun
        {
            Summary = Summary(account.AccountId, 1),
            Number = 1,
            Scope = StandingScope.All,
            Begun = [Change(1), Change(2)],
        });
        await CloseAsync(account, new ClosedRun { Summary = Summary(account.AccountId, 2), Number = 2, Scope = StandingScope.All });
        await Fixture.ExecuteAsync($"UPDATE run_change SET detail = '{{' WHERE account_id = '{account.AccountId}' AND user_id = 1");
        await Fixture.ExecuteAsync($"UPDATE run SET summary = 'null' WHERE account_id = '{account.AccountId}' AND number = 2");
        await Fixture.ExecuteAsync($"UPDATE account SET status = 'Nonsense' WHERE account_id = '{account.AccountId}'");

        var snapshot = (await Accounts.WakeAsync(account.AccountId))!;

        Assert.Equal(
            [(1L, ""), (2L, "User 2")],
            snapshot.Standing.OrderBy(change => change.BitrixUserId).Select(change => (change.BitrixUserId, change.Name)));
        Assert.Null(snapshot.LastRun);
        Assert.Equal([RunId(1)], (await Runs.PageAsync(account.AccountId, new RunQuery(null, 10))).Select(run => run.RunId));
        Assert.Equal(2, (await Runs.ChangesAsync(account.AccountId, RunId(1), new ChangeStretch(0, 10))).Total);
        var listed = Assert.Single(await Accounts.PageAsync(new AccountQuery(Query: account.AccountId), null, 10));
        Assert.Equal(AccountStatus.ActionRequired, listed.Status);
        Assert.NotEmpty(await Accounts.CountAsync(new AccountQuery(Query: account.AccountId)));
    }

    private async Task<ImmutableArray<long>> ChangesAsync(AccountRow account, long number) =>
        [.. (await Runs.ChangesAsync(account.AccountId, RunId(number), new ChangeStretch(0, 100))).Changes.Select(change =>
            change.BitrixUserId).Order()];
}
