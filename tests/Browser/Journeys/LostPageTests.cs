using Microsoft.Playwright;
using OrleansSync.Browser.Demo;
using OrleansSync.Browser.Visits;

namespace OrleansSync.Browser.Journeys;

/// <summary>Pages that stay open while what they belong to ends: the service's process, or the sign-in.</summary>
public sealed class LostPageTests(RunningDemo demo, Chromium chromium)
{
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task EmployeesPage_AfterARestartOfTheService_LoadsItselfAgain()
    {
        await using var visitor = await chromium.VisitAsync(demo.Address);
        var page = visitor.Page;
        await visitor.SignInAsync(RunningDemo.OperatorKey);
        await page.GotoAsync("/accounts/acme/employees");
        await visitor.SeeAsync("Found: 60");
        await page.GetByLabel("Outcome").SelectOptionAsync(new SelectOptionValue { Value = "skipped/missingEmail" });
        await visitor.SeeAsync("Found: 4");
        visitor.IsServiceGone = true;

        var reloaded = new TaskCompletionSource();
        page.DOMContentLoaded += (_, _) => reloaded.TrySetResult();
        await demo.RestartAsync();
        await reloaded.Task.WaitAsync(_patience, TimeProvider.System, TestContext.Current.CancellationToken);

        // It lives again: it answers, and says nothing of a lost connection.
        await visitor.SeeAsync("Found: 60");
        await page.GetByLabel("Outcome").SelectOptionAsync(new SelectOptionValue { Value = "skipped/missingEmail" });
        await visitor.SeeAsync("Found: 4");
        Assert.False(await page.Locator("#components-reconnect-modal").IsVisibleAsync());
        visitor.AssertNothingWentWrong();
    }

    [Theory]
    [InlineData("/accounts/acme/settings", "Synchronize")]
    [InlineData("/connect?account=acme", "Save")]
    public async Task Button_AfterTheSignInHasEnded_LeadsBackToItsPageAndStartsNothing(string address, string button)
    {
        await using var visitor = await chromium.VisitAsync(demo.Address);
        var page = visitor.Page;
        await visitor.SignInAsync(RunningDemo.OperatorKey);
        await page.GotoAsync(address);
        var runs = await demo.CountRunsAsync("acme");
        await page.Context.ClearCookiesAsync(new BrowserContextClearCookiesOptions { Name = "orleanssync" });

        await visitor.PressAsync(button);
        await visitor.SeeAsync("Your sign-in had ended, and nothing was started.");
        await visitor.AssertNoBarriersAsync();
        await page.GetByLabel("Key", new PageGetByLabelOptions { Exact = true }).FillAsync(RunningDemo.OperatorKey);
        await visitor.PressAsync("Sign in");
        await visitor.SeeAsync("You are signed in again; nothing was started.");
        Assert.Equal(address.Split('?')[0], new Uri(page.Url).AbsolutePath);
        Assert.Equal(runs, await demo.CountRunsAsync("acme"));
        await visitor.AssertNoBarriersAsync();

        await visitor.PressAsync(button);
        await page.WaitForURLAsync(button == "Save" ? "**/settings?notice=saved" : "**/accounts/acme/history/*");
        visitor.AssertNothingWentWrong();
    }
}
