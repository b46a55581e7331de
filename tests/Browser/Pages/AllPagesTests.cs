using Microsoft.Playwright;
using OrleansSync.Browser.Demo;
using OrleansSync.Browser.Visits;

namespace OrleansSync.Browser.Pages;

/// <summary>
/// Every page in every look, the dark one in Russian: no barrier, no error, nothing from elsewhere. With ORLEANSSYNC_SCREENSHOTS, a folder,
/// each is also kept as a picture, in English.
/// </summary>
public sealed class AllPagesTests(RunningDemo demo, Chromium chromium)
{
    private static readonly (string Name, string Address, string Shows)[] _pages =
    [
        ("accounts", "/accounts", "Connect an account"),
        ("operation", "/operation", "Silos"),
        ("connect", "/connect", "Test both and connect"),
        ("connection", "/connect?account=acme", "Connection and settings"),
        ("account", "/accounts/acme", "Last imports"),
        ("employees", "/accounts/acme/employees", "1–50 of 60"),
        ("employee", "/accounts/acme/employees?outcome=skipped&user=31", "What to do"),
        ("responsible", "/accounts/acme/responsible", "Who is on the list"),
        ("history", "/accounts/acme/history", "Download CSV"),
        ("settings", "/accounts/acme/settings", "Connected since"),
        ("audit", "/accounts/acme/audit", "Connected the account"),
        ("search", "/search?query=acme", "Accounts by name or ID"),
        ("help", "/help", "What went wrong, and what to do"),
        ("not-found", "/accounts/nobody", "Page not found"),
    ];

    /// <summary>The addresses of all pages that can be opened without a run's id.</summary>
    public static IEnumerable<string> Addresses => _pages.Select(page => page.Address);

    public static TheoryData<string> Looks => ["light", "dark", "phone"];

    private static string? Pictures =>
        Environment.GetEnvironmentVariable("ORLEANSSYNC_SCREENSHOTS") is { Length: > 0 } folder ? folder : null;

    [Theory]
    [MemberData(nameof(Looks))]
    public async Task Pages_InEachLook_HaveNoBarrierAndNoError(string lookName)
    {
        var look = new[] { Look.Light, Look.Dark, Look.Phone }.Single(one => one.Name == lookName);
        look = look.IsDark && Pictures is null ? look with { Language = "ru-RU" } : look;
        await using var visitor = await chromium.VisitAsync(demo.Address, look);
        visitor.ExpectedStatus = 404;
        List<string> barriers = [];

        await visitor.Page.GotoAsync("/sign-in");
        barriers.AddRange(await visitor.FindBarriersAsync());
        await KeepPictureAsync(visitor, $"sign-in-{look.Name}");
        await visitor.SignInAsync(RunningDemo.OperatorKey);
        await visitor.Page.GotoAsync("/accounts/acme/history");
        var run = await visitor.Page.GetByRole(AriaRole.Cell).GetByRole(AriaRole.Link).Last.GetAttributeAsync("href");
        foreach (var (name, address, shows) in _pages.Append(("run", run!, "Download CSV")))
        {
            await visitor.Page.GotoAsync(address);
            await (look.Language == "en" ? visitor.SeeAsync(shows) : visitor.Page.Locator("html[lang=ru] #main").WaitForAsync());
            barriers.AddRange(await visitor.FindBarriersAsync());
            await KeepPictureAsync(visitor, $"{name}-{look.Name}");
        }

        Visitor.AssertNoBarriers(barriers);
        visitor.AssertNothingWentWrong();
    }

    private static async Task KeepPictureAsync(Visitor visitor, string name)
    {
        if (Pictures is { } folder)
        {
            await visitor.Page.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(folder, name + ".png") });
        }
    }
}
