using Microsoft.Playwright;
using OrleansSync.Browser.Demo;
using OrleansSync.Browser.Visits;

namespace OrleansSync.Browser.Pages;

/// <summary>
/// Every page on a phone, enlarged to 400 % (WCAG 1.4.10: 320 px), and with text that is spaced wider (WCAG 1.4.12), in both languages:
/// nothing is cut, and nobody has to scroll sideways.
/// </summary>
public sealed class NarrowPagesTests(RunningDemo demo, Chromium chromium)
{
    private static readonly int[] _widths = [390, 320];

    [Theory]
    [InlineData("en-GB")]
    [InlineData("ru-RU")]
    public async Task Pages_InANarrowWindow_ShowEverythingWithinIt(string language)
    {
        await demo.HoldAccountAsync("held-on-a-phone");
        await using var visitor = await chromium.VisitAsync(demo.Address, Look.Phone with { Language = language });
        visitor.ExpectedStatus = 404;
        var page = visitor.Page;
        List<string> faults = [];
        await page.GotoAsync("/sign-in");
        await LookAsync();
        await visitor.SignInAsync(RunningDemo.OperatorKey);
        Assert.Equal(language[..2], await page.Locator("html").GetAttributeAsync("lang"));

        foreach (var address in AllPagesTests.Addresses.Append("/accounts/held-on-a-phone").Append("/accounts/held-on-a-phone/history"))
        {
            await page.GotoAsync(address);
            await LookAsync();
        }

        await page.GotoAsync("/accounts/held-on-a-phone");
        await page.Locator(".story a[href*='/history/']").ClickAsync();
        await page.Locator("#held").WaitForAsync();
        await LookAsync();
        await page.GotoAsync("/accounts/acme/history");
        await page.GetByRole(AriaRole.Cell).GetByRole(AriaRole.Link).Last.ClickAsync();
        await LookAtChangesAsync();
        await page.GotoAsync(await demo.PreviewAsync("held-on-a-phone"));
        await LookAtChangesAsync();
        await page.GotoAsync("/connect");
        await page.Locator("main form button[type=submit]").ClickAsync();
        await page.Locator("[aria-invalid]").First.WaitForAsync();
        await LookAsync();
        faults.AddRange(await visitor.FindBarriersAsync());
        Visitor.AssertNothing(faults);
        visitor.AssertNothingWentWrong();

        async Task LookAsync() => faults.AddRange(await FindAsync(page));

        async Task LookAtChangesAsync()
        {
            await page.Locator("details.diff").First.WaitForAsync();
            await page.EvalOnSelectorAllAsync("details.diff", "groups => groups.forEach(group => { group.open = true; })");
            await LookAsync();
        }
    }

    [Fact]
    public async Task RunUnderWay_InANarrowWindow_ShowsEverythingWithinIt()
    {
        await demo.ConnectAsync("watched-on-a-phone", users: 20);
        await using var visitor = await chromium.VisitAsync(demo.Address, Look.Phone with { Language = "ru-RU" });
        var page = visitor.Page;
        await visitor.SignInAsync(RunningDemo.OperatorKey);
        await page.GotoAsync("/accounts/watched-on-a-phone");
        List<string> faults = [];

        var held = await demo.HoldAsync("watched-on-a-phone", "get.employees");
        await page.Locator("form[action*='/synchronize?'] button").First.ClickAsync();
        await demo.WaitForHeldAsync(held);
        await page.GetByRole(AriaRole.Progressbar).WaitForAsync();
        faults.AddRange(await FindAsync(page));
        faults.AddRange(await visitor.FindBarriersAsync());
        await page.GotoAsync("/accounts/watched-on-a-phone");
        faults.AddRange(await FindAsync(page));
        await demo.ReleaseAsync(held);

        Visitor.AssertNothing(faults);
        visitor.AssertNothingWentWrong();
    }

    [Fact]
    public async Task Menus_InANarrowWindow_OpenWithinIt()
    {
        await using var visitor = await chromium.VisitAsync(demo.Address, Look.Phone with { Language = "ru-RU" });
        await visitor.SignInAsync(RunningDemo.OperatorKey);
        List<string> faults = [];
        foreach (var menu in (string[])[".bar-menu", ".bar-nav-menu", ".tabs .menu", ".head-row .menu"])
        {
            await visitor.Page.GotoAsync("/accounts/acme");
            await visitor.Page.Locator($"{menu} > summary").ClickAsync();
            var box = visitor.Page.Locator($"{menu} > .menu-box");
            await box.WaitForAsync();

            faults.AddRange(await FindAsync(visitor.Page));
            faults.AddRange(await visitor.FindBarriersAsync(menu));
            Assert.False(
                await box.EvaluateAsync<bool>(
                    "box => box.getBoundingClientRect().left < 0 || box.getBoundingClientRect().right > innerWidth"),
                menu);
        }

        Visitor.AssertNothing(faults);
    }

    [Fact]
    public async Task Badges_BeforeAnyScript_AreAsLargeAsWithIt()
    {
        await using var visitor = await chromium.VisitAsync(demo.Address);
        await using var plain = await chromium.VisitAsync(demo.Address, Look.Light with { HasScript = false });

        Assert.Equal(await BadgesAsync(visitor), await BadgesAsync(plain));

        static async Task<string[]> BadgesAsync(Visitor one)
        {
            await one.SignInAsync(RunningDemo.OperatorKey);
            await one.Page.GotoAsync("/accounts/acme/history");
            var boxes = new List<string>();
            foreach (var badge in await one.Page.Locator(".badge").AllAsync())
            {
                var box = (await badge.BoundingBoxAsync())!;
                boxes.Add($"{await badge.InnerTextAsync()} {box.Width:0}x{box.Height:0}");
            }

            Assert.NotEmpty(boxes);
            return [.. boxes];
        }
    }

    /// <summary>What is wrong with a page in each of the widths.</summary>
    private static async Task<List<string>> FindAsync(IPage page)
    {
        List<string> faults = [];
        foreach (var width in _widths)
        {
            await page.SetViewportSizeAsync(width, 844);
            faults.AddRange(await page.FindSidewaysAsync());
            faults.AddRange(await page.FindCutAsync());
            faults.AddRange(await page.FindStuckWordsAsync());
        }

        await page.SpaceTextAsync(isWide: true);
        faults.AddRange(await page.FindSidewaysAsync());
        faults.AddRange(await page.FindCutAsync());
        faults.AddRange(await page.FindHiddenTextAsync());
        await page.SpaceTextAsync(isWide: false);
        return faults;
    }
}
