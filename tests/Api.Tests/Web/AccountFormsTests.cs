using System.Net;
using AngleSharp.Html.Parser;
using OrleansSync.Api.Tests.Hosting;
using OrleansSync.Grains.Interfaces.Runs;

namespace OrleansSync.Api.Tests.Web;

/// <summary>Pausing, and what is done with several accounts at once.</summary>
public sealed class AccountFormsTests(SharedApi shared) : IClassFixture<SharedApi>, IAsyncLifetime
{
    private readonly TestApi _api = shared.Api;
    private PageVisitor _visitor = null!;

    public async ValueTask InitializeAsync()
    {
        _api.Grains.Reset();
        foreach (var account in (string[])["acme", "globex", "initech"])
        {
            _api.Grains.Connect(account);
        }

        _visitor = new PageVisitor(_api);
        await _visitor.SignInAsync(TestApi.AdminKey);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task Pause_ThenResume_ChangesThatAndOffersTheOther()
    {
        Assert.Equal(HttpStatusCode.Redirect, await PostAsync("/accounts/acme/pause"));
        Assert.True(IsPaused("acme"));
        Assert.Contains("accounts/acme/resume?", await _visitor.GetTextAsync("/accounts/acme"), StringComparison.Ordinal);

        Assert.Equal(HttpStatusCode.Redirect, await PostAsync("/accounts/acme/resume"));
        Assert.False(IsPaused("acme"));
        Assert.Contains("accounts/acme/pause?", await _visitor.GetTextAsync("/accounts/acme"), StringComparison.Ordinal);
        Assert.Equal(["settings.changed", "settings.changed"], _api.Grains.AuditOf("acme").Entries.Select(entry => entry.Action));
        Assert.Empty(_api.Grains.Portal("acme").Requested);
    }

    [Fact]
    public async Task Pause_OfAnAccountThatIsNotThere_Is404() =>
        Assert.Equal(HttpStatusCode.NotFound, await PostAsync("/accounts/nobody/pause"));

    [Fact]
    public async Task Selected_Synchronize_AsksForEachOfThemOnceAndForNoOther()
    {
        Assert.Equal(
            HttpStatusCode.Redirect,
            await PostAsync(
                "/accounts/selected", ("action", "synchronize"), ("account", "acme"), ("account", "initech"), ("account", "acme"),
                ("account", "nobody"), ("account", "no id!")));

        Assert.Equal(
            (1, 0, 1),
            (_api.Grains.Portal("acme").Requested.Count, _api.Grains.Portal("globex").Requested.Count,
                _api.Grains.Portal("initech").Requested.Count));
        Assert.All(_api.Grains.Portal("acme").Requested, run => Assert.Equal((false, null), (run.DryRun, run.OnlyUser)));
    }

    [Theory]
    [InlineData(RunRequestOutcome.Accepted, "notice=started")]
    [InlineData(RunRequestOutcome.QueueFull, "notice=someNotStarted")]
    public async Task Selected_Synchronize_SaysWhetherAllWereStarted(RunRequestOutcome outcome, string notice)
    {
        _api.Grains.Portal("initech").NextRun = new RunRequestAnswer(outcome, Samples.Run());

        using var answer = await _visitor.PostAsync(
            "/accounts/selected", await _visitor.TokenAsync("/accounts"), ("action", "synchronize"), ("account", "acme"),
            ("account", "initech"));

        Assert.Contains(notice, answer.Headers.Location?.OriginalString, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Selected_PauseThenResume_ChangesThoseAlone()
    {
        await PostAsync("/accounts/selected", ("action", "pause"), ("account", "acme"), ("account", "globex"));
        Assert.Equal((true, true, false), (IsPaused("acme"), IsPaused("globex"), IsPaused("initech")));

        await PostAsync("/accounts/selected", ("action", "resume"), ("account", "globex"));
        Assert.Equal((true, false, false), (IsPaused("acme"), IsPaused("globex"), IsPaused("initech")));
    }

    [Theory]
    [InlineData("")]
    [InlineData("disconnect")]
    public async Task Selected_WithAnotherAction_DoesNothing(string action)
    {
        Assert.Equal(HttpStatusCode.BadRequest, await PostAsync("/accounts/selected", ("action", action), ("account", "acme")));

        Assert.False(IsPaused("acme"));
        Assert.Empty(_api.Grains.Portal("acme").Requested);
    }

    [Fact]
    public async Task Accounts_Form_HasNoButtonThatEnterInATickWouldPress()
    {
        var page = new HtmlParser().ParseDocument(await _visitor.GetTextAsync("/accounts"));

        var form = page.QuerySelector(".tick")!.Closest("form")!;
        Assert.Equal("dialog", form.QuerySelector("button[type=submit]")!.GetAttribute("formmethod"));
        Assert.Equal(3, form.QuerySelectorAll("button[formaction*='/synchronize?']").Length);
    }

    private bool IsPaused(string account) => _api.Grains.Portal(account).Account!.Connection.Settings.Paused;

    private async Task<HttpStatusCode> PostAsync(string address, params (string Name, string Value)[] fields)
    {
        using var answer = await _visitor.PostAsync(address, await _visitor.TokenAsync("/accounts"), fields);
        return answer.StatusCode;
    }
}
