using System.Text.RegularExpressions;
using Microsoft.Playwright;
using OrleansSync.Browser.Demo;
using OrleansSync.Browser.Visits;

namespace OrleansSync.Browser.Journeys;

/// <summary>What an account's administrator does, who has a key of that account alone.</summary>
public sealed partial class AccountAdministratorTests(RunningDemo demo, Chromium chromium)
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
        await visitor.SeeAsync("people disappeared from Bitrix24 at once");
        await visitor.PressAsync(Approval());
        var download = await page.RunAndWaitForDownloadAsync(() => visitor.FollowAsync("Download CSV"));
        var lines = await File.ReadAllLinesAsync(await download.PathAsync(), TestContext.Current.CancellationToken);
        Assert.Contains(lines, line => line.Contains(",removedFromResponsible,", StringComparison.Ordinal));

        await visitor.SignOutAsync();
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
        await visitor.SeeAsync("1–50 of 60");
        await visitor.FollowAsync("Not imported");
        await visitor.Page.GetByLabel("Reason").SelectOptionAsync("missingEmail");
        await visitor.SeeAsync("1–4 of 4");
        await visitor.FollowAsync("Ann Lee");
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
        var takeOut = page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Exclude" }).First;
        var name = (await takeOut.GetAttributeAsync("aria-label"))!["Exclude ".Length..];
        await takeOut.ClickAsync();
        await visitor.SeeAsync("Excluded by hand");
        await visitor.SeeAsync($"{name} was taken out");
        await visitor.AssertNoBarriersAsync();
        await visitor.PressAsync("Undo");
        await visitor.SeeAsync($"{name} was put back");
        await page.GetByText("Excluded by hand").WaitForAsync(new LocatorWaitForOptions { State = WaitForSelectorState.Detached });

        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Exclude " + name }).First.ClickAsync();
        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Include " + name }).ClickAsync();
        await page.GetByText("Excluded by hand").WaitForAsync(new LocatorWaitForOptions { State = WaitForSelectorState.Detached });

        await visitor.FollowAsync("Audit");
        await visitor.SeeAsync("Included somebody in the responsible list");
        await visitor.SeeAsync("Excluded somebody from the responsible list");
        visitor.AssertNothingWentWrong();
    }

    [Fact]
    public async Task Administrator_ReadsRussianInTheDark()
    {
        var (_, key) = await demo.MakeKeyAsync("acme");
        await using var visitor = await chromium.VisitAsync(demo.Address);
        var page = visitor.Page;
        await visitor.SignInAsync(key);

        await visitor.ChooseAsync("ru", "lang");
        await visitor.ChooseAsync("dark", "data-theme");
        await page.ReloadAsync();
        await visitor.SeeAsync("Последние импорты");
        Assert.Equal(
            ("ru", "dark"),
            (await page.Locator("html").GetAttributeAsync("lang"), await page.Locator("html").GetAttributeAsync("data-theme")));
        await page.GotoAsync("/accounts/acme/employees?outcome=skipped");
        await page.GetByRole(AriaRole.Table, new PageGetByRoleOptions { Name = "Сотрудники" })
            .GetByText("Нет адреса почты").First
            .WaitForAsync();
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

    [GeneratedRegex("^Take [0-9]+ people off the responsible list$")]
    private static partial Regex Approval();
}
