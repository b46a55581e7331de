using System.Text.RegularExpressions;
using Microsoft.Playwright;
using OrleansSync.Browser.Demo;
using OrleansSync.Browser.Visits;

namespace OrleansSync.Browser.Journeys;

/// <summary>What the operator does, from the first page to signing out.</summary>
public sealed partial class OperatorTests(RunningDemo demo, Chromium chromium)
{
    [Fact]
    public async Task Operator_ConnectsPreviewsSynchronizesAndDownloads()
    {
        var (webhook, baseUrl, accessToken) = await demo.SeedAsync("globex", users: 20);
        await using var visitor = await chromium.VisitAsync(demo.Address);
        var page = visitor.Page;
        await visitor.SignInAsync(RunningDemo.OperatorKey);

        await visitor.FollowAsync("Connect an account");
        await FillAsync(page, ("Account ID", "globex"), ("Name", "Globex"), ("Inbound webhook", webhook),
            ("CallGear Data API address", baseUrl), ("Data API key", "wrong"));
        await page.GetByLabel("Pause imports by schedule and event").CheckAsync();
        await visitor.PressAsync("Test both and connect");
        await visitor.SeeAsync("Not saved: a connection does not work yet.");
        await visitor.SeeAsync("CallGear refuses the key");
        await visitor.SeeAsync("Works: ");
        Assert.DoesNotContain(webhook, await page.ContentAsync(), StringComparison.Ordinal);

        // The webhook was entered once and is not asked for again.
        await FillAsync(page, ("Data API key", accessToken));
        await visitor.PressAsync("Test both and connect");
        await visitor.SeeAsync("Connected and paused");

        await visitor.PressAsync("Preview");
        await visitor.SeeAsync("A preview: nothing was changed");
        await visitor.SeeAsync("Would be created");
        await page.Locator("dd.new").Filter(new LocatorFilterOptions { HasText = "(bitrix24)" }).First.WaitForAsync();

        var held = await demo.HoldAsync("globex", "create.employees");
        await page.GotoAsync("/accounts/globex");
        await visitor.PressAsync("Synchronize");
        await demo.WaitForHeldAsync(held);
        await visitor.SeeAsync(Progress());
        await page.ReloadAsync();
        await visitor.SeeAsync(Progress());
        await visitor.AssertNoBarriersAsync();
        await demo.ReleaseAsync(held);
        await visitor.SeeAsync("Download CSV");
        await page.GetByText("Completed with errors").First.WaitForAsync();

        var download = await page.RunAndWaitForDownloadAsync(() => visitor.FollowAsync("Download CSV"));
        var lines = await File.ReadAllLinesAsync(await download.PathAsync(), TestContext.Current.CancellationToken);
        Assert.Equal("bitrixUserId,name,outcome,reason,message,callGearEmployeeId,field,from,to", lines[0]);
        Assert.Contains(lines, line => line.Contains(",created,", StringComparison.Ordinal));

        await visitor.SignOutAsync();
        await page.GotoAsync("/accounts");
        await page.GetByLabel("Key", new PageGetByLabelOptions { Exact = true }).WaitForAsync();
        visitor.AssertNothingWentWrong();
    }

    [Fact]
    public async Task Operator_FiltersToASkippedEmployee_ReadsWhyAndWhatToDo()
    {
        await using var visitor = await chromium.VisitAsync(demo.Address);
        var page = visitor.Page;
        await visitor.SignInAsync(RunningDemo.OperatorKey);
        await page.GotoAsync("/accounts/acme/employees");
        await visitor.SeeAsync("1–50 of 60");

        await visitor.FollowAsync("Not imported");
        await page.GetByLabel("Reason").SelectOptionAsync("missingEmail");
        await visitor.SeeAsync("1–4 of 4");
        var person = page.GetByRole(AriaRole.Link, new PageGetByRoleOptions { Name = "Ann Lee" }).First;
        var opened = await person.GetAttributeAsync("href");
        await person.ClickAsync();
        var panel = page.GetByRole(AriaRole.Complementary);
        await panel.GetByText("Fill in the e-mail address under Contact information").WaitForAsync();
        Assert.Matches("/company/personal/user/\\d+/$", await panel
            .GetByRole(AriaRole.Link, new LocatorGetByRoleOptions { Name = "Open in Bitrix24" })
            .GetAttributeAsync("href"));
        await page.Keyboard.PressAsync("Escape");
        await panel.WaitForAsync(new LocatorWaitForOptions { State = WaitForSelectorState.Detached });

        // The keyboard goes on at the row, in the list as it was chosen.
        await visitor.SeeAsync("1–4 of 4");
        Assert.Equal(opened, await page.Locator("tr > td > a:focus").GetAttributeAsync("href"));
        visitor.AssertNothingWentWrong();
    }

    [Fact]
    public async Task Operator_SeesWhoWouldBeRemoved_KeepsThenApproves()
    {
        await demo.ConnectAsync("initech", users: 20);
        await demo.LoseUsersAsync("initech", left: 5);
        await demo.SynchronizeAsync("initech");
        await using var visitor = await chromium.VisitAsync(demo.Address);
        await visitor.SignInAsync(RunningDemo.OperatorKey);

        await visitor.Page.GotoAsync("/accounts?status=held");
        await visitor.FollowAsync("initech");
        await visitor.FollowAsync("See who is concerned, and decide");
        await visitor.SeeAsync("people disappeared from Bitrix24 at once");
        await visitor.AssertNoBarriersAsync();
        await visitor.PressAsync("Change nothing");
        await visitor.SeeAsync("Nothing was changed");
        await visitor.SeeAsync("Nothing is to be decided now");
        await visitor.AssertNoBarriersAsync();

        await visitor.FollowAsync("See who is concerned");
        await visitor.PressAsync(Approval());
        await visitor.SeeAsync("Download CSV");
        await visitor.Page.GetByRole(AriaRole.Heading, new PageGetByRoleOptions { Name = "Left the responsible list" }).WaitForAsync();
        await visitor.Page.GotoAsync("/accounts/initech");
        await visitor.SeeAsync("Active");
        visitor.AssertNothingWentWrong();
    }

    [Fact]
    public async Task Newcomer_WhoReadsTheLastLinesOfTheDemo_GetsIn()
    {
        // What comes behind them is the log.
        var told = demo.Output.Split('\n');
        var last = Array.FindIndex(told, line => line.Contains("Ctrl+C stops the demo", StringComparison.Ordinal));
        var lines = told[..(last + 1)].TakeLast(4).ToList();
        var address = Assert.Single(lines, line => line.StartsWith("Open ", StringComparison.Ordinal)).Split(' ')[^1].Trim();
        var key = Assert.Single(lines, line => line.StartsWith("Sign in with the operator's key", StringComparison.Ordinal))
            .Split(' ')[^1].Trim();
        await using var visitor = await chromium.VisitAsync(new Uri(address));

        await visitor.SignInAsync(key);

        await visitor.SeeAsync("Acme (demo)");
        visitor.AssertNothingWentWrong();
    }

    [GeneratedRegex("^[0-9]+ of [0-9]+ people$")]
    private static partial Regex Progress();

    [GeneratedRegex("^Take [0-9]+ people off the responsible list$")]
    private static partial Regex Approval();

    private static async Task FillAsync(IPage page, params (string Label, string Value)[] fields)
    {
        foreach (var (label, value) in fields)
        {
            await page.GetByLabel(label, new PageGetByLabelOptions { Exact = true }).FillAsync(value);
        }
    }
}
