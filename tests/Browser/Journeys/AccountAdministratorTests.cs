using Microsoft.Playwright;
using OrleansSync.Browser.Demo;
using OrleansSync.Browser.Visits;

namespace OrleansSync.Browser.Journeys;

/// <summary>What an account's administrator does, who has a key of that account alone.</summary>
public sealed class AccountAdministratorTests(RunningDemo demo, Chromium chromium)
{
    [Fact]
    public async Task Administrator_SeesTheOwnAccountAlone()
    {
        var (_, key) = await demo.MakeKeyAsync("acme");
        await using var visitor = await chromium.VisitAsync(demo.Address);
        visitor.ExpectedStatus = 403;
        await visitor.SignInAsync(key);

        await visitor.SeeAsync("Acme (demo)");
        Assert.Equal(0, await visitor.Page.GetByRole(AriaRole.Link, new PageGetByRoleOptions { Name = "Accounts" }).CountAsync());
        await visitor.Page.GotoAsync("/accounts");
        await visitor.SeeAsync("You may not see this");
        await visitor.AssertNoBarriersAsync();
        await visitor.Page.GotoAsync("/accounts/acme/settings");
        await visitor.SeeAsync("The operator of this service can change the connection and the settings.");
        visitor.AssertNothingWentWrong();
    }

    [Fact]
    public async Task Administrator_PreviewsSynchronizesApprovesAndDownloads()
    {
        await demo.ConnectAsync("stark", users: 20);
        await demo.LoseUsersAsync("stark", left: 5);
        var (_, key) = await demo.MakeKeyAsync("stark");
        await using var visitor = await chromium.VisitAsync(demo.Address);
        var page = visitor.Page;
        await visitor.SignInAsync(key);

        await visitor.PressAsync("Preview");
        await visitor.SeeAsync("A preview: nothing was changed");

        await page.GotoAsync("/accounts/stark");
        var held = await demo.HoldAsync("stark", "get.employees");
        await visitor.PressAsync("Synchronize");
        await demo.WaitForHeldAsync(held);
        await page.GetByRole(AriaRole.Progressbar).WaitForAsync();
        await page.ReloadAsync();
        await page.GetByRole(AriaRole.Progressbar).WaitForAsync();
        await demo.ReleaseAsync(held);
        await visitor.SeeAsync("Download CSV");

        await page.GotoAsync("/accounts/stark");
        await visitor.FollowAsync("See who is concerned, and decide");
        await visitor.SeeAsync("people are gone from Bitrix24 at once");
        await visitor.PressAsync("Approve");
        var download = await page.RunAndWaitForDownloadAsync(() => visitor.FollowAsync("Download CSV"));
        var lines = await File.ReadAllLinesAsync(await download.PathAsync(), TestContext.Current.CancellationToken);
        Assert.Contains(lines, line => line.Contains(",removedFromResponsible,", StringComparison.Ordinal));

        await visitor.PressAsync("Sign out");
        await page.GotoAsync("/accounts/stark");
        await page.GetByLabel("Key", new PageGetByLabelOptions { Exact = true }).WaitForAsync();
        visitor.AssertNothingWentWrong();
    }

    [Fact]
    public async Task Administrator_FiltersToASkippedEmployee_ReadsWhatToDo()
    {
        var (_, key) = await demo.MakeKeyAsync("acme");
        await using var visitor = await chromium.VisitAsync(demo.Address);
        await visitor.SignInAsync(key);

        await visitor.FollowAsync("Employees");
        await visitor.SeeAsync("Found: 60");
        await visitor.Page.GetByLabel("Outcome").SelectOptionAsync(new SelectOptionValue { Value = "skipped/missingEmail" });
        await visitor.SeeAsync("Found: 4");
        await visitor.Page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Ann Lee" }).First.ClickAsync();
        await visitor.Page.GetByRole(AriaRole.Complementary)
            .GetByText("Fill in the e-mail address under Contact information")
            .WaitForAsync();
        visitor.AssertNothingWentWrong();
    }

    [Fact]
    public async Task Administrator_TakesSomebodyOutAndPutsThemBack()
    {
        await demo.ConnectAsync("umbrella", users: 12);
        var (_, key) = await demo.MakeKeyAsync("umbrella");
        await using var visitor = await chromium.VisitAsync(demo.Address);
        var page = visitor.Page;
        await visitor.SignInAsync(key);

        await visitor.FollowAsync("Responsible");
        var name = await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Take out" }).First
            .GetAttributeAsync("aria-label");
        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Take out" }).First.ClickAsync();
        await visitor.SeeAsync("Taken out by hand");
        await visitor.AssertNoBarriersAsync();
        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Put back" + name!["Take out".Length..] }).ClickAsync();
        await page.GetByText("Taken out by hand").WaitForAsync(new LocatorWaitForOptions { State = WaitForSelectorState.Detached });

        await visitor.FollowAsync("Audit");
        await visitor.SeeAsync("Put somebody back among the responsible");
        await visitor.SeeAsync("Took somebody out of the responsible");
        visitor.AssertNothingWentWrong();
    }

    [Fact]
    public async Task Administrator_ReadsRussianInTheDark()
    {
        var (_, key) = await demo.MakeKeyAsync("acme");
        await using var visitor = await chromium.VisitAsync(demo.Address);
        var page = visitor.Page;
        await visitor.SignInAsync(key);

        await page.GetByLabel("Language").SelectOptionAsync("ru");
        await page.GetByLabel("Colours").SelectOptionAsync("dark");
        await visitor.PressAsync("Apply");
        await visitor.SeeAsync("Последние импорты");
        Assert.Equal(
            ("ru", "dark"),
            (await page.Locator("html").GetAttributeAsync("lang"), await page.Locator("html").GetAttributeAsync("data-theme")));
        await page.GotoAsync("/accounts/acme/employees?outcome=skipped");
        await page.GetByRole(AriaRole.Region, new PageGetByRoleOptions { Name = "Сотрудники" })
            .GetByText("Нет адреса почты").First
            .WaitForAsync();
        await page.WaitForLoadStateAsync(LoadState.NetworkIdle);
        await visitor.AssertNoBarriersAsync();
        visitor.AssertNothingWentWrong();
    }

    [Fact]
    public async Task Administrator_WhoseKeyIsRevoked_HasToSignInAgain()
    {
        var (keyId, key) = await demo.MakeKeyAsync("acme");
        await using var visitor = await chromium.VisitAsync(demo.Address);
        await visitor.SignInAsync(key);
        await visitor.SeeAsync("Acme (demo)");

        await demo.RevokeKeyAsync("acme", keyId);
        await visitor.Page.ReloadAsync();

        await visitor.Page.GetByLabel("Key", new PageGetByLabelOptions { Exact = true }).WaitForAsync();
        visitor.AssertNothingWentWrong();
    }
}
