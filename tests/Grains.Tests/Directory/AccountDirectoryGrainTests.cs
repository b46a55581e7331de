using System.Collections.Immutable;
using OrleansSync.Grains.Interfaces;
using OrleansSync.Grains.Interfaces.Accounts;
using OrleansSync.Grains.Interfaces.Activity;
using OrleansSync.Grains.Interfaces.Directory;
using OrleansSync.Grains.Interfaces.Employees;
using OrleansSync.Grains.Interfaces.Rows;
using OrleansSync.Grains.Interfaces.Runs;
using OrleansSync.Grains.Tests.Audit;
using OrleansSync.Grains.Tests.Storage;

namespace OrleansSync.Grains.Tests.Directory;

/// <summary>What is asked of all accounts together: each test has a database of its own.</summary>
public sealed class AccountDirectoryGrainTests : IAsyncLifetime
{
    private readonly TrailCluster _cluster = new();

    private IAccountDirectoryGrain Directory => _cluster.Directory;

    public ValueTask InitializeAsync() => _cluster.InitializeAsync();

    public ValueTask DisposeAsync() => _cluster.DisposeAsync();

    [Fact]
    public async Task Page_ByPage_ShowsEveryAccountOnceInOrdinalOrder()
    {
        string[] ids = ["z", "a.b", "a-b", "a_b", "0", "a0", "b", "acme", "a"];
        await ConnectAsync(ids);
        await _cluster.ConnectAsync("erased", columns => columns with { IsBeingErased = true });

        var seen = new List<string>();
        ImmutableArray<DirectoryEntry> page;
        do
        {
            page = await Directory.PageAsync(new AccountQuery(), seen.LastOrDefault(), 2);
            seen.AddRange(page.Select(entry => entry.AccountId));
        }
        while (page.Length == 2);

        Assert.Equal(ids.Order(StringComparer.Ordinal), seen);
    }

    [Fact]
    public async Task Entry_OfAnAccount_IsWhatItsRowSays()
    {
        await _cluster.ConnectAsync(
            "acme", columns => columns with { DisplayName = "Acme", Status = AccountStatus.Held, PortalKey = "shared.example" });

        var page = await Directory.PageAsync(new AccountQuery(), null, 10);

        Assert.Equal([new DirectoryEntry("acme", "Acme", AccountStatus.Held, "shared.example")], page);
    }

    [Theory]
    [InlineData(AccountStatus.Held, null, null, "b")]
    [InlineData(null, ProblemCode.CallGearBlocked, null, "b")]
    [InlineData(null, null, "WIDGET", "c")]
    [InlineData(null, null, "виджет", "d")]
    [InlineData(null, null, "b", "b")]
    [InlineData(null, null, "100%", "e")]
    [InlineData(null, null, "_", "")]
    [InlineData(AccountStatus.Held, null, "widget", "")]
    [InlineData(null, null, null, "a,b,c,d,e")]
    public async Task Page_Filtered_ShowsThoseThatMatch(AccountStatus? status, ProblemCode? problem, string? text, string expected)
    {
        await ConnectAsync("a");
        await _cluster.ConnectAsync(
            "b", columns => columns with { DisplayName = "Other", Status = AccountStatus.Held, Problem = ProblemCode.CallGearBlocked });
        await _cluster.ConnectAsync("c", columns => columns with { DisplayName = "The Widget Company" });
        await _cluster.ConnectAsync("d", columns => columns with { DisplayName = "ВИДЖЕТ" });
        await _cluster.ConnectAsync("e", columns => columns with { DisplayName = "100% Cotton" });

        var page = await Directory.PageAsync(new AccountQuery(status, problem, text), null, 10);

        Assert.Equal(expected, string.Join(',', page.Select(entry => entry.AccountId)));
    }

    [Fact]
    public async Task Browse_Accounts_ShowsWhatNeedsAPersonFirstThenByName()
    {
        await _cluster.ConnectAsync("1", columns => columns with { DisplayName = "beta" });
        await _cluster.ConnectAsync("2", columns => columns with { DisplayName = "Alpha" });
        await _cluster.ConnectAsync("3", columns => columns with { DisplayName = "Zeta", Status = AccountStatus.ActionRequired });
        await _cluster.ConnectAsync("4", columns => columns with { DisplayName = "Gamma", Status = AccountStatus.Held });

        Assert.Equal(["3", "4", "2", "1"], Ids(await Directory.BrowseAsync(new AccountQuery(), 0, 10)));
        Assert.Equal(["4", "2"], Ids(await Directory.BrowseAsync(new AccountQuery(), 1, 2)));
        Assert.Equal(["2", "1"], Ids(await Directory.BrowseAsync(new AccountQuery(AccountStatus.Active), 0, 10)));
    }

    [Fact]
    public async Task Browse_SortedByACount_ShowsWhatItIsSortedBy()
    {
        await _cluster.ConnectAsync("1", columns => columns with { Imported = 2, NotImported = 5, LastSuccessAt = Now });
        await _cluster.ConnectAsync("2", columns => columns with { Imported = 10 });

        var entries = await Directory.BrowseAsync(new AccountQuery { Order = AccountOrder.Imported, IsDescending = true }, 0, 10);

        Assert.Equal(["2", "1"], Ids(entries));
        Assert.Equal((2, 5, Now), (entries[1].Imported, entries[1].NotImported, entries[1].LastSuccessAt));
    }

    [Fact]
    public async Task RecentRuns_OfAPage_AreThoseOfItsAccounts()
    {
        await EndRunAsync("a", Now.AddMinutes(-5), ProblemCode.Unreachable);
        await EndRunAsync("b", Now.AddMinutes(-4));

        var recent = await Directory.RecentRunsAsync(["a", "c"], 24);

        Assert.Equal(["a"], recent.Keys);
        Assert.Equal([new RunMark(Now.AddMinutes(-5), RunStatus.Failed, 0)], recent["a"]);
    }

    [Fact]
    public async Task Count_OfAQuery_LeavesItsStatusAside()
    {
        await ConnectAsync("a1", "a2", "b");
        await _cluster.ConnectAsync("a3", columns => columns with { Status = AccountStatus.Paused });

        var counts = await Directory.CountAsync(new AccountQuery(AccountStatus.Held, Query: "a"));

        Assert.Equal((2, 1, 2), (counts[AccountStatus.Active], counts[AccountStatus.Paused], counts.Count(status => status.Value > 0)));
    }

    [Fact]
    public async Task OfPortal_SharedByAccounts_NamesThemAll()
    {
        await ConnectAsync("other");
        await _cluster.ConnectAsync("b", columns => columns with { PortalKey = "shared.example" });
        await _cluster.ConnectAsync("a", columns => columns with { PortalKey = "shared.example" });
        await _cluster.ConnectAsync("c", columns => columns with { PortalKey = "shared.example", IsBeingErased = true });

        Assert.Equal(["a", "b"], await Directory.OfPortalAsync("shared.example"));
        Assert.Empty(await Directory.OfPortalAsync("nobody.example"));
    }

    [Fact]
    public async Task FindUsers_OfAllAccounts_NamesTheirAccounts()
    {
        await _cluster.ConnectAsync("a", columns => columns with { DisplayName = "Acme" });
        await ConnectAsync("b");
        foreach (var (account, email) in new[] { ("a", "Ann@example.com"), ("b", "bob@example.com") })
        {
            var row = new UserRow { UserId = 7, Version = 1, Name = "Ann", Email = email, Outcome = EmployeeOutcome.Skipped };
            Assert.True(await _cluster.Database.Users.WriteAsync(new UserWrite { AccountId = account, Row = row }));
        }

        var found = Assert.Single(await Directory.FindUsersAsync("ann@EXAMPLE.com"));

        Assert.Equal(("a", "Acme", 7L, "Ann"), (found.AccountId, found.DisplayName, found.Row.BitrixUserId, found.Row.Name));
        Assert.Equal(["a", "b"], (await Directory.FindUsersAsync("7")).Select(user => user.AccountId));
    }

    [Fact]
    public async Task LongestWaiting_OfSeveral_IsTheOneThatWaitedLongest()
    {
        await LastRunAsync("a", minutesAgo: 50);
        await LastRunAsync("b", minutesAgo: 60, AccountStatus.Held);
        await LastRunAsync("c", minutesAgo: 10);
        await LastRunAsync("paused", minutesAgo: 90, AccountStatus.Paused);
        await LastRunAsync("refused", minutesAgo: 90, AccountStatus.ActionRequired);

        Assert.Equal(new OverdueAccount("b", "b", Now.AddMinutes(-60)), await Directory.LongestWaitingAsync(Now.AddMinutes(-45)));
        Assert.Null(await Directory.LongestWaitingAsync(Now.AddMinutes(-60)));
    }

    [Fact]
    public async Task Activity_OfAllAccounts_IsReadAnewWithTheNextMinute()
    {
        var until = ActivitySpan.Of(ActivityRange.Hour, Now).Until;
        await EndRunAsync("a", until.AddMinutes(-61));
        await EndRunAsync("b", until.AddMinutes(-10));
        await EndRunAsync("c", until.AddMinutes(-10).AddSeconds(30), ProblemCode.Bitrix24Scope);

        var hour = await Directory.ActivityAsync(ActivityRange.Hour);

        var part = Assert.Single(hour.Parts, part => part.Runs > 0);
        Assert.Equal((until.AddMinutes(-10), 2, new FailedRuns(Refused: 1)), (part.Start, part.Runs, part.Failed));
        Assert.Equal(3, (await Directory.ActivityAsync(ActivityRange.Day)).Parts.Sum(part => part.Runs));

        await EndRunAsync("d", until.AddMinutes(-1));
        Assert.Equal(2, (await Directory.ActivityAsync(ActivityRange.Hour)).Parts.Sum(part => part.Runs));
        _cluster.Time.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(3, (await Directory.ActivityAsync(ActivityRange.Hour)).Parts.Sum(part => part.Runs));
    }

    [Fact]
    public Task Reach_Always_Answers() => Directory.ReachAsync();

    private DateTimeOffset Now => _cluster.Time.GetUtcNow();

    private async Task ConnectAsync(params string[] accounts)
    {
        foreach (var account in accounts)
        {
            await _cluster.ConnectAsync(account);
        }
    }

    private Task LastRunAsync(string account, int minutesAgo, AccountStatus status = AccountStatus.Active) =>
        _cluster.ConnectAsync(account, columns => columns with { LastRunAt = Now.AddMinutes(-minutesAgo), Status = status });

    private Task EndRunAsync(string account, DateTimeOffset at, ProblemCode? error = null) => PutAccounts.PutAsync(
        _cluster.Database.Accounts,
        account,
        run: new ClosedRun
        {
            Number = 1,
            Scope = StandingScope.None,
            Summary = new RunSummary
            {
                RunId = "run-" + account,
                AccountId = account,
                Trigger = RunTrigger.Scheduled,
                Status = error is null ? RunStatus.Succeeded : RunStatus.Failed,
                RequestedAt = at,
                StartedAt = at,
                FinishedAt = at,
                Calls = new RunCalls(1, 5),
                Error = error is { } code ? new Problem(code, "Refused.") : null,
            },
        });

    private static IEnumerable<string> Ids(ImmutableArray<DirectoryEntry> entries) => entries.Select(entry => entry.AccountId);
}
