using System.Net;
using Microsoft.AspNetCore.Components.Endpoints;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using OrleansSync.Api.Runs;
using OrleansSync.Api.Tests.Hosting;
using OrleansSync.Grains.Interfaces;
using OrleansSync.Grains.Interfaces.Employees;
using OrleansSync.Grains.Interfaces.Runs;

namespace OrleansSync.Api.Tests.Web;

/// <summary>Every page and every form in front of grains that take their time, as those of a real cluster do, or fail.</summary>
public sealed class LatePagesTests(SharedApi shared) : IClassFixture<SharedApi>, IAsyncLifetime
{
    private static readonly TimeSpan _lateness = TimeSpan.FromMilliseconds(50);

    /// <summary>Every page, an address of it, and what it shows then. A page that is missing here fails a test.</summary>
    private static readonly (string Page, string Address, string Shows)[] _pages =
    [
        ("/accounts", "/accounts", "href=\"accounts/acme\""),
        ("/accounts/{AccountId}", "/accounts/acme", "Last imports"),
        ("/accounts/{AccountId}/audit", "/accounts/acme/audit", "Nobody has changed anything yet."),
        ("/accounts/{AccountId}/settings", "/accounts/acme/settings", "Connected since"),
        ("/accounts/{AccountId}/employees", "/accounts/acme/employees?user=7", "What to do"),
        ("/accounts/{AccountId}/history", "/accounts/acme/history", "Download CSV"),
        ("/accounts/{AccountId}/history/{RunId}", "/accounts/acme/history/run-1", "(bitrix24) Lee"),
        ("/accounts/{AccountId}/history/{RunId}", "/accounts/acme/history/run-2", "1 of 3 people"),
        ("/accounts/{AccountId}/responsible", "/accounts/acme/responsible", "Nobody is on the list yet"),
        ("/connect", "/connect", "Test both and connect"),
        ("/connect", "/connect?account=acme", "Connection and settings"),
        ("/connect/bitrix24", "/connect/bitrix24?state=s&code=c", "Not connected"),
        ("/help", "/help", "What a webhook is"),
        ("/operation", "/operation", "Last heartbeat"),
        ("/problem/{Status:int}", "/problem/404", "Page not found"),
        ("/search", "/search?query=acme&account=acme", "href=\"accounts/acme\""),
        ("/sign-in", "/sign-in", "Enter your account key"),
        ("/sign-in/once", "/sign-in/once", "sign-in-once"),
    ];

    private readonly TestApi _api = shared.Api;
    private PageVisitor _visitor = null!;

    public async ValueTask InitializeAsync()
    {
        _api.Grains.Reset();
        var portal = _api.Grains.Connect("acme");
        portal.RunPage = new Page<RunSummary>([Samples.Run(status: RunStatus.Succeeded)], null);
        portal.Runs["run-1"] = new WholeRun(Samples.Run(status: RunStatus.Succeeded), [Samples.Change()]);
        portal.Runs["run-2"] = new WholeRun(Samples.Run("run-2"), []);
        portal.Watches.Enqueue(new RunWatch(1, Samples.Run("run-2", RunStatus.Running), Done: 1, Total: 3, [Samples.Change()], Seen: 1));
        portal.EmployeePage = new Page<EmployeeRow>([Samples.Employee()], null);
        portal.Employee = new EmployeeDetails(
            Samples.Employee(outcome: EmployeeOutcome.Skipped) with { Reason = new Problem(ProblemCode.MissingEmail, "No address.") }, []);
        _visitor = new PageVisitor(_api);
        await _visitor.SignInAsync(TestApi.AdminKey);
        _api.Grains.Lateness = _lateness;
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public void Pages_OfTheRunningApplication_AreAllTried()
    {
        var mapped = _api.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(endpoint => endpoint.Metadata.GetMetadata<ComponentTypeMetadata>() is not null)
            .Select(endpoint => "/" + endpoint.RoutePattern.RawText!.Trim('/'))
            .Where(page => page != "/")
            .Distinct()
            .Order(StringComparer.Ordinal);

        Assert.Equal(mapped, _pages.Select(page => page.Page).Distinct().Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Pages_WhenGrainsAnswerLate_ShowWhatTheyAreFor()
    {
        foreach (var (_, address, shows) in _pages)
        {
            using var answer = await _visitor.GetAsync(address);

            var text = WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
            Assert.Equal((address, HttpStatusCode.OK), (address, answer.StatusCode));
            Assert.True(text.Contains(shows, StringComparison.Ordinal), $"{address} does not show “{shows}”: {text}");
        }
    }

    [Theory]
    [InlineData("en", "Try again")]
    [InlineData("ru", "Попробуйте ещё раз")]
    public async Task Pages_WhenGrainsFail_SayWhatToDo(string language, string advice)
    {
        _visitor.Language = language;
        _api.Grains.Failure = new InvalidOperationException("Something that nobody foresaw.");
        var failing = 0;
        foreach (var (_, address, _) in _pages)
        {
            using var answer = await _visitor.GetAsync(address);

            var text = WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
            if (answer.StatusCode != HttpStatusCode.OK)
            {
                failing++;
                Assert.Equal((address, HttpStatusCode.InternalServerError), (address, answer.StatusCode));
                Assert.True(text.Contains(advice, StringComparison.Ordinal), $"{address} does not say what to do: {text}");
                Assert.DoesNotContain("nobody foresaw", text, StringComparison.Ordinal);
            }
        }

        // All but the two ways to sign in, the pages of statuses, help and an empty form to connect an account need what is behind them.
        Assert.Equal(_pages.Length - 5, failing);
    }

    [Theory]
    [InlineData("/accounts/nobody")]
    [InlineData("/accounts/acme/history/nothing")]
    [InlineData("/connect?account=nobody")]
    public async Task Pages_OfWhatIsNotThere_WhenGrainsAnswerLate_SaySo(string address)
    {
        _api.Grains.Portal("nobody").Account = null;

        using var answer = await _visitor.GetAsync(address);

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.Contains(
            "Page not found",
            await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task HomePage_WhenGrainsAnswerLate_LeadsOn()
    {
        using var answer = await _visitor.GetAsync("/");

        Assert.Equal((HttpStatusCode.Redirect, "/accounts"), (answer.StatusCode, answer.Headers.Location?.AbsolutePath));
    }

    [Theory]
    [InlineData("/accounts/acme/synchronize", "", "/accounts/acme/history/run-1")]
    [InlineData("/accounts/acme/preview", "", "/accounts/acme/history/run-1")]
    [InlineData("/accounts/acme/pause?page=%2Faccounts%2Facme%2Fhistory", "", "/accounts/acme/history?notice=paused")]
    [InlineData("/accounts/acme/resume", "", "/accounts/acme?notice=resumed")]
    [InlineData("/accounts/selected?page=%2Faccounts%3Fquery%3Da", "account=acme&action=pause", "/accounts?query=a&notice=paused")]
    [InlineData("/accounts/acme/disconnect", "typed=acme", "/accounts?notice=disconnected")]
    [InlineData("/accounts/acme/history/run-9/approve", "", "/accounts/acme/history/run-1")]
    [InlineData("/accounts/acme/history/run-9/cancel", "", "/accounts/acme/history/run-9?notice=stopping")]
    [InlineData("/accounts/acme/history/run-9/keep", "", "/accounts/acme?notice=kept")]
    [InlineData("/accounts/acme/responsible/7", "responsible=false", "/accounts/acme/responsible?changed=7")]
    [InlineData("/preferences?page=%2Faccounts", "language=ru", "/accounts")]
    [InlineData("/sign-in", "key=operator-key-for-tests&returnUrl=%2Foperation", "/operation")]
    [InlineData("/sign-in", "key=wrong&returnUrl=%2F", "/sign-in?failed=key&returnUrl=%2F")]
    [InlineData("/sign-out", "", "/sign-in")]
    public async Task Forms_WhenGrainsAnswerLate_LeadWhereTheyShould(string address, string fields, string target)
    {
        using var answer = await _visitor.PostAsync(address, await _visitor.TokenAsync("/accounts"), Fields(fields));

        Assert.Equal((HttpStatusCode.Redirect, target), (answer.StatusCode, answer.Headers.Location?.OriginalString));
    }

    private static (string Name, string Value)[] Fields(string text) =>
        [.. text.Split('&', StringSplitOptions.RemoveEmptyEntries)
            .Select(pair => pair.Split('='))
            .Select(pair => (pair[0], Uri.UnescapeDataString(pair[1])))];
}
