using OrleansSync.Grains.Interfaces.Accounts;
using OrleansSync.Grains.Interfaces.Rows;
using OrleansSync.Grains.Interfaces.Runs;

namespace OrleansSync.Storage.Tests.Rows;

/// <summary>How lists of accounts are sorted, and what they show of each, on any engine.</summary>
public abstract class AccountListConformance(StorageFixture fixture) : RowConformance(fixture)
{
    [Theory]
    [InlineData(AccountOrder.Urgency, "cbda", "dabc")]
    [InlineData(AccountOrder.Name, "dbca", "acbd")]
    [InlineData(AccountOrder.Id, "abcd", "dcba")]
    [InlineData(AccountOrder.Imported, "dbca", "acdb")]
    [InlineData(AccountOrder.NotImported, "dcba", "badc")]
    [InlineData(AccountOrder.LastSuccess, "bcda", "cbda")]
    public async Task Stretch_IsSortedAsItIsAskedFor(AccountOrder order, string rising, string falling)
    {
        var word = NewAccountId();
        await AddAsync('a', " Яна", columns => columns with { Imported = 20, NotImported = 7, Status = AccountStatus.Paused });
        await AddAsync('b', " bob", columns => columns with
        {
            Imported = 3,
            NotImported = 7,
            LastSuccessAt = Start,
            Status = AccountStatus.Active,
            OverdueAt = Start,
        });
        await AddAsync('c', " Bob!", columns => columns with
        {
            Imported = 12,
            NotImported = 1,
            LastSuccessAt = Start.AddSeconds(1),
            Status = AccountStatus.Held,
        });
        await AddAsync('d', " ann", columns => columns with { Imported = 3, NotImported = 1, Status = AccountStatus.Paused });
        var query = new AccountQuery(Query: word) { Order = order };

        Assert.Equal(rising, await ShownAsync(query));
        Assert.Equal(falling, await ShownAsync(query with { IsDescending = true }));

        Task AddAsync(char id, string name, Func<AccountColumns, AccountColumns> columns) => Accounts.WriteAsync(new AccountWrite
        {
            Row = AccountRow($"{word}.{id}", given => columns(given with { DisplayName = word + name })),
        });

        async Task<string> ShownAsync(AccountQuery wanted) =>
            string.Concat((await Accounts.BrowseAsync(wanted, 0, 10)).Select(entry => entry.AccountId[^1]));
    }

    [Fact]
    public async Task Entry_HasTheCountsAndTheLastSuccess()
    {
        var account = await ConnectAsync(columns => columns with { Imported = 5, NotImported = 2, LastSuccessAt = Start });

        var entry = Assert.Single(await Accounts.PageAsync(new AccountQuery(Query: account.AccountId), null, 10));

        Assert.Equal((5, 2, Start), (entry.Imported, entry.NotImported, entry.LastSuccessAt));
        Assert.Equal((5, 2), ((await Accounts.ReadAsync(account.AccountId))!.Columns.Imported, account.Columns.NotImported));
    }

    [Fact]
    public async Task RecentRuns_OfSeveralAccounts_AreTheLastOfEachThatWereNoPreviews()
    {
        var (many, few, none) = (await ConnectAsync(), await ConnectAsync(), await ConnectAsync());
        for (var number = 1; number <= 6; number++)
        {
            many = await EndAsync(many, number, isPreview: number is 3 or 6, created: number);
        }

        few = await EndAsync(few, 1, isPreview: true, created: 9);
        few = await EndAsync(few, 2, isPreview: false, created: 0);
        await EndAsync(await ConnectAsync(), 1, isPreview: false, created: 1);

        var recent = await Runs.RecentAsync([none.AccountId, many.AccountId, few.AccountId, "not-there"], 3);

        Assert.Equal(2, recent.Count);
        Assert.Equal([Mark(5), Mark(4), Mark(2)], recent[many.AccountId]);
        Assert.Equal([1], recent[few.AccountId].Select(run => run.Changes));
        Assert.Empty(await Runs.RecentAsync([], 3));

        static RunMark Mark(int number) => new(Start.AddMinutes(number), RunStatus.CompletedWithErrors, number + 1);
    }

    private Task<AccountRow> EndAsync(AccountRow account, int number, bool isPreview, int created)
    {
        var run = Run(account, number);
        return CloseAsync(account, run with
        {
            Summary = run.Summary with
            {
                DryRun = isPreview,
                Status = RunStatus.CompletedWithErrors,
                Counts = new RunCounts { Users = 50, Skipped = 7, Matched = 30, Created = created, Failed = 1 },
            },
        });
    }
}
