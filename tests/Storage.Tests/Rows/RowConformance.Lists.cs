using OrleansSync.Grains.Interfaces;

namespace OrleansSync.Storage.Tests.Rows;

public abstract partial class RowConformance
{
    private static readonly EmployeeStretch _everybody = new(0, 100, null, null, null);

    [Fact]
    public async Task Pages_GoThroughAllKnownUsersByIdOnce()
    {
        var account = await ConnectAsync();
        await AddAsync(account, new long[] { 30, 1, 20, 4, 100 }.Select(id => User(id)).Append(User(5) with { Outcome = null }));
        var (ids, cursor) = (new List<long>(), default(string));
        do
        {
            var page = await Users.PageAsync(account.AccountId, new EmployeeQuery(cursor, 2, null, null));
            ids.AddRange(page.Items.Select(row => row.BitrixUserId));
            cursor = page.Next;
        }
        while (cursor is not null);

        Assert.Equal([1, 4, 20, 30, 100], ids);
    }

    [Fact]
    public async Task Page_ByOutcomeIdAndEmail_HasThoseUsers()
    {
        var account = await ConnectAsync();
        await AddAsync(account, User(12), User(123) with { Outcome = EmployeeOutcome.Skipped, Email = "Почта@example.com" }, User(3, "Name with 12"));

        Assert.Equal([123L], await IdsAsync(new EmployeeQuery(null, 10, EmployeeOutcome.Skipped, null)));
        Assert.Equal([3L, 12L], await IdsAsync(new EmployeeQuery(null, 10, null, " 12 ")));
        Assert.Equal([123L], await IdsAsync(new EmployeeQuery(null, 10, null, "почта@EXAMPLE")));
        Assert.Equal([3L, 12L, 123L], await IdsAsync(new EmployeeQuery(null, 10, null, "  ")));
        Assert.Empty(await IdsAsync(new EmployeeQuery(null, 10, null, "012")));
        Assert.Empty(await IdsAsync(new EmployeeQuery(null, 10, EmployeeOutcome.Deleted, "12")));

        async Task<IEnumerable<long>> IdsAsync(EmployeeQuery query) => (await Users.PageAsync(account.AccountId, query)).Items.Select(row => row.BitrixUserId);
    }

    [Fact]
    public async Task Responsible_AreThoseThatAreListedImportedAndNotExcluded()
    {
        var account = await MixedAsync();

        Assert.Equal(
            [new ResponsibleEmployee(1, 1001, "Ann Lee"), new ResponsibleEmployee(2, 1002, "Bob")], await Users.ResponsibleAsync(account.AccountId));
    }

    [Fact]
    public async Task Stretch_HasItsRowsTheirNumberAndAllTallies()
    {
        var account = await MixedAsync();

        var all = await Users.BrowseAsync(account.AccountId, _everybody with { Skip = 1, Take = 2 });

        Assert.Equal([2L, 3L], all.Rows.Select(row => row.BitrixUserId));
        Assert.Equal(6, all.Matching);
        EmployeeTally[] tallies =
        [
            new(EmployeeOutcome.Matched, null, 3), new(EmployeeOutcome.Skipped, ProblemCode.MissingEmail, 1), new(EmployeeOutcome.Skipped, ProblemCode.RecreationGuard, 1),
            new(EmployeeOutcome.Deleted, null, 1),
        ];
        Assert.Equal(tallies, all.Tallies);
        var skipped = await Users.BrowseAsync(account.AccountId, _everybody with { Outcome = EmployeeOutcome.Skipped, Reason = ProblemCode.MissingEmail });
        Assert.Equal((6L, 1), (Assert.Single(skipped.Rows).BitrixUserId, skipped.Matching));
        var named = await Users.BrowseAsync(account.AccountId, _everybody with { Query = "BOB" });
        Assert.Equal((2L, 1), (Assert.Single(named.Rows).BitrixUserId, named.Matching));
        Assert.Equal(tallies, named.Tallies);
        var takenOut = await Users.BrowseAsync(account.AccountId, _everybody with { TakenOut = true, Take = 1 });
        Assert.Equal((3L, 2), (Assert.Single(takenOut.Rows).BitrixUserId, takenOut.Matching));
    }

    [Fact]
    public async Task Exclusion_TakesAUserOutUntilItIsPutBack()
    {
        var account = await ConnectAsync();
        await AddAsync(account, Imported(1), Imported(2));

        await Users.ExcludeAsync(account.AccountId, [1, 1, 9], []);
        await Users.ExcludeAsync(account.AccountId, [1], []);

        Assert.False((await Users.FindAsync(account.AccountId, 1))!.Responsible);
        Assert.Equal([2L], (await Users.ResponsibleAsync(account.AccountId)).Select(employee => employee.BitrixUserId));
        Assert.Equal([1L, 9L], (await Accounts.WakeAsync(account.AccountId))!.Excluded);
        await Users.ExcludeAsync(account.AccountId, [], [1, 9]);
        Assert.True((await Users.FindAsync(account.AccountId, 1))!.Responsible);
        var gone = NewAccountId();
        await Users.ExcludeAsync(gone, [1], [2]);
        Assert.Empty(await LeftOverAsync(gone));
    }

    [Fact]
    public async Task Find_OfAUserWhoseCreateIsOnlyAnnounced_AnswersNothing()
    {
        var account = await ConnectAsync();
        await AddAsync(account, User(1) with { Outcome = null });

        Assert.Null(await Users.FindAsync(account.AccountId, 1));
        Assert.NotNull(await Users.ReadAsync(account.AccountId, 1));
        Assert.Empty((await Users.PageAsync(account.AccountId, new EmployeeQuery(null, 10, null, null))).Items);
    }

    [Fact]
    public async Task RowsThatCannotBeRead_HideNobodyElse()
    {
        var account = await ConnectAsync();
        await AddAsync(account, User(1), User(2), User(3), User(4), Imported(5));
        await fixture.ExecuteAsync($"UPDATE employee SET outcome = 'Nonsense' WHERE account_id = '{account.AccountId}' AND user_id = 2");
        await fixture.ExecuteAsync($"UPDATE employee SET reason = '{{' WHERE account_id = '{account.AccountId}' AND user_id = 3");
        await fixture.ExecuteAsync($"UPDATE employee SET intent = '{{\"email\":1}}' WHERE account_id = '{account.AccountId}' AND user_id = 4");
        await fixture.ExecuteAsync($"UPDATE employee SET linked_at = NULL WHERE account_id = '{account.AccountId}' AND user_id = 5");

        var snapshot = await Accounts.WakeAsync(account.AccountId);

        Assert.Equal([1L], snapshot!.Users.Select(user => user.UserId));
        Assert.Equal([2L, 3L, 4L, 5L], snapshot.Unreadable);
        var refusal = await Assert.ThrowsAsync<UnreadableRowException>(() => Users.ReadAsync(account.AccountId, 3));
        Assert.StartsWith("The row of user 3", refusal.Message, StringComparison.Ordinal);
        Assert.Equal([1L, 2L, 3L, 4L, 5L], (await Users.PageAsync(account.AccountId, new EmployeeQuery(null, 10, null, null))).Items.Select(row => row.BitrixUserId));
    }

    [Fact]
    public async Task DamagedRunsAndChanges_KeepNobodyFromBeingRead()
    {
        var account = await ConnectAsync();
        account = await CloseAsync(account, new ClosedRun { Summary = Summary(account.AccountId, 1), Number = 1, Scope = StandingScope.All, Begun = [Change(1), Change(2)] });
        await CloseAsync(account, new ClosedRun { Summary = Summary(account.AccountId, 2), Number = 2, Scope = StandingScope.All });
        await fixture.ExecuteAsync($"UPDATE run_change SET detail = '{{' WHERE account_id = '{account.AccountId}' AND user_id = 1");
        await fixture.ExecuteAsync($"UPDATE run SET summary = 'null' WHERE account_id = '{account.AccountId}' AND number = 2");
        await fixture.ExecuteAsync($"UPDATE account SET status = 'Nonsense' WHERE account_id = '{account.AccountId}'");

        var snapshot = (await Accounts.WakeAsync(account.AccountId))!;

        Assert.Equal([(1L, ""), (2L, "User 2")], snapshot.Standing.OrderBy(change => change.BitrixUserId).Select(change => (change.BitrixUserId, change.Name)));
        Assert.Null(snapshot.LastRun);
        Assert.Equal([RunId(1)], (await Runs.PageAsync(account.AccountId, null, 10)).Select(run => run.RunId));
        Assert.Equal(2, (await Runs.ChangesAsync(account.AccountId, RunId(1), new ChangeStretch(0, 10))).Total);
        var listed = Assert.Single(await Accounts.PageAsync(new AccountQuery(Query: account.AccountId), null, 10));
        Assert.Equal(AccountStatus.ActionRequired, listed.Status);
        Assert.NotEmpty(await Accounts.CountAsync(new AccountQuery(Query: account.AccountId)));
    }

    /// <summary>Two on the list, one taken out by hand, one that waits for approval and is not listed, one deleted, one skipped.</summary>
    private async Task<AccountRow> MixedAsync()
    {
        var account = await ConnectAsync();
        await AddAsync(
            account,
            Imported(1),
            Imported(2, "Bob"),
            Imported(3),
            Imported(4) with { IsListed = false, Outcome = EmployeeOutcome.Skipped, Reason = new Problem(ProblemCode.RecreationGuard, "Why.") },
            Imported(5) with { Outcome = EmployeeOutcome.Deleted },
            User(6) with { Outcome = EmployeeOutcome.Skipped, Reason = new Problem(ProblemCode.MissingEmail, "Why.") });
        await Users.ExcludeAsync(account.AccountId, [3, 5], []);
        return account;
    }
}
