using System.Globalization;
using Microsoft.Playwright;
using OrleansSync.Browser.Visits;
using OrleansSync.Sandbox;
using OrleansSync.Sandbox.Bitrix24;
using AccountSettings = OrleansSync.Sandbox.CallGear.AccountSettings;

namespace OrleansSync.Load;

/// <summary>The web pages with very many accounts, and with a very large one, in the machine's browser.</summary>
internal static class PagesLoad
{
    private const int ConnectionsAtATime = 8;

    /// <summary>Connects the accounts, and prints how long a person waits for the pages.</summary>
    public static async Task<int> RunAsync(int accounts, int users, int times)
    {
        await using var sandbox = await SandboxServer.StartAsync(new SandboxOptions { LoggedRequests = 1_000 });
        await using var service = new MeasuredService("7.00:00:00", port: 5063);
        await service.StartAsync();
        await ConnectManyAsync(sandbox, service, accounts - 1);
        var (portal, callGear) = PortalLoad.Seed(sandbox, users);
        await service.Client.ConnectAsync(PortalLoad.Account, portal.WebhookUrl, callGear.BaseUrl, callGear.AccessToken);
        await service.Client.SynchronizeAsync(PortalLoad.Account);

        // What was just connected is in memory; a person may come when nothing is.
        await service.StopAsync();
        await service.StartAsync();

        using var playwright = await Playwright.CreateAsync();
        await using var browser = await playwright.Chromium.LaunchAsync(InstalledChromium.Options());
        var page = await browser.NewPageAsync(new BrowserNewPageOptions
        {
            BaseURL = service.Client.Address.AbsoluteUri,
            ViewportSize = new ViewportSize { Width = 1280, Height = 900 },
        });
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"{accounts} accounts, one with {users} users, embedded on SQLite, Chromium {browser.Version}, "
                + $"{Environment.ProcessorCount} cores; {times} times each."));
        Console.WriteLine();
        Console.WriteLine("| what | first | median | longest |");
        Console.WriteLine("| --- | --- | --- | --- |");
        await page.GotoAsync("/sign-in");
        await page.GetByLabel("Key", new PageGetByLabelOptions { Exact = true }).FillAsync(ServiceClient.Key);
        await MeasureAsync("signing in, until the list of accounts can be used", 1, async () =>
        {
            await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Sign in" }).ClickAsync();
            await EndOfTableAsync(page);
        });
        await MeasureAsync("list of accounts, until it can be used", times, () => GoAsync(page, "/accounts", EndOfTableAsync));
        await MeasureAsync("list of accounts with a search", times, () => GoAsync(page, "/accounts?query=account-1", EndOfTableAsync));
        await MeasureAsync("operation", times, () => GoAsync(page, "/operation", shown => shown.Locator("code").First.WaitForAsync()));
        await MeasureAsync("an account", times, () =>
            GoAsync(page, $"/accounts/{PortalLoad.Account}", shown => shown.GetByText("Last imports").WaitForAsync()));
        var employees = $"/accounts/{PortalLoad.Account}/employees";
        await MeasureAsync("employees, first page", times, () => GoAsync(page, employees, EndOfTableAsync));
        await MeasureAsync("employees, a page far away", times, () => GoAsync(page, $"{employees}?page={users / 100}", EndOfTableAsync));
        await MeasureAsync("employees, sorted by name", times, () => GoAsync(page, employees + "?sort=-name", EndOfTableAsync));
        await MeasureAsync("employees, a search", times, () => GoAsync(page, employees + "?query=17", EndOfTableAsync));
        await MeasureAsync("search everywhere", times, () =>
            GoAsync(page, "/search?query=account-17", shown => shown.Locator("table").First.WaitForAsync()));
        return 0;
    }

    private static Task ConnectManyAsync(SandboxServer sandbox, MeasuredService service, int accounts)
    {
        // One portal and one CallGear account serve all of them: they are paused, so that nobody asks there.
        var portal = sandbox.PutPortal("many", new PortalSettings(), []);
        var callGear = sandbox.PutAccount("many", new AccountSettings());
        return Parallel.ForEachAsync(
            Enumerable.Range(1, accounts), new ParallelOptions { MaxDegreeOfParallelism = ConnectionsAtATime }, async (number, _) =>
                await service.Client.ConnectAsync(
                    string.Create(CultureInfo.InvariantCulture, $"account-{number}"), portal.WebhookUrl, callGear.BaseUrl,
                    callGear.AccessToken, paused: true));
    }

    private static async Task GoAsync(IPage page, string address, Func<IPage, Task> shownAsync)
    {
        await page.GotoAsync(address, new PageGotoOptions { WaitUntil = WaitUntilState.Commit });
        await shownAsync(page);
    }

    // The last thing of the page, so that all of it is there.
    private static Task EndOfTableAsync(IPage page) => page.Locator(".table-foot").Last.WaitForAsync();

    private static async Task MeasureAsync(string what, int times, Func<Task> work)
    {
        List<double> taken = [];
        for (var time = 0; time < times; time++)
        {
            var begin = TimeProvider.System.GetTimestamp();
            await work();
            taken.Add(TimeProvider.System.GetElapsedTime(begin).TotalSeconds);
        }

        var (first, sorted) = (taken[0], taken.Order().ToList());
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"| {what} | {first:0.00} s | {sorted[sorted.Count / 2]:0.00} s | {sorted[^1]:0.00} s |"));
    }
}
