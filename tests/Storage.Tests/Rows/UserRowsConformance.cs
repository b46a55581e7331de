using OrleansSync.Grains.Interfaces;
using OrleansSync.Grains.Interfaces.Employees;
using OrleansSync.Grains.Interfaces.Rows;
using OrleansSync.Grains.Interfaces.Runs;
using OrleansSync.Storage.Rows;

namespace OrleansSync.Storage.Tests.Rows;

/// <summary>What the rows of users must do on any engine.</summary>
public abstract partial class UserRowsConformance(StorageFixture fixture) : RowConformance(fixture)
{
    [Fact]
    public async Task User_WhenWritten_IsReadBackWhole()
    {
        var account = await ConnectAsync();
        var row = Imported(7, "Ann Lee") with
        {
            Email = "Ann@example.com",
            Outcome = EmployeeOutcome.Failed,
            Reason = new Problem(ProblemCode.Rejected, "Refused “so”.") { Arguments = ["a", "b"] },
            Intent = new CreateIntent("ann@example.com", "Lee #1", Start, Start.AddMinutes(1)),
            Entries = 3,
        };
        await AddAsync(account, row);

        var read = await Users.ReadAsync(account.AccountId, 7);

        Assert.Equal(row, read);
        Assert.Equal(["a", "b"], read!.Reason!.Arguments!);
        Assert.Null(await Users.ReadAsync(account.AccountId, 8));
    }

    [Fact]
    public async Task User_WhenFirstWritesRace_OneWins()
    {
        var account = await ConnectAsync();

        var answers = await Task.WhenAll(Enumerable.Range(0, 32).Select(
            number => Task.Run(() => Users.WriteAsync(First(account.AccountId, User(1, "Name " + number))))));

        Assert.Equal(1, answers.Count(isWritten => isWritten));
        Assert.Equal($"Name {Array.IndexOf(answers, true)}", (await Users.ReadAsync(account.AccountId, 1))!.Name);
    }

    [Fact]
    public async Task User_WhenLaterWritesRace_OneWinsAndOnlyItsHistoryIsKept()
    {
        var account = await ConnectAsync();
        var row = User(1);
        await AddAsync(account, row);

        var answers = await Task.WhenAll(Enumerable.Range(0, 32).Select(number => Task.Run(
            () => Users.WriteAsync(Next(account.AccountId, row, row with { Entries = 1 }) with
            {
                History = [History("r" + number)],
                Run = 1,
                Changes = [Change(1)],
            }))));

        Assert.Equal(1, answers.Count(isWritten => isWritten));
        Assert.Equal("r" + Array.IndexOf(answers, true), Assert.Single(await Users.HistoryAsync(account.AccountId, 1)).RunId);
    }

    [Fact]
    public async Task User_WhenVersionIsStale_StaysWithAllThatBelongsToIt()
    {
        var account = await ConnectAsync();
        var first = User(1, "First");
        await AddAsync(account, first);
        Assert.True(await Users.WriteAsync(Next(account.AccountId, first, first with { Name = "Second" })));

        var answer = await Users.WriteAsync(
            Next(account.AccountId, first, first with { Name = "Third", Entries = 1 }) with
            {
                History = [History("late")],
                Run = 5,
                Changes = [Change(1)],
            });

        Assert.False(answer);
        Assert.Equal("Second", (await Users.ReadAsync(account.AccountId, 1))!.Name);
        Assert.Empty(await Users.HistoryAsync(account.AccountId, 1));
        Assert.Equal(0, await CountOfAsync("run_change", account.AccountId));
    }

    [Fact]
    public async Task User_WhenErasedAndMadeAgain_AnOldVersionDoesNotFitAndNoOldHistoryIsThere()
    {
        var account = await ConnectAsync();
        var old = User(1, "Old") with { Entries = 1 };
        Assert.True(await Users.WriteAsync(First(account.AccountId, old) with { History = [History("old")] }));

        Assert.False(await Users.WriteAsync(
            new UserWrite { AccountId = account.AccountId, Row = old, Expected = old.Version + 1, IsErased = true }));
        Assert.True(
            await Users.WriteAsync(new UserWrite { AccountId = account.AccountId, Row = old, Expected = old.Version, IsErased = true }));

        Assert.Null(await Users.ReadAsync(account.AccountId, 1));
        Assert.Equal(0, await CountOfAsync("history", account.AccountId));
        await AddAsync(account, User(1, "New"));
        Assert.False(await Users.WriteAsync(Next(account.AccountId, old, old)));
        Assert.Equal("New", (await Users.ReadAsync(account.AccountId, 1))!.Name);
    }

    [Fact]
    public async Task User_OfAnAccountThatIsNotThere_IsNotWritten()
    {
        var accountId = NewAccountId();

        Assert.False(await Users.WriteAsync(
            First(accountId, User(1) with { Entries = 1 }) with { History = [History("r")], Run = 1, Changes = [Change(1)] }));

        Assert.Empty(await LeftOverAsync(accountId));
    }

    [Fact]
    public async Task Announcement_OfNewUsers_AddsThemAll_EachWithItsGuard()
    {
        var account = await ConnectAsync();
        UserRow[] rows = [Announced(1, "Ann \u0000 \"Lee\""), Announced(2, "Иван Ёлкин") with { Email = null }, Announced(3, "李小龍")];

        Assert.True(await Users.AnnounceAsync(account.AccountId, rows));

        foreach (var row in rows)
        {
            Assert.Equal(row with { Name = StoredText.Clean(row.Name) }, await Users.ReadAsync(account.AccountId, row.UserId));
            Assert.Null(await Users.FindAsync(account.AccountId, row.UserId));
        }

        Assert.True(await Users.WriteAsync(Next(account.AccountId, rows[0], Imported(1))));
        Assert.False(await Users.WriteAsync(Next(account.AccountId, rows[0], Imported(1))));
    }

    [Fact]
    public async Task Announcement_WithAUserWhoIsThere_AddsNobody()
    {
        var account = await ConnectAsync();
        await AddAsync(account, User(2));

        Assert.False(await Users.AnnounceAsync(account.AccountId, [Announced(1), Announced(2), Announced(3)]));

        Assert.Null(await Users.ReadAsync(account.AccountId, 1));
        Assert.Null((await Users.ReadAsync(account.AccountId, 2))!.Intent);
        Assert.Null(await Users.ReadAsync(account.AccountId, 3));
    }

    [Fact]
    public async Task Announcement_OfAnAccountThatIsNotThere_AddsNobody()
    {
        var accountId = NewAccountId();

        Assert.False(await Users.AnnounceAsync(accountId, [Announced(1), Announced(2)]));

        Assert.Empty(await LeftOverAsync(accountId));
    }

    [Theory]
    [InlineData("Иван Ёлкин", "иван ёлкин")]
    [InlineData("李小龍", "小龍")]
    [InlineData("محمد علي", "محمد")]
    [InlineData("Σίσυφος", "σίσυ")]
    [InlineData("𝒜nn 🧑‍💻 Lee", "🧑‍💻 lee")]
    [InlineData("O'Brien; DROP TABLE employee --", "o'brien;")]
    [InlineData("100% _sure!", "% _SURE!")]
    public async Task User_WithANameInAnyScript_IsKeptAndFound(string name, string query)
    {
        var account = await ConnectAsync();
        await AddAsync(account, User(1, name), User(2, "Somebody Else"));

        var page = await Users.PageAsync(account.AccountId, new EmployeeQuery(null, 10, null, query));

        Assert.Equal(name, Assert.Single(page.Items).Name);
    }

    [Fact]
    public async Task User_WithTextThatNoDatabaseHolds_IsWrittenWithoutItAndHarmsNobody()
    {
        var account = await ConnectAsync();
        var bad = User(1, "A\0nn \uD800Lee") with
        {
            Email = "\uDC00@example.com",
            Reason = new Problem(ProblemCode.Rejected, "no\0 \uD83D"),
            Link = new EmployeeLink(1, "\0", LinkOrigin.Email, Start),
            Entries = 1,
        };

        var answers = await Users.WriteAsync(
            [First(account.AccountId, bad) with
            {
                History = [History("r\0") with { Note = "\0" }],
                Run = 1,
                Changes = [Change(1) with { Name = "\0\uDFFF" }],
            }, First(account.AccountId, User(2))]);

        Assert.Equal([true, true], answers);
        var read = await Users.ReadAsync(account.AccountId, 1);
        Assert.Equal(("A\uFFFDnn \uFFFDLee", "\uFFFD@example.com", "\uFFFD"), (read!.Name, read.Email, read.Link!.Email));
        Assert.Equal("no\uFFFD \uFFFD", read.Reason!.Message);
        var entry = Assert.Single(await Users.HistoryAsync(account.AccountId, 1));
        Assert.Equal(("r\uFFFD", "\uFFFD"), (entry.RunId, entry.Note));
    }

    [Fact]
    public async Task Set_WithTheSameRowTwice_WritesOneAfterTheOther()
    {
        var account = await ConnectAsync();
        var first = User(1, "First");
        var second = first with { Version = UserRow.NewVersion(), Name = "Second" };

        var answers = await Users.WriteAsync(
            [First(account.AccountId, first), new UserWrite { AccountId = account.AccountId, Row = second, Expected = first.Version },
                First(account.AccountId, first)]);

        Assert.Equal([true, true, false], answers);
        Assert.Equal("Second", (await Users.ReadAsync(account.AccountId, 1))!.Name);
    }

    [Fact]
    public async Task Set_LargerThanABatch_IsWrittenWhole()
    {
        var account = await ConnectAsync();
        await AddAsync(account, Enumerable.Range(1, 2500).Select(id => Imported(id)));

        Assert.Equal(2500, await CountOfAsync("employee", account.AccountId));
    }

    [Fact]
    public async Task Set_WithARowThatTheDatabaseRefuses_AnswersFalseForItAlone()
    {
        var account = await ConnectAsync();
        var (second, third) = (User(2, "Second"), User(3, "Third"));
        await AddAsync(account, User(1, "Only one"), second, third);
        await Fixture.ExecuteAsync("CREATE UNIQUE INDEX only_one ON employee (account_id) WHERE name = 'Only one'");
        try
        {
            var refused = Next(account.AccountId, second, second with { Name = "Only one" });

            Assert.Equal([false, true], await Users.WriteAsync([refused, Next(account.AccountId, third, third with { Name = "Changed" })]));
            await Assert.ThrowsAsync<RowRefusedException>(() => Users.WriteAsync(refused));
        }
        finally
        {
            await Fixture.ExecuteAsync("DROP INDEX only_one");
        }

        Assert.Equal("Second", (await Users.ReadAsync(account.AccountId, 2))!.Name);
        Assert.Equal("Changed", (await Users.ReadAsync(account.AccountId, 3))!.Name);
    }

    [Fact]
    public async Task History_LongerThanItsLimit_LosesTheOldest()
    {
        var account = await ConnectAsync();
        var row = User(1);
        await AddAsync(account, row, User(2));
        var number = 0;
        foreach (var entries in new[] { 60, 60, 150, 1 })
        {
            var next = row with { Version = UserRow.NewVersion(), Entries = row.Entries + entries };
            Assert.True(await Users.WriteAsync(new UserWrite
            {
                AccountId = account.AccountId,
                Row = next,
                Expected = row.Version,
                History = [.. Enumerable.Range(0, entries).Select(_ => History(RunId(++number)))],
            }));
            row = next;
        }

        var history = await Users.HistoryAsync(account.AccountId, 1);

        Assert.Equal(Enumerable.Range(172, 100).Reverse().Select(run => RunId(run)), history.Select(entry => entry.RunId));
        Assert.Equal(100, await CountOfAsync("history", account.AccountId));
    }

    [Fact]
    public async Task History_WhenWritten_IsReadBackWhole()
    {
        var account = await ConnectAsync();
        var entry = History("r") with
        {
            Fields = [new FieldChange("email", null, "новый@example.com")],
            Note = "Note",
            CallGearEmployeeId = 5,
        };
        Assert.True(await Users.WriteAsync(First(account.AccountId, User(1) with { Entries = 1 }) with { History = [entry] }));

        var read = Assert.Single(await Users.HistoryAsync(account.AccountId, 1));

        Assert.Equal(entry with { Fields = read.Fields }, read);
        Assert.Equal(entry.Fields.AsEnumerable(), read.Fields);
    }

    private static UserRow Announced(long userId, string name = "Ann Lee") => new()
    {
        UserId = userId,
        Version = UserRow.NewVersion(),
        Name = name,
        Email = "ann@example.com",
        Intent = new CreateIntent("ann@example.com", "(bitrix24) Lee", Start, Start.AddSeconds(30)),
        Run = 7,
    };
}
