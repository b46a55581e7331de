using Microsoft.Playwright;
using OrleansSync.Browser.Demo;
using OrleansSync.Browser.Visits;

namespace OrleansSync.Browser.Journeys;

/// <summary>Pages that stay open while what they belong to ends: the service's process, or the sign-in.</summary>
public sealed class LostPageTests(RunningDemo demo, Chromium chromium)
{
    private const string Chosen = "/accounts/acme/employees?outcome=skipped&reason=missingEmail";

    [Fact]
    public async Task OpenPage_AfterARestartOfTheService_GoesOnByItself()
    {
        await using var visitor = await chromium.VisitAsync(demo.Address);
        await visitor.HoldTimeAsync();
        await visitor.SignInAsync(RunningDemo.OperatorKey);
        await visitor.Page.GotoAsync(Chosen);

        await GoesOnAsync(demo, visitor);

        Assert.EndsWith(Chosen, visitor.Page.Url, StringComparison.Ordinal);
    }

    /// <summary>
    /// Takes the service away while an account's list is open, and brings it back: the page shows then what has changed, without having
    /// been opened anew.
    /// </summary>
    internal static async Task GoesOnAsync(RunningDemo demo, Visitor visitor)
    {
        var page = visitor.Page;
        var search = page.GetByRole(AriaRole.Main).GetByRole(AriaRole.Searchbox);
        await visitor.SeeAsync("1–4 of 4");
        await search.FillAsync("typed meanwhile");
        await search.BlurAsync();
        visitor.IsServiceGone = true;
        await demo.RestartAsync(async () =>
        {
            var asked = new TaskCompletionSource();
            page.RequestFailed += (_, _) => asked.TrySetResult();
            page.Response += (_, _) => asked.TrySetResult();
            await visitor.LetTimePassAsync();
            await asked.Task.WaitAsync(TestContext.Current.CancellationToken);
        });
        await demo.PauseAsync("acme", paused: true);
        try
        {
            await visitor.LetTimePassAsync();
            await page.Locator(".head .badge").Filter(new LocatorFilterOptions { HasText = "Paused" }).WaitForAsync();
        }
        finally
        {
            await demo.PauseAsync("acme", paused: false);
        }

        await visitor.SeeAsync("1–4 of 4");
        Assert.Equal("typed meanwhile", await search.InputValueAsync());
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

        // The page's script takes the notice out of the address again.
        await page.WaitForURLAsync(button == "Save" ? "**/accounts/acme/settings*" : "**/accounts/acme/history/*");
        visitor.AssertNothingWentWrong();
    }
}
