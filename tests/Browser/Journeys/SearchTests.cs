using Microsoft.Playwright;
using OrleansSync.Browser.Demo;
using OrleansSync.Browser.Visits;

namespace OrleansSync.Browser.Journeys;

/// <summary>Finding accounts and people from any page.</summary>
public sealed class SearchTests(RunningDemo demo, Chromium chromium)
{
    [Fact]
    public async Task Operator_PressesSlash_FindsAPersonByAddressAndAnAccountByName()
    {
        await using var visitor = await chromium.VisitAsync(demo.Address);
        var page = visitor.Page;
        await visitor.SignInAsync(RunningDemo.OperatorKey);

        await page.GotoAsync("/operation");
        await page.Keyboard.PressAsync("/");
        await page.Keyboard.TypeAsync("shared.mailbox@example.com");
        await page.Keyboard.PressAsync("Enter");
        await page.GetByRole(AriaRole.Table, new PageGetByRoleOptions { Name = "People of all accounts" })
            .GetByRole(AriaRole.Link, new LocatorGetByRoleOptions { Name = "Ann Lee" }).First.WaitForAsync();
        await visitor.AssertNoBarriersAsync();

        await page.Keyboard.PressAsync("Control+k");
        await page.Keyboard.TypeAsync("acme");
        await page.Keyboard.PressAsync("Enter");
        await page.GetByRole(AriaRole.Link, new PageGetByRoleOptions { Name = "Acme (demo)" }).ClickAsync();
        await visitor.SeeAsync("Last imports");

        await page.GetByRole(AriaRole.Searchbox, new PageGetByRoleOptions { Name = "Search everywhere" }).FillAsync("Щербаков");
        await page.Keyboard.PressAsync("Enter");
        await visitor.SeeAsync("People of Acme (demo)");
        visitor.AssertNothingWentWrong();
    }

    [Fact]
    public async Task Administrator_Searches_AmongTheEmployeesOfTheOwnAccount()
    {
        var (_, key) = await demo.MakeKeyAsync("acme");
        await using var visitor = await chromium.VisitAsync(demo.Address);
        var page = visitor.Page;
        await visitor.SignInAsync(key);

        // The key is a script's matter, which has come when the page is loaded.
        await page.GotoAsync("/accounts/acme");
        await page.Keyboard.PressAsync("/");
        await page.Keyboard.TypeAsync("Щербаков");
        await page.Keyboard.PressAsync("Enter");

        await visitor.SeeAsync("1–1 of 1");
        Assert.EndsWith("/accounts/acme/employees", new Uri(page.Url).AbsolutePath, StringComparison.Ordinal);
        visitor.AssertNothingWentWrong();
    }
}
