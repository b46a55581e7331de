using System.Net;
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
        Connect(count: 51);
        _api.Grains.Directory.Entries["a50"] = _api.Grains.Directory.Entries["a50"] with { Status = AccountStatus.Held };

        var first = await TextAsync("/accounts");
        var last = await TextAsync("/accounts?page=9");

        Assert.Contains("aria-current=\"true\">All <strong>51</strong>", first, StringComparison.Ordinal);
        Assert.Contains("\"accounts/a50\"", first, StringComparison.Ordinal);
        Assert.DoesNotContain("\"accounts/a49\"", first, StringComparison.Ordinal);
        Assert.Contains("Page 1 of 2", first, StringComparison.Ordinal);
        Assert.Contains("\"accounts/a49\"", last, StringComparison.Ordinal);
        Assert.DoesNotContain("\"accounts/a00\"", last, StringComparison.Ordinal);
        Assert.All(_api.Grains.Directory.Asked, asked => Assert.Equal(50, asked.Most));
    }

    [Fact]
    public async Task Accounts_OfOneStatus_ShowsThoseAndCountsAll()
    {
        Connect(count: 3);
        _api.Grains.Directory.Entries["a01"] = _api.Grains.Directory.Entries["a01"] with { Status = AccountStatus.Paused };

        var text = await TextAsync("/accounts?status=paused");

        Assert.Contains("\"accounts/a01\"", text, StringComparison.Ordinal);
        Assert.DoesNotContain("\"accounts/a00\"", text, StringComparison.Ordinal);
        Assert.Contains("All <strong>3</strong>", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Overview_ShowsTheLastHourAndWhoWaitsLongest()
    {
        Connect(count: 2);
        var now = _api.Time.GetUtcNow();
        _api.Grains.Directory.Minutes =
        [
            new ActivityMinute(now.AddMinutes(-30), 1_200, 7, new RunCalls(31, 32), RunCalls.None),
            new ActivityMinute(now.AddMinutes(-1), 5, 0, new RunCalls(1, 1), new RunCalls(2, 3)),
        ];
        _api.Grains.Directory.Waiting = new OverdueAccount("a01", "Late & Slow", now.AddHours(-2));

        var text = await TextAsync("/operation");

        string[] figures = ["<dd>1.0</dd>", "<dd>1\u202f205</dd>", "<dd>7</dd>", "<dd>32 / 33</dd>", "<dd>2 / 3</dd>"];
        foreach (var shown in figures.Append("<a href=\"accounts/a01\">Late & Slow</a>"))
        {
            Assert.Contains(shown, text, StringComparison.Ordinal);
        }

        Assert.Equal(now.AddMinutes(-45), _api.Grains.Directory.LastBefore);
        Assert.DoesNotContain(_api.Grains.Touched, key => key.StartsWith("account/", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Name_ThatTurnsItsSentenceRound_IsIsolatedOnEveryPage()
    {
        const string Shown = "\u2068\u202Eemca\u2069";
        _api.Grains.Connect("a00", "\u202Eemca");
        _api.Grains.Directory.Waiting = new OverdueAccount("a00", "\u202Eemca", _api.Time.GetUtcNow().AddHours(-2));

        Assert.Contains($"<bdi><a href=\"accounts/a00\">{Shown}</a></bdi>", await TextAsync("/accounts"), StringComparison.Ordinal);
        Assert.Contains($"<bdi><a href=\"accounts/a00\">{Shown}</a></bdi>", await TextAsync("/operation"), StringComparison.Ordinal);
        var account = await TextAsync("/accounts/a00");
        Assert.Contains($"<h1><bdi>{Shown}</bdi>", account, StringComparison.Ordinal);
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
