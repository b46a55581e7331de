using System.Net;
using System.Text.RegularExpressions;
using OrleansSync.Api.Tests.Hosting;
using OrleansSync.Grains.Interfaces.Accounts;
using OrleansSync.Grains.Interfaces.Activity;
using OrleansSync.Grains.Interfaces.Rows;
using OrleansSync.Grains.Interfaces.Runs;

namespace OrleansSync.Api.Tests.Web;

/// <summary>The pages about all accounts: what they show, and that they ask for no more than that.</summary>
public sealed class OperatorPagesTests(SharedApi shared) : IClassFixture<SharedApi>, IAsyncLifetime
{
    private readonly TestApi _api = shared.Api;
    private PageVisitor _visitor = null!;

    public async ValueTask InitializeAsync()
    {
        _api.Grains.Reset();
        _visitor = new PageVisitor(_api);
        await _visitor.SignInAsync(TestApi.AdminKey);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task Accounts_MoreThanAPage_ShowsThatPageAndTheNumberOfEachStatus()
    {
        Connect(count: 26);
        _api.Grains.Directory.Entries["a25"] = _api.Grains.Directory.Entries["a25"] with { Status = AccountStatus.Held };

        var first = await TextAsync("/accounts");
        var last = await TextAsync("/accounts?page=9");

        Assert.Contains("aria-current=\"true\">All <span class=\"count\">26</span>", first, StringComparison.Ordinal);
        Assert.Contains("\"accounts/a25\"", first, StringComparison.Ordinal);
        Assert.DoesNotContain("\"accounts/a24\"", first, StringComparison.Ordinal);
        Assert.Contains("1–25 of 26", first, StringComparison.Ordinal);
        Assert.Contains("26–26 of 26", last, StringComparison.Ordinal);
        Assert.Contains("\"accounts/a24\"", last, StringComparison.Ordinal);
        Assert.DoesNotContain("\"accounts/a00\"", last, StringComparison.Ordinal);
        Assert.All(_api.Grains.Directory.Asked, asked => Assert.Equal(25, asked.Most));
    }

    [Fact]
    public async Task Accounts_OfOneStatus_ShowsThoseAndCountsAll()
    {
        Connect(count: 3);
        _api.Grains.Directory.Entries["a01"] = _api.Grains.Directory.Entries["a01"] with { Status = AccountStatus.Paused };

        var text = await TextAsync("/accounts?status=paused");

        Assert.Contains("\"accounts/a01\"", text, StringComparison.Ordinal);
        Assert.DoesNotContain("\"accounts/a00\"", text, StringComparison.Ordinal);
        Assert.Contains("All <span class=\"count\">3</span>", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Accounts_Sorted_AskForTheOrderAndTurnItRoundAtTheNextPress()
    {
        Connect(count: 1);

        var text = await TextAsync("/accounts?sort=-notImported&query=a0");

        Assert.True(_api.Grains.Directory.Asked.TryPeek(out var asked));
        Assert.Equal((AccountOrder.NotImported, true, "a0"), (asked.Query.Order, asked.Query.IsDescending, asked.Query.Query));
        Assert.Contains("aria-sort=\"descending\"", text, StringComparison.Ordinal);
        Assert.Contains("accounts?query=a0&sort=notImported\"", text, StringComparison.Ordinal);
        Assert.Contains("accounts?query=a0&sort=name\"", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Accounts_WithRuns_TellOfTheLastOnesInWords()
    {
        Connect(count: 2);
        var now = _api.Time.GetUtcNow();
        _api.Grains.Directory.Marks["a00"] =
        [
            new(now, RunStatus.Failed, 0), new(now.AddMinutes(-30), RunStatus.Succeeded, 4), new(now.AddHours(-1), RunStatus.Succeeded, 0),
        ];

        var text = await TextAsync("/accounts");

        Assert.Contains("aria-label=\"Last 3 imports: 1 failed\"", text, StringComparison.Ordinal);
        Assert.Single(Regex.Matches(text, "class=\"spark\""));
    }

    [Fact]
    public async Task Search_FindsAccountsAndPeopleOfAllAccounts()
    {
        Connect(count: 2);
        _api.Grains.Directory.Users["lee@example.com"] = [new("a01", "Account 1", Samples.Employee())];

        var people = await TextAsync("/search?query=%20lee@example.com%20");
        var accounts = await TextAsync("/search?query=a00");
        var nothing = await TextAsync("/search?query=zzz");

        Assert.Contains($"\"accounts/a01/employees?user={Samples.Employee().BitrixUserId}\"", people, StringComparison.Ordinal);
        Assert.Contains("\"accounts/a00\"", accounts, StringComparison.Ordinal);
        Assert.DoesNotContain("\"accounts/a01\"", accounts, StringComparison.Ordinal);
        Assert.Contains("No results for “zzz”", nothing, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Operation_ShowsTheLastDayAndWhoWaitsLongest()
    {
        Connect(count: 2);
        var now = _api.Time.GetUtcNow();
        _api.Grains.Directory.Activity = ActivityFiguresTests.Report(
            part => part with
            {
                Runs = 1_200,
                Failed = new FailedRuns(NoAnswer: 4, Refused: 3),
                Calls = new RunCalls(31, 4_032),
                Refusals = new RunCalls(1, 2),
                Wait = new RunWait(TimeSpan.FromSeconds(0.8), TimeSpan.FromSeconds(2.1)),
            },
            part => part with { Runs = 5, Calls = new RunCalls(1, 1) });
        _api.Grains.Directory.Waiting = new OverdueAccount("a01", "Late & Slow", now.AddHours(-2));

        var text = await TextAsync("/operation");

        string[] shown =
        [
            "aria-label=\"Imports per minute: 1,205 imports in 24 hours\"", "<span>150</span>", "<td class=\"num\">80.0</td>",
            "aria-label=\"Failed imports by cause: 7 failed, 0.6\u00a0%\"", "<th scope=\"col\" class=\"num\">Rate limit</th>",
            "aria-label=\"Wait before an import starts: 95\u00a0% within 2.1 s\"", "<span>2 s</span>", "<td class=\"num\">0.8 s</td>",
            "<b>CallGear</b>", "<span>4,033</span>", "<span>2</span>",
            "Some accounts are overdue", "<a href=\"accounts/a01\">Late & Slow</a>",
        ];
        Assert.All(shown, part => Assert.Contains(part, text, StringComparison.Ordinal));
        Assert.Equal(3, Regex.Count(text, "Show as a table"));
        Assert.DoesNotContain("are missing here", text, StringComparison.Ordinal);

        Assert.Equal(ActivityRange.Day, _api.Grains.Directory.LastRange);
        Assert.Equal(now.AddMinutes(-45), _api.Grains.Directory.LastBefore);
        Assert.DoesNotContain(_api.Grains.Touched, key => key.StartsWith("account/", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("", ActivityRange.Day, "operation")]
    [InlineData("?range=century", ActivityRange.Day, "operation")]
    [InlineData("?range=hour", ActivityRange.Hour, "operation?range=hour")]
    [InlineData("?range=week", ActivityRange.Week, "operation?range=week")]
    public async Task Operation_OfAnotherRange_IsAnAddressOfItsOwn(string query, ActivityRange range, string current)
    {
        var text = await TextAsync("/operation" + query);

        Assert.Equal(range, _api.Grains.Directory.LastRange);
        Assert.Equal(
            ["operation?range=hour", "operation", "operation?range=week"],
            Regex.Matches(text, "<a href=\"(operation[^\"]*)\"(?: aria-current=\"true\")?>\\d+ (?:hours?|days)")
                .Select(link => link.Groups[1].Value));
        Assert.Single(Regex.Matches(text, $"<a href=\"{Regex.Escape(current)}\" aria-current=\"true\">"));
    }

    [Fact]
    public async Task Operation_WithoutARun_DrawsAxesAndOffersNoEmptyTable()
    {
        var text = await TextAsync("/operation");

        Assert.Contains("aria-label=\"Wait before an import starts\"", text, StringComparison.Ordinal);
        Assert.Contains("Failed imports by cause: None failed", text, StringComparison.Ordinal);
        Assert.Single(Regex.Matches(text, "Show as a table"));
    }

    [Fact]
    public async Task Operation_WhoseAccountsHaveForgottenRuns_SaysFromWhenOnNoneIsMissing()
    {
        var day = ActivityFiguresTests.Report();
        _api.Grains.Directory.Activity = day with { CompleteSince = day.Span.From.AddHours(2) };
        var some = await TextAsync("/operation");
        _api.Grains.Directory.Activity = day with { CompleteSince = day.Span.From };
        var all = await TextAsync("/operation");

        Assert.Matches("that ended before <local-time datetime=\"2025-02-28T14:00:00Z\"[^>]*>[^<]*</local-time> are missing", some);
        Assert.DoesNotContain("are missing here", all, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Name_ThatTurnsItsSentenceRound_IsIsolatedOnEveryPage()
    {
        const string Shown = "\u2068\u202Eemca\u2069";
        _api.Grains.Connect("a00", "\u202Eemca");
        _api.Grains.Directory.Waiting = new OverdueAccount("a00", "\u202Eemca", _api.Time.GetUtcNow().AddHours(-2));

        Assert.Contains($"href=\"accounts/a00\"><bdi>{Shown}</bdi></a>", await TextAsync("/accounts"), StringComparison.Ordinal);
        Assert.Contains($"<bdi><a href=\"accounts/a00\">{Shown}</a></bdi>", await TextAsync("/operation"), StringComparison.Ordinal);
        var account = await TextAsync("/accounts/a00");
        Assert.Matches($"<h1>(?s:.(?!</h1>))*<bdi>{Shown}</bdi>", account);
        Assert.Contains($"<title>{Shown} –", account, StringComparison.Ordinal);
    }

    private void Connect(int count)
    {
        for (var index = 0; index < count; index++)
        {
            _api.Grains.Connect($"a{index:00}", $"Acme {index:00}");
        }
    }

    private async Task<string> TextAsync(string address)
    {
        using var answer = await _visitor.GetAsync(address);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }
}
