using OrleansSync.Grains.Interfaces;
using OrleansSync.Grains.Interfaces.Employees;
using OrleansSync.Grains.Interfaces.Responsible;
using OrleansSync.Grains.Interfaces.Rows;

namespace OrleansSync.Storage.Tests.Rows;

public abstract partial class UserRowsConformance
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
        await AddAsync(account, User(12), User(123) with { Outcome = EmployeeOutcome.Skipped, Email = "Почта@example.com" }, User(
            3, "Name with 12"));

        Assert.Equal([123L], await IdsAsync(new EmployeeQuery(null, 10, EmployeeOutcome.Skipped, null)));
        Assert.Equal([3L, 12L], await IdsAsync(new EmployeeQuery(null, 10, null, " 12 ")));
        Assert.Equal([123L], await IdsAsync(new EmployeeQuery(null, 10, null, "почта@EXAMPLE")));
        Assert.Equal([3L, 12L, 123L], await IdsAsync(new EmployeeQuery(null, 10, null, "  ")));
        Assert.Empty(await IdsAsync(new EmployeeQuery(null, 10, null, "012")));
        Assert.Empty(await IdsAsync(new EmployeeQuery(null, 10, EmployeeOutcome.Deleted, "12")));

        async Task<IEnumerable<long>> IdsAsync(EmployeeQuery query) =>
            (await Users.PageAsync(account.AccountId, query)).Items.Select(row => row.BitrixUserId);
    }

    [Theory]
    [InlineData(2, "4")]
    [InlineData(3, null)]
    [InlineData(4, null)]
    public async Task Page_WithItsLimitAroundTheNumberOfUsers_HasANextOnlyIfThereIsOne(int limit, string? next)
    {
        var account = await ConnectAsync();
        await AddAsync(account, User(30), User(4), User(1));

        var page = await Users.PageAsync(account.AccountId, new EmployeeQuery(null, limit, null, null));

        Assert.Equal(new long[] { 1, 4, 30 }.Take(limit), page.Items.Select(row => row.BitrixUserId));
        Assert.Equal(next, page.Next);
    }

    [Theory]
    [InlineData("1", new long[] { 4 })]
    [InlineData("2", new long[] { 4 })]
    [InlineData("4", new long[0])]
    [InlineData("5", new long[0])]
    [InlineData("no number", new long[] { 1, 4 })]
    [InlineData("-1", new long[] { 1, 4 })]
    public async Task Page_WithACursor_BeginsBehindIt(string cursor, long[] expected)
    {
        var account = await ConnectAsync();
        await AddAsync(account, User(1), User(4));

        var page = await Users.PageAsync(account.AccountId, new EmployeeQuery(cursor, 10, null, null));

        Assert.Equal(expected, page.Items.Select(row => row.BitrixUserId));
        Assert.Null(page.Next);
    }

    [Fact]
    public async Task Page_ByOutcomeAndName_GoesOnBehindItsCursor()
    {
        var (account, other) = (await ConnectAsync(), await ConnectAsync());
        var skipped = User(0, "Bob") with { Outcome = EmployeeOutcome.Skipped };
        await AddAsync(account, skipped with { UserId = 1 }, User(2, "Bob"), skipped with { UserId = 3, Name = "Ann" });
        await AddAsync(account, skipped with { UserId = 4 }, skipped with { UserId = 5 }, User(6, "Bob"));
        await AddAsync(other, skipped with { UserId = 2 });
        var query = new EmployeeQuery(null, 2, EmployeeOutcome.Skipped, "bob");

        var first = await Users.PageAsync(account.AccountId, query);
        var last = await Users.PageAsync(account.AccountId, query with { Cursor = first.Next });

        Assert.Equal([1L, 4L], first.Items.Select(row => row.BitrixUserId));
        Assert.Equal("4", first.Next);
        Assert.Equal([5L], last.Items.Select(row => row.BitrixUserId));
        Assert.Null(last.Next);
    }

    [Fact]
    [Trait("Rule", "R3.1")]
    public async Task CreatedOrLinked_BeforeTheLastRunThatDecidedOnEverybody_IsShownAsMatched()
    {
        var account = await ConnectAsync(columns => columns with { DecidedRun = 3 });
        var reason = new Problem(ProblemCode.PhoneRejected, "Why.");
        await AddAsync(
            account,
            User(1) with { Outcome = EmployeeOutcome.Created, Reason = reason, Run = 1 },
            User(2) with { Outcome = EmployeeOutcome.Linked, Run = 2 },
            User(3) with { Outcome = EmployeeOutcome.Created, Reason = reason, Run = 3 },
            User(4) with { Outcome = EmployeeOutcome.Skipped, Reason = reason, Run = 1 });

        var matched = await Users.PageAsync(account.AccountId, new EmployeeQuery(null, 10, EmployeeOutcome.Matched, null));
        var created = await Users.PageAsync(account.AccountId, new EmployeeQuery(null, 10, EmployeeOutcome.Created, null));
        var refused = await Users.BrowseAsync(account.AccountId, _everybody with { Reason = ProblemCode.PhoneRejected });

        Assert.Equal([(1L, null), (2L, null)], matched.Items.Select(row => (row.BitrixUserId, row.Reason)));
        Assert.Equal([(3L, reason.Code)], created.Items.Select(row => (row.BitrixUserId, row.Reason!.Code)));
        Assert.Equal(EmployeeOutcome.Matched, (await Users.FindAsync(account.AccountId, 1))!.Outcome);
        Assert.Equal([3L, 4L], refused.Rows.Select(row => row.BitrixUserId));
        Assert.Equal(
            [
                new(EmployeeOutcome.Matched, null, 2), new(EmployeeOutcome.Created, ProblemCode.PhoneRejected, 1),
                new(EmployeeOutcome.Skipped, ProblemCode.PhoneRejected, 1),
            ],
            refused.Tallies.OrderBy(tally => tally.Outcome != EmployeeOutcome.Matched).ThenBy(
                tally => tally.Outcome != EmployeeOutcome.Created));
    }

    [Fact]
    public async Task Stretch_BehindTheLastUser_HasNobodyAndStillTheirNumber()
    {
        var account = await MixedAsync();

        var behind = await Users.BrowseAsync(account.AccountId, _everybody with { Skip = 6 });
        var named = await Users.BrowseAsync(account.AccountId, _everybody with { Skip = 1, Query = "bob" });

        Assert.Equal((0, 6), (behind.Rows.Length, behind.Matching));
        Assert.Equal((0, 1), (named.Rows.Length, named.Matching));
    }

    [Theory]
    [InlineData(EmployeeOrder.Id, "1,2,3,4,5", "5,4,3,2,1")]
    [InlineData(EmployeeOrder.Name, "4,2,3,5,1", "1,5,3,2,4")]
    [InlineData(EmployeeOrder.Email, "4,2,1,3,5", "1,2,4,3,5")]
    [InlineData(EmployeeOrder.Outcome, "4,3,2,5,1", "1,5,2,3,4")]
    [InlineData(EmployeeOrder.LinkedAt, "4,3,1,2,5", "3,4,1,2,5")]
    [InlineData(EmployeeOrder.CallGearId, "3,4,1,2,5", "4,3,1,2,5")]
    public async Task Stretch_IsSortedAsItIsAskedFor(EmployeeOrder order, string rising, string falling)
    {
        var account = await ConnectAsync(columns => columns with { DecidedRun = 2 });
        await AddAsync(
            account,
            User(1, "яна") with { Email = "яна@example.com", Outcome = EmployeeOutcome.Deleted },
            User(2, "ann") with { Email = "Bob@example.com", Outcome = EmployeeOutcome.Skipped },
            User(3, "Bob!") with { Outcome = EmployeeOutcome.Created, Run = 2, Link = LinkTo(7, Start.AddMilliseconds(123)) },
            User(4, "ann") with { Email = "amy@example.com", Outcome = EmployeeOutcome.Created, Run = 1, Link = LinkTo(9, Start) },
            User(5, "Ян") with { Outcome = EmployeeOutcome.Failed });

        Assert.Equal(rising, await IdsAsync(_everybody with { Order = order }));
        Assert.Equal(falling, await IdsAsync(_everybody with { Order = order, IsDescending = true }));

        static EmployeeLink LinkTo(long employeeId, DateTimeOffset at) => new(employeeId, "a@example.com", LinkOrigin.Created, at);

        async Task<string> IdsAsync(EmployeeStretch stretch) =>
            string.Join(',', (await Users.BrowseAsync(account.AccountId, stretch)).Rows.Select(row => row.BitrixUserId));
    }

    [Fact]
    public async Task FindEverywhere_ByAddressOrId_HasTheUsersOfAllAccounts()
    {
        var mail = "Почта" + NewAccountId() + "@Example.com";
        var (one, other) = (await ConnectAsync(columns => columns with { DisplayName = "One" }),
            await ConnectAsync(columns => columns with { DisplayName = "two" }));
        await AddAsync(one, User(900_001, "Anne\nMarie") with { Email = mail }, Imported(900_002) with { Email = "x" + mail });
        await AddAsync(other, User(901_002) with { Email = mail.ToUpperInvariant() }, User(900_001), User(5) with { Email = null });
        await AddAsync(
            await ConnectAsync(columns => columns with { IsBeingErased = true }), User(900_001) with { Email = mail });

        var byMail = await Users.FindEverywhereAsync($" {mail.ToLowerInvariant()} ");
        var byId = await Users.FindEverywhereAsync("900001");
        var byEither = await Users.FindEverywhereAsync("901002");

        Assert.Equal([(one.AccountId, 900_001L), (other.AccountId, 901_002L)], Found(byMail));
        Assert.Equal(("One", "Anne\nMarie", mail), (byMail[0].DisplayName, byMail[0].Row.Name, byMail[0].Row.Email));
        Assert.Equal([(one.AccountId, 900_001L), (other.AccountId, 900_001L)], Found(byId));
        Assert.Equal([(one.AccountId, 900_002L), (other.AccountId, 901_002L)], Found(byEither));
        Assert.Empty(await Users.FindEverywhereAsync(mail[..^1]));
        Assert.Empty(await Users.FindEverywhereAsync(string.Empty));

        IEnumerable<(string, long)> Found(IEnumerable<AccountUser> users) =>
            users.Select(user => (user.AccountId, user.Row.BitrixUserId));
    }

    /// <summary>An index takes some 2,700 bytes of text.</summary>
    [Fact]
    public async Task Address_OfAnyLength_IsStoredAndFoundByNobody()
    {
        var account = await ConnectAsync();
        var mail = string.Concat(Enumerable.Range(0, 2_000).Select(number => $"{number:x}")) + account.AccountId;
        await AddAsync(account, User(1) with { Email = mail });

        Assert.Equal(mail, (await Users.FindAsync(account.AccountId, 1))!.Email);
        Assert.Empty(await Users.FindEverywhereAsync(mail));
    }

    [Fact]
    public async Task Responsible_AreThoseThatAreListedImportedAndNotExcluded()
    {
        var account = await MixedAsync();

        Assert.Equal(
            [new ResponsibleEmployee(1, 1001, "Ann Lee"), new ResponsibleEmployee(2, 1002, "Bob")],
            await Users.ResponsibleAsync(account.AccountId));
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
            new(EmployeeOutcome.Matched, null, 3), new(EmployeeOutcome.Skipped, ProblemCode.MissingEmail, 1),
            new(EmployeeOutcome.Skipped, ProblemCode.RecreationGuard, 1),
            new(EmployeeOutcome.Deleted, null, 1),
        ];
        Assert.Equal(tallies, all.Tallies);
        var skipped = await Users.BrowseAsync(
            account.AccountId, _everybody with { Outcome = EmployeeOutcome.Skipped, Reason = ProblemCode.MissingEmail });
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
        await Fixture.ExecuteAsync($"UPDATE employee SET outcome = 'Nonsense' WHERE account_id = '{account.AccountId}' AND user_id = 2");
        await Fixture.ExecuteAsync($"UPDATE employee SET reason = '{{' WHERE account_id = '{account.AccountId}' AND user_id = 3");
        await Fixture.ExecuteAsync(
            $"UPDATE employee SET intent = '{{\"email\":1}}' WHERE account_id = '{account.AccountId}' AND user_id = 4");
        await Fixture.ExecuteAsync($"UPDATE employee SET linked_at = NULL WHERE account_id = '{account.AccountId}' AND user_id = 5");

        var snapshot = await Accounts.WakeAsync(account.AccountId);

        Assert.Equal([1L], snapshot!.Users.Select(user => user.UserId));
        Assert.Equal([2L, 3L, 4L, 5L], snapshot.Unreadable);
        var refusal = await Assert.ThrowsAsync<UnreadableRowException>(() => Users.ReadAsync(account.AccountId, 3));
        Assert.StartsWith("The row of user 3", refusal.Message, StringComparison.Ordinal);
        Assert.Equal(
            [1L, 2L, 3L, 4L, 5L],
            (await Users.PageAsync(account.AccountId, new EmployeeQuery(null, 10, null, null))).Items.Select(row => row.BitrixUserId));
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
            Imported(4) with
            {
                IsListed = false,
                Outcome = EmployeeOutcome.Skipped,
                Reason = new Problem(ProblemCode.RecreationGuard, "Why."),
            },
            Imported(5) with { Outcome = EmployeeOutcome.Deleted },
            User(6) with { Outcome = EmployeeOutcome.Skipped, Reason = new Problem(ProblemCode.MissingEmail, "Why.") });
        await Users.ExcludeAsync(account.AccountId, [3, 5], []);
        return account;
    }
}
