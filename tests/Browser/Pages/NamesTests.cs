using System.Text.Json.Nodes;
using Microsoft.Playwright;
using OrleansSync.Browser.Demo;
using OrleansSync.Browser.Visits;

namespace OrleansSync.Browser.Pages;

/// <summary>Names that are written from right to left, or turn what follows them round, keep that to themselves.</summary>
public sealed class NamesTests(RunningDemo demo, Chromium chromium)
{
    private const string TurnsRound = "\u202EnnA";

    [Fact]
    public async Task NamesThatTurnTextRound_TurnNothingButThemselves()
    {
        var (webhook, baseUrl, accessToken) = await demo.SeedAsync("turned", users: 20);
        await demo.ChangeUserAsync(
            "turned", 1, new JsonObject { ["NAME"] = TurnsRound, ["LAST_NAME"] = "عبد الله", ["EMAIL"] = "1@example.com" });
        await demo.ChangeUserAsync("turned", 2, new JsonObject { ["NAME"] = TurnsRound, ["LAST_NAME"] = "עברית" }, without: "EMAIL");
        await demo.ConnectAsync("turned", webhook, baseUrl, accessToken);
        await using var visitor = await chromium.VisitAsync(demo.Address);
        var page = visitor.Page;
        await visitor.SignInAsync(RunningDemo.OperatorKey);
        List<string> faults = [];

        await page.GotoAsync("/accounts/turned/employees?user=2");
        await visitor.SeeAsync("has no e-mail address");
        await LookAsync();
        await page.GotoAsync("/accounts/turned/responsible");
        await LookAsync();
        await page.GotoAsync("/accounts/turned/history");
        await page.GetByRole(AriaRole.Cell).GetByRole(AriaRole.Link).First.ClickAsync();
        await visitor.SeeAsync("Download CSV");
        await page.EvalOnSelectorAllAsync("details.diff", "groups => groups.forEach(group => { group.open = true; })");
        await LookAsync();

        Visitor.AssertNothing(faults);
        visitor.AssertNothingWentWrong();

        async Task LookAsync()
        {
            await page.GetByText(TurnsRound).First.WaitForAsync();
            faults.AddRange(await page.FindTurnedRoundAsync());
        }
    }
}
