using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using OrleansSync.Browser.Demo;
using OrleansSync.Browser.Journeys;
using OrleansSync.Browser.Visits;

namespace OrleansSync.Browser.Proxies;

/// <summary>
/// The pages under a sub-path of a real proxy, where nothing else answers. A visitor notes every request that leaves the sub-path.
/// </summary>
public sealed partial class SubPathTests(RunningDemo demo, Chromium chromium) : IAsyncLifetime
{
    private Nginx? _nginx;

    public async ValueTask InitializeAsync() => _nginx = await Nginx.StartAsync(demo.Address);

    public ValueTask DisposeAsync() => _nginx?.DisposeAsync() ?? ValueTask.CompletedTask;

    [Theory]
    [InlineData(Nginx.Stripped, "under-stripped")]
    [InlineData(Nginx.Kept, "under-kept")]
    public async Task Operator_ConnectsWatchesARunLiveDownloadsAndSignsOut(string prefix, string account)
    {
        var root = _nginx!.Under(prefix);
        var (webhook, baseUrl, accessToken) = await demo.SeedAsync(account, users: 20);
        await using var visitor = await chromium.VisitAsync(root);
        var page = visitor.Page;
        List<string> sockets = [];
        page.WebSocket += (_, socket) => sockets.Add(socket.Url);
        await visitor.SignInAsync(RunningDemo.OperatorKey, "connect");
        Assert.Equal(root + "connect", page.Url);
        await visitor.ChooseAsync("ru", "lang");
        await visitor.ChooseAsync("en", "lang");
        await visitor.ChooseAsync("dark", "data-theme");
        Assert.Equal(root + "connect", page.Url);

        foreach (var (label, value) in new[]
        {
            ("Account ID", account), ("Name", account), ("Inbound webhook", webhook), ("CallGear Data API address", baseUrl),
            ("Data API key", accessToken),
        })
        {
            await page.GetByLabel(label, new PageGetByLabelOptions { Exact = true }).FillAsync(value);
        }

        await page.GetByLabel("Pause imports by schedule and event").CheckAsync();
        await visitor.PressAsync("Test both and connect");
        await visitor.SeeAsync("Connected and paused");
        Assert.Equal($"{root}accounts/{account}", page.Url);

        var held = await demo.HoldAsync(account, "create.employees");
        await visitor.PressAsync("Synchronize");
        await demo.WaitForHeldAsync(held);
        await visitor.SeeAsync(Progress());
        await demo.ReleaseAsync(held);
        await visitor.SeeAsync("Download CSV");
        Assert.Empty(sockets);

        var download = await page.RunAndWaitForDownloadAsync(() => visitor.FollowAsync("Download CSV"));
        Assert.Contains(
            ",created,", await File.ReadAllTextAsync(await download.PathAsync(), TestContext.Current.CancellationToken),
            StringComparison.Ordinal);

        await visitor.SignOutAsync();
        Assert.Equal(root + "sign-in", page.Url);
        await page.GotoAsync("accounts");
        Assert.Equal(root + "sign-in?returnUrl=%2Faccounts", page.Url);
        visitor.AssertNothingWentWrong();
    }

    [Fact]
    public async Task EveryLinkAndForm_StaysUnderTheSubPath_AndLeadsSomewhere()
    {
        var root = _nginx!.Under(Nginx.Stripped);
        await using var visitor = await chromium.VisitAsync(root);
        await visitor.SignInAsync(RunningDemo.OperatorKey);

        Visitor.AssertNothing(await WalkAsync(visitor, root));

        visitor.ExpectedStatus = 404;
        await visitor.Page.GotoAsync("accounts/nobody");
        await visitor.SeeAsync("Page not found");
        Assert.Equal(
            root + "accounts/nobody#main",
            await visitor.Page.EvalOnSelectorAsync<string>("a.skip", "link => link.href"));
        await visitor.FollowAsync("OrleansSync");
        await visitor.SeeAsync("Connect an account");
        visitor.AssertNothingWentWrong();
    }

    [Fact]
    public async Task ApiReferenceAndDashboard_AreSeenThere()
    {
        var root = _nginx!.Under(Nginx.Stripped);
        await using var visitor = await chromium.VisitAsync(root);
        await visitor.SignInAsync(RunningDemo.OperatorKey);

        await visitor.OpenMenuAsync();
        await visitor.FollowAsync("API reference");
        await visitor.SeeAsync("Connect an account, or change it");
        await visitor.SeeAsync(root.AbsoluteUri.TrimEnd('/'));
        var description = JsonNode.Parse(await (await visitor.Page.APIRequest.GetAsync(root + "openapi/v1.json")).TextAsync())!;
        Assert.Equal(root.AbsoluteUri.TrimEnd('/'), (string?)description["servers"]![0]!["url"]);
        await visitor.Page.GotoAsync("docs");
        await visitor.SeeAsync("Connect an account, or change it");

        await visitor.Page.GotoAsync("operation");
        await visitor.FollowAsync("Orleans dashboard");
        await visitor.SeeAsync("Total Activations");
        visitor.AssertNothingWentWrong();
    }

    [Fact]
    public async Task Person_SignsInAtTheIssuerAndConsentsInBitrix24_AndComesBackThere()
    {
        var root = _nginx!.Under(Nginx.Stripped);
        await using (var visitor = await chromium.VisitAsync(root))
        {
            visitor.AlsoVisits = demo.Issuer;
            await visitor.Page.GotoAsync("accounts?query=acme");
            await visitor.FollowAsync("your organization");
            await visitor.FollowAsync("Olga, the operator");
            await visitor.SeeAsync("Acme (demo)");
            Assert.Equal(root + "accounts?query=acme", visitor.Page.Url);
            visitor.AssertNothingWentWrong();
        }

        await using var other = await chromium.VisitAsync(root);
        await ConsentTests.AskAsync(demo, other, "under-consent");
        var consent = await other.Page.GetByRole(AriaRole.Link, new PageGetByRoleOptions { Name = "Continue in Bitrix24" })
            .GetAttributeAsync("href");

        // The demo has registered its own address; an operator registers that of the proxy.
        await other.Page.GotoAsync(consent!.Replace(
            Uri.EscapeDataString(demo.Address.AbsoluteUri), Uri.EscapeDataString(root.AbsoluteUri), StringComparison.Ordinal));
        await other.PressAsync("Allow");
        await other.SeeAsync("Connected and paused");
        Assert.Equal(root + "accounts/under-consent", other.Page.Url);
        other.AssertNothingWentWrong();
    }

    [Fact]
    public async Task OpenPage_AfterTheProxyWasAway_GoesOnWhereItWas()
    {
        await using var visitor = await chromium.VisitAsync(_nginx!.Under(Nginx.Stripped));
        var page = visitor.Page;
        await visitor.HoldTimeAsync();
        await visitor.SignInAsync(RunningDemo.OperatorKey);
        await page.GotoAsync("accounts/acme/employees?outcome=skipped&reason=missingEmail");
        await visitor.SeeAsync("1–4 of 4");
        visitor.IsServiceGone = true;
        await _nginx!.RestartAsync(async () =>
        {
            var refused = new TaskCompletionSource();
            page.RequestFailed += (_, _) => refused.TrySetResult();
            await visitor.LetTimePassAsync();
            await refused.Task.WaitAsync(TestContext.Current.CancellationToken);
        });

        var answer = await page.RunAndWaitForResponseAsync(visitor.LetTimePassAsync, response => response.Url == page.Url);

        Assert.Equal(200, answer.Status);
        await visitor.SeeAsync("1–4 of 4");
        visitor.AssertNothingWentWrong();
    }

    [Fact]
    public async Task OpenPage_WhileTheProxyAnswersForALostService_GoesOnWhenItIsBack()
    {
        await using var visitor = await chromium.VisitAsync(_nginx!.Under(Nginx.Stripped));
        await visitor.HoldTimeAsync();
        await visitor.SignInAsync(RunningDemo.OperatorKey);
        await visitor.Page.GotoAsync("accounts/acme/employees?outcome=skipped&reason=missingEmail");

        await LostPageTests.GoesOnAsync(demo, visitor);
    }

    /// <summary>Follows the links of all pages, once for each kind of address; answers what is wrong with them.</summary>
    private static async Task<IReadOnlyList<string>> WalkAsync(Visitor visitor, Uri root)
    {
        List<string> faults = [];
        // The reference and the dashboard are others' pages, and have a test of their own.
        HashSet<string> kinds = [KindOf(root + "accounts"), root + "docs/", root + "dashboard/"];
        var open = new Queue<string>([root + "accounts"]);
        while (open.TryDequeue(out var address))
        {
            var answer = await visitor.Page.GotoAsync(address);
            await visitor.Page.WaitForLoadStateAsync(LoadState.NetworkIdle);
            if (answer!.Status != 200)
            {
                faults.Add($"{address} answers {answer.Status}");
            }

            var page = visitor.Page;
            var forms = await page.EvalOnSelectorAllAsync<string[]>("form, button[formaction]",
                "all => all.map(one => one.getAttribute('formaction') ?? one.getAttribute('action') ?? '')"
                + ".map(address => new URL(address, document.baseURI).href)");
            var downloads = await page.EvalOnSelectorAllAsync<string[]>("a[download]", "links => links.map(link => link.href)");
            var links = await page.EvalOnSelectorAllAsync<string[]>(
                "a[href]:not([download], [target])", "links => links.map(link => link.href)");
            faults.AddRange(forms.Concat(downloads).Concat(links)
                .Where(to => !to.StartsWith(root.AbsoluteUri, StringComparison.Ordinal)).Select(to => $"{address} leads to {to}"));
            foreach (var to in downloads.Where(to => kinds.Add(KindOf(to))))
            {
                var file = await page.APIRequest.GetAsync(to);
                faults.AddRange(file.Status == 200 ? [] : [$"{to} answers {file.Status}"]);
            }

            foreach (var to in links.Where(to => kinds.Add(KindOf(to))))
            {
                open.Enqueue(to.Split('#')[0]);
            }
        }

        Assert.InRange(kinds.Count, 15, 100);
        return faults;
    }

    /// <summary>The address without ids and values.</summary>
    private static string KindOf(string address) =>
        Id().Replace(Value().Replace(address.Split('#')[0], "="), match => match.Groups[1].Value + "*");

    [GeneratedRegex(@"(/accounts/|/history/)[^/?]+")]
    private static partial Regex Id();

    [GeneratedRegex("^[0-9]+ of [0-9]+ people$")]
    private static partial Regex Progress();

    [GeneratedRegex("=[^&]*")]
    private static partial Regex Value();
}
