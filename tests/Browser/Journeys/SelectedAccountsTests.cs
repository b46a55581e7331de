using Microsoft.Playwright;
using OrleansSync.Browser.Demo;
using OrleansSync.Browser.Visits;

namespace OrleansSync.Browser.Journeys;

/// <summary>Choosing accounts in the list, and doing something with all of them.</summary>
public sealed class SelectedAccountsTests(RunningDemo demo, Chromium chromium)
{
    [Fact]
    public async Task Operator_TicksAccounts_PausesAndResumesThoseAlone()
    {
        foreach (var account in (string[])["ticked-1", "ticked-2"])
        {
            await demo.ConnectAsync(account, users: 4);
        }

        await using var visitor = await chromium.VisitAsync(demo.Address);
        var page = visitor.Page;
        await visitor.HoldTimeAsync();
        await visitor.SignInAsync(RunningDemo.OperatorKey);
        await page.GotoAsync("/accounts?query=ticked");
        var bar = page.Locator(".bulk");
        Assert.False(await bar.IsVisibleAsync());

        await page.Locator("#row-ticked-1 .tick").CheckAsync();
        await SeeChosenAsync(1);
        await page.GetByLabel("Select all on this page").ClickAsync();
        await SeeChosenAsync(2);
        await visitor.AssertNoBarriersAsync();

        // What is chosen stays when the page is looked at anew.
        await page.EvalOnSelectorAsync("h1", "head => head.setAttribute('data-old', '')");
        await visitor.LetTimePassAsync();
        await page.Locator("h1:not([data-old])").WaitForAsync();
        await SeeChosenAsync(2);
        Assert.True(await page.Locator("#row-ticked-2 .tick").IsCheckedAsync());

        // Enter is no press of the first button there is.
        await page.Locator("#row-ticked-2 .tick").PressAsync("Enter");
        await Button("Clear").ClickAsync();
        await bar.WaitForAsync(new LocatorWaitForOptions { State = WaitForSelectorState.Hidden });
        Assert.False(await page.EvalOnSelectorAsync<bool>("[data-ticks-all]", "all => all.checked || all.indeterminate"));

        await page.Locator("#row-ticked-2 .tick").CheckAsync();
        await Button("Pause").ClickAsync();
        await page.Locator("#row-ticked-2 .badge").Filter(new LocatorFilterOptions { HasText = "Paused" }).WaitForAsync();
        await page.Locator("#row-ticked-1 .badge").Filter(new LocatorFilterOptions { HasText = "Active" }).WaitForAsync();
        await page.Locator("#row-ticked-2 .tick").CheckAsync();
        await Button("Resume").ClickAsync();
        await page.Locator("#row-ticked-2 .badge").Filter(new LocatorFilterOptions { HasText = "Active" }).WaitForAsync();
        await page.WaitForURLAsync(address => address.EndsWith("/accounts?query=ticked", StringComparison.Ordinal));
        Assert.Equal(await demo.CountRunsAsync("ticked-2"), await demo.CountRunsAsync("ticked-1"));
        visitor.AssertNothingWentWrong();

        ILocator Button(string name) => bar.GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = name, Exact = true });

        Task SeeChosenAsync(int count) =>
            bar.Filter(new LocatorFilterOptions { HasText = $"Selected: {count}" }).WaitForAsync();
    }
}
