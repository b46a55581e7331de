using Microsoft.Playwright;
using OrleansSync.Browser.Demo;
using OrleansSync.Browser.Visits;

namespace OrleansSync.Browser.Journeys;

/// <summary>What people do without a mouse: they see where they are, and get everywhere.</summary>
public sealed class KeyboardTests(RunningDemo demo, Chromium chromium)
{
    [Fact]
    public async Task Operator_WithoutAMouse_ApprovesAHeldRun()
    {
        await demo.HoldAccountAsync("held-for-keys");
        await using var visitor = await chromium.VisitAsync(demo.Address);
        var page = visitor.Page;
        var keyboard = new Keyboard(page);

        await page.GotoAsync("/sign-in");
        await page.Locator("#key:focus").WaitForAsync();
        await page.Keyboard.TypeAsync(RunningDemo.OperatorKey);
        await page.Keyboard.PressAsync("Enter");
        await visitor.SeeSignedInAsync();
        await keyboard.SkipAsync();
        await keyboard.TabToAsync("a[href*='status=held']");
        await keyboard.GoAsync("Enter", "/accounts?status=held");
        await keyboard.SkipAsync();
        await keyboard.TabToAsync("a.name[href$='accounts/held-for-keys']");
        await keyboard.GoAsync("Enter", "/accounts/held-for-keys");
        await keyboard.SkipAsync();
        await keyboard.TabToAsync(".story a[href*='/history/']");
        await keyboard.GoAsync("Enter", "/history/");
        var held = page.Url;
        await keyboard.SkipAsync();
        await keyboard.TabToAsync("form[action*='/approve'] button");
        await page.Keyboard.PressAsync("Space");

        await page.WaitForURLAsync(address => !address.StartsWith(held, StringComparison.Ordinal));
        Assert.Contains("/history/", page.Url, StringComparison.Ordinal);
        await page.GetByRole(AriaRole.Heading, new PageGetByRoleOptions { Name = "Left the responsible list" }).WaitForAsync();
        Visitor.AssertNothing(keyboard.Faults);
        visitor.AssertNothingWentWrong();
    }

    [Fact]
    public async Task Person_WithoutAMouse_ChoosesTheThemeByArrows()
    {
        await using var visitor = await chromium.VisitAsync(demo.Address);
        var page = visitor.Page;
        var keyboard = new Keyboard(page);
        await visitor.SignInAsync(RunningDemo.OperatorKey, "/operation");

        await keyboard.TabToAsync(".bar-menu > summary");
        await page.Keyboard.PressAsync("Enter");
        await keyboard.TabToAsync("input[name=theme]");
        await page.Keyboard.PressAsync("ArrowRight");

        await page.Locator("html[data-theme] .bar-menu:not([open])").WaitForAsync();
        Visitor.AssertNothing(keyboard.Faults);
        visitor.AssertNothingWentWrong();
    }
}
