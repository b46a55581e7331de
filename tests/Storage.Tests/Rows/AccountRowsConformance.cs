using OrleansSync.Grains.Interfaces;
using OrleansSync.Grains.Interfaces.Accounts;
using OrleansSync.Grains.Interfaces.Directory;
using OrleansSync.Grains.Interfaces.Keys;
using OrleansSync.Grains.Interfaces.Rows;

namespace OrleansSync.Storage.Tests.Rows;

/// <summary>What the rows of accounts must do on any engine.</summary>
public abstract class AccountRowsConformance(StorageFixture fixture) : RowConformance(fixture)
{
    [Fact]
    public async Task Account_WhenWritten_IsReadBackWhole()
    {
        var row = await ConnectAsync(columns => columns with
        {
            Status = AccountStatus.ActionRequired,
            Problem = ProblemCode.Bitrix24Scope,
            DisplayName = "Рога и копыта",
            LastRunAt = Start,
            LastSuccessAt = Start.AddHours(-1),
            NextRunAt = Start.AddHours(1),
            FailuresInARow = 3,
            HasWork = true,
            OverdueAt = Start.AddHours(2),
        });

        Assert.Equal(row, await Accounts.ReadAsync(row.AccountId));
        Assert.Null(await Accounts.ReadAsync(NewAccountId()));
        Assert.Null(await Accounts.WakeAsync(NewAccountId()));
    }

    [Fact]
    public async Task Account_WhenFirstWritesRace_OneWins()
    {
        var accountId = NewAccountId();

        var answers = await Task.WhenAll(
            Enumerable.Range(0, 16).Select(_ => Task.Run(() => Accounts.WriteAsync(new AccountWrite { Row = AccountRow(accountId) }))));

        Assert.Equal(1, answers.Count(isWritten => isWritten));
    }

    [Fact]
    public async Task Account_WhenVersionIsStale_Stays()
    {
        var stale = await ConnectAsync();
        var fresh = await RewriteAsync(stale, columns => columns with { DisplayName = "Second" });

        Assert.False(await Accounts.WriteAsync(new AccountWrite { Row = stale with { State = "[]" }, Expected = stale.Version }));
        Assert.False(await Accounts.WriteAsync(new AccountWrite { Row = stale with { State = "[]" } }));

        Assert.Equal(fresh, await Accounts.ReadAsync(stale.AccountId));
    }

    [Fact]
    public async Task Account_WrittenWithoutItsConnection_KeepsIt()
    {
        var account = await ConnectAsync();
        var row = account with { Version = UserRow.NewVersion(), Connection = null, State = "[]" };

        Assert.True(await Accounts.WriteAsync(new AccountWrite { Row = row, Expected = account.Version }));

        Assert.Equal(row with { Connection = account.Connection }, await Accounts.ReadAsync(account.AccountId));
    }

    [Fact]
    public async Task Wake_AnswersEverythingThatAPortalKeeps()
    {
        var account = await ConnectAsync();
        await AddAsync(account, Imported(2), User(1) with { Outcome = null, Intent = new CreateIntent("a", "b", Start) });
        await Users.ExcludeAsync(account.AccountId, [2], []);
        account = await CloseAsync(account, Run(account, 1) with { Begun = [Change(2), Change(1)], Own = [Change(3)] });

        var snapshot = await Accounts.WakeAsync(account.AccountId);

        Assert.Equal(account, snapshot!.Account);
        Assert.Equal([1L, 2L], snapshot.Users.Select(user => user.UserId));
        Assert.Empty(snapshot.Unreadable);
        Assert.Equal([2L], snapshot.Excluded);
        Assert.Equal([1L, 2L], snapshot.Standing.Select(change => change.BitrixUserId));
    }

    [Fact]
    public async Task Accounts_AreListedSearchedAndCounted()
    {
        var word = "Слово" + NewAccountId();
        var held = await ConnectAsync(columns => columns with { DisplayName = word + " b", Status = AccountStatus.Held });
        var first = await ConnectAsync(
            columns => columns with { DisplayName = word + " B", Status = AccountStatus.Active, Problem = ProblemCode.RateLimited });
        var second = await ConnectAsync(columns => columns with { DisplayName = word + " a", Status = AccountStatus.Active });
        var erased = await ConnectAsync(columns => columns with { DisplayName = word, IsBeingErased = true });
        var urgent = await ConnectAsync(columns => columns with { DisplayName = word + " z", Status = AccountStatus.ActionRequired });
        var query = new AccountQuery(Query: word.ToUpperInvariant());

        var browsed = await Accounts.BrowseAsync(query, 0, 10);
        var paged = await Accounts.PageAsync(query, held.AccountId, 2);
        var counts = await Accounts.CountAsync(query with { Status = AccountStatus.Held });

        Assert.Equal([urgent.AccountId, held.AccountId, second.AccountId, first.AccountId], browsed.Select(entry => entry.AccountId));
        Assert.Equal(new DirectoryEntry(urgent.AccountId, word + " z", AccountStatus.ActionRequired, urgent.Columns.PortalKey), browsed[0]);
        Assert.Equal([held.AccountId, second.AccountId], (await Accounts.BrowseAsync(query, 1, 2)).Select(entry => entry.AccountId));
        Assert.Equal(
            new[] { first, second, urgent }.Select(row => row.AccountId).Order(StringComparer.Ordinal)
                .Where(id => string.CompareOrdinal(id, held.AccountId) > 0).Take(2),
            paged.Select(entry => entry.AccountId));
        Assert.Equal(
            [(AccountStatus.Active, 2), (AccountStatus.Held, 1), (AccountStatus.ActionRequired, 1)],
            counts.OrderBy(pair => pair.Key).Select(pair => (pair.Key, pair.Value)));
        Assert.Equal(
            [first.AccountId],
            (await Accounts.BrowseAsync(query with { Problem = ProblemCode.RateLimited }, 0, 10)).Select(entry => entry.AccountId));
        Assert.Equal(
            [first.AccountId],
            (await Accounts.PageAsync(new AccountQuery(Query: first.AccountId), null, 1)).Select(entry => entry.AccountId));
        Assert.False(await Accounts.ExistsAsync(erased.AccountId));
        Assert.True(await Accounts.ExistsAsync(held.AccountId));
    }

    /// <summary>Nobody writes a row when nothing happens: what is due too long is failing for whoever looks.</summary>
    [Fact]
    [Trait("Rule", "R8.13")]
    public async Task Accounts_WhoseTimeIsOver_AreListedAsFailing()
    {
        var word = NewAccountId();
        var past = TimeProvider.System.GetUtcNow().AddMinutes(-1);
        var future = TimeProvider.System.GetUtcNow().AddHours(1);
        await ConnectAsync(columns => columns with { DisplayName = word + " a", OverdueAt = future });
        var overdue = await ConnectAsync(columns => columns with { DisplayName = word + " b", OverdueAt = past });
        var failed = await ConnectAsync(columns => columns with
        {
            DisplayName = word + " c",
            OverdueAt = past,
            FailuresInARow = 1,
            Problem = ProblemCode.Unreachable,
        });
        var held = await ConnectAsync(columns => columns with
        {
            DisplayName = word + " d",
            OverdueAt = past,
            Status = AccountStatus.Held,
            Problem = ProblemCode.DeletionGuard,
        });
        var failing = await ConnectAsync(columns => columns with
        {
            DisplayName = word + " e",
            Status = AccountStatus.Failing,
            Problem = ProblemCode.Unreachable,
            FailuresInARow = 3,
        });
        var query = new AccountQuery(Query: word);

        Assert.Equal(
            ["d held", "b failing", "c failing", "e failing", "a active"],
            (await Accounts.BrowseAsync(query, 0, 10)).Select(Shown));
        Assert.Equal(
            [(AccountStatus.Active, 1), (AccountStatus.Failing, 3), (AccountStatus.Held, 1)],
            (await Accounts.CountAsync(query)).OrderBy(pair => pair.Key).Select(pair => (pair.Key, pair.Value)));
        Assert.Equal([overdue.AccountId], await FoundAsync(query with { Problem = ProblemCode.Overdue }));
        Assert.Equal(InOrder(failed, failing), await FoundAsync(query with { Problem = ProblemCode.Unreachable }));
        Assert.Equal(InOrder(overdue, failed, failing), await FoundAsync(query with { Status = AccountStatus.Failing }));
        Assert.Equal([held.AccountId], await FoundAsync(query with { Problem = ProblemCode.DeletionGuard }));

        static string Shown(DirectoryEntry entry) => $"{entry.DisplayName[^1]} {entry.Status.ToString().ToLowerInvariant()}";

        static IEnumerable<string> InOrder(params AccountRow[] rows) => rows.Select(row => row.AccountId).Order(StringComparer.Ordinal);

        async Task<IEnumerable<string>> FoundAsync(AccountQuery wanted) =>
            (await Accounts.PageAsync(wanted, null, 10)).Select(entry => entry.AccountId);
    }

    [Fact]
    public async Task Accounts_OfAPortal_AreFoundByItsKey()
    {
        var portal = NewAccountId() + ".example.com";
        var second = await ConnectAsync(columns => columns with { PortalKey = portal });
        var first = await ConnectAsync(columns => columns with { PortalKey = portal });
        await ConnectAsync();

        Assert.Equal(new[] { first.AccountId, second.AccountId }.Order(StringComparer.Ordinal), await Accounts.OfPortalAsync(portal));
    }

    [Fact]
    public async Task Due_AreAccountsWithWorkOverdueOrBeingErased()
    {
        // Before what other tests have: all accounts are looked at.
        var now = new DateTimeOffset(2020, 1, 1, 0, 0, 0, TimeSpan.Zero);
        var due = new List<string>
        {
            (await ConnectAsync(columns => columns with { NextRunAt = now })).AccountId,
            (await ConnectAsync(columns => columns with { IsBeingErased = true })).AccountId,
            (await ConnectAsync(columns => columns with { HasWork = true })).AccountId,
            (await ConnectAsync(columns => columns with { NextRunAt = now.AddMilliseconds(-500) })).AccountId,
        };
        var later = await ConnectAsync(columns => columns with { NextRunAt = now.AddMilliseconds(1) });
        var never = await ConnectAsync();
        var (found, after) = (new List<string>(), default(string));
        while (await Accounts.DueAsync(now, after, 2) is { Length: > 0 } page)
        {
            found.AddRange(page);
            after = page[^1];
        }

        Assert.Equal(found.Order(StringComparer.Ordinal).Distinct(), found);
        Assert.Empty(due.Except(found));
        Assert.DoesNotContain(later.AccountId, found);
        Assert.DoesNotContain(never.AccountId, found);
    }

    [Fact]
    public async Task Unfinished_PagesThroughAccountsWithWorkLeft()
    {
        var now = new DateTimeOffset(2020, 1, 1, 0, 0, 0, TimeSpan.Zero);
        string[] unfinished =
        [
            (await ConnectAsync(columns => columns with { IsBeingErased = true })).AccountId,
            (await ConnectAsync(columns => columns with { HasWork = true })).AccountId,
            (await ConnectAsync(columns => columns with { HasWork = true, NextRunAt = now })).AccountId,
        ];
        var due = await ConnectAsync(columns => columns with { NextRunAt = now });
        var (found, after) = (new List<string>(), default(string));
        while (await Accounts.UnfinishedAsync(after, 2) is { Length: > 0 } page)
        {
            found.AddRange(page);
            after = page[^1];
        }

        Assert.Equal(found.Order(StringComparer.Ordinal).Distinct(), found);
        Assert.Empty(unfinished.Except(found));
        Assert.DoesNotContain(due.AccountId, found);
    }

    [Fact]
    public async Task LongestWaiting_IsTheAccountWhoseLastRunIsLongestAgo()
    {
        // Before what other tests have: all accounts are looked at.
        var longAgo = new DateTimeOffset(2010, 1, 1, 0, 0, 0, TimeSpan.Zero);
        await ConnectAsync(columns => columns with { LastRunAt = longAgo, Status = AccountStatus.Paused });
        await ConnectAsync(columns => columns with { LastRunAt = longAgo, Status = AccountStatus.ActionRequired });
        await ConnectAsync(columns => columns with { LastRunAt = longAgo, IsBeingErased = true });
        var second = await ConnectAsync(columns => columns with { LastRunAt = longAgo.AddSeconds(2) });
        var first = await ConnectAsync(
            columns => columns with { LastRunAt = longAgo.AddSeconds(1), Status = AccountStatus.Held, DisplayName = "Первый" });

        Assert.Null(await Accounts.LongestWaitingAsync(longAgo.AddSeconds(1)));
        Assert.Equal(
            new OverdueAccount(first.AccountId, "Первый", longAgo.AddSeconds(1)),
            await Accounts.LongestWaitingAsync(longAgo.AddSeconds(3)));
        await RewriteAsync(first, columns => columns with { LastRunAt = Start });
        Assert.Equal(second.AccountId, (await Accounts.LongestWaitingAsync(longAgo.AddSeconds(3)))!.AccountId);
        await RewriteAsync(second, columns => columns with { LastRunAt = Start });
    }

    [Fact]
    public async Task Erasure_LeavesNothing()
    {
        var account = await FullAsync();
        var other = await FullAsync();

        await Accounts.EraseAsync(account.AccountId);

        Assert.Empty(await LeftOverAsync(account.AccountId));
        Assert.NotNull(await Accounts.ReadAsync(account.AccountId));
        await FillAsync(account, 2);
        await Accounts.EraseRowAsync(account.AccountId);
        Assert.Empty(await LeftOverAsync(account.AccountId));
        Assert.Null(await Accounts.ReadAsync(account.AccountId));
        Assert.Equal(TablesOfAccounts, (await LeftOverAsync(other.AccountId)).Select(left => left.Table));
    }

    [Fact]
    public async Task Erasure_WhileOthersWrite_LeavesNothing()
    {
        for (var round = 0; round < 10; round++)
        {
            var account = await ConnectAsync();
            var known = Enumerable.Range(1, 20).Select(id => User(id)).ToArray();
            await AddAsync(account, known);

            var later = known.Select(row => Users.WriteAsync(
                Next(account.AccountId, row, row with { Entries = 1 }) with
                {
                    History = [History("r")],
                    Run = 1,
                    Changes = [Change(row.UserId)],
                }));
            var first = Enumerable.Range(21, 20).Select(id => Users.WriteAsync(First(account.AccountId, User(id))));
            var trail = Enumerable.Range(0, 5).Select(_ => Audit.AppendAsync(account.AccountId, Entry("x", Start)));
            var erasure = Accounts.EraseRowAsync(account.AccountId);
            await Task.WhenAll([.. later, .. first, .. trail, erasure]);

            Assert.Empty(await LeftOverAsync(account.AccountId));
        }
    }

    private async Task<AccountRow> FullAsync()
    {
        var account = await ConnectAsync();
        return await FillAsync(account, 1);
    }

    private async Task<AccountRow> FillAsync(AccountRow account, long number)
    {
        var filled = await CloseAsync(account, Run(account, number) with { Begun = [Change(1)], Own = [Change(2)] });
        Assert.True(await Users.WriteAsync(First(account.AccountId, Imported(1) with { Entries = 1 }) with
        {
            History = [History("r")],
            Run = number,
            Changes = [Change(3)],
        }));
        await Users.ExcludeAsync(account.AccountId, [1], []);
        await Audit.AppendAsync(account.AccountId, Entry("account.connected", Start));
        Assert.Equal(AddKeyOutcome.Added, await Keys.AddAsync(account.AccountId, Key("k"), Start, 10));
        return filled;
    }
}
