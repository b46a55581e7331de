using Microsoft.Playwright;
using OrleansSync.Browser.Demo;
using OrleansSync.Browser.Visits;

namespace OrleansSync.Browser.Journeys;

/// <summary>An account's settings: its keys, what an account's administrators may change, and its end.</summary>
public sealed class SettingsTests(RunningDemo demo, Chromium chromium)
{
    private const string Address = "/accounts/cyberdyne/settings";

    [Fact]
    public async Task Operator_MakesAKey_ItsBearerSavesSettings_UntilTheAccountIsDisconnected()
    {
        await demo.ConnectAsync("cyberdyne", users: 6);
        await using var visitor = await chromium.VisitAsync(demo.Address);
        var page = visitor.Page;
        await visitor.SignInAsync(RunningDemo.OperatorKey);
        await page.GotoAsync(Address);
        await visitor.PressAsync("Create a key");
        var notice = page.GetByRole(AriaRole.Alert);
        await notice.Filter(new LocatorFilterOptions { HasText = "Copy it now" }).WaitForAsync();
        Assert.True(await notice.EvaluateAsync<bool>("notice => notice === document.activeElement"));
        var key = await notice.Locator("code").InnerTextAsync();
        await visitor.AssertNoBarriersAsync();

        await SaveWithAsync(key);

        await page.GotoAsync(Address);
        Assert.DoesNotContain(key, await page.ContentAsync(), StringComparison.Ordinal);
        Assert.Equal("25", await page.Locator("[name='Form.MaxDeletionsPercent']").InputValueAsync());
        await page.GetByLabel("Type cyberdyne to confirm").FillAsync("acme");
        await page.Locator("#leave button").ClickAsync();
        await visitor.SeeAsync("Nothing was disconnected");
        await page.GetByLabel("Type cyberdyne to confirm").FillAsync("cyberdyne");
        await page.Locator("#leave button").ClickAsync();
        await page.GetByRole(AriaRole.Status).Filter(new LocatorFilterOptions { HasText = "Disconnected" }).WaitForAsync();
        visitor.ExpectedStatus = 404;
        await page.GotoAsync(Address);
        await visitor.SeeAsync("Page not found");
        visitor.AssertNothingWentWrong();
    }

    private async Task SaveWithAsync(string key)
    {
        await using var visitor = await chromium.VisitAsync(demo.Address);
        var page = visitor.Page;
        await visitor.SignInAsync(key);
        await page.GotoAsync(Address);
        var guard = page.Locator("[name='Form.MaxDeletionsPercent']");
        await guard.FillAsync("a quarter");
        await SaveAsync("schedule");
        await visitor.SeeAsync("A whole number from 0 to 100.");
        Assert.Equal(("a quarter", "true"), (await guard.InputValueAsync(), await guard.GetAttributeAsync("aria-invalid")));
        await visitor.AssertNoBarriersAsync();

        await guard.FillAsync("25");
        await SaveAsync("schedule");
        await page.GetByRole(AriaRole.Status).Filter(new LocatorFilterOptions { HasText = "Saved" }).WaitForAsync();
        await page.WaitForURLAsync(address => address.EndsWith(Address + "#schedule", StringComparison.Ordinal));
        Assert.Equal("25", await guard.InputValueAsync());
        Assert.Equal(0, await page.Locator("#keys, #leave").CountAsync());
        visitor.AssertNothingWentWrong();

        Task SaveAsync(string section) => page.Locator($"#{section} button[type=submit]").ClickAsync();
    }
}
