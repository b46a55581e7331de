using System.Globalization;
using Microsoft.Playwright;
using OrleansSync.Browser.Demo;
using OrleansSync.Browser.Visits;

namespace OrleansSync.Browser.Pages;

/// <summary>What a first visit costs: bytes, requests, and whatever moves while the page comes.</summary>
public sealed class WeightTests(RunningDemo demo, Chromium chromium)
{
    private const int MostBytes = 350_000;
    private const int MostRequests = 16;
    private const int MostOfAScript = 20_000;
    private const double MostShift = 0.02;

    private static readonly string[] _kept = ["Stylesheet", "Script", "Font", "Image", "Other"];

    [Theory]
    [InlineData("en-GB")]
    [InlineData("ru-RU")]
    public async Task FirstVisit_OfEachPage_IsLight(string language)
    {
        await using var visitor = await chromium.VisitAsync(demo.Address, Look.Light with { Language = language });
        var page = visitor.Page;
        var wire = await Wire.ListenAsync(page);
        List<string> faults = [];
        await LookAsync("/sign-in");
        faults.AddRange(await page.EvaluateAsync<string[]>(
            """
            most => performance.getEntriesByType('resource').filter(entry => entry.initiatorType === 'script')
              .filter(entry => entry.decodedBodySize > most).map(entry => `${entry.name} has ${entry.decodedBodySize} bytes`)
            """,
            MostOfAScript));
        await visitor.SignInAsync(RunningDemo.OperatorKey);
        await LookAsync("/accounts");
        await LookAsync("/accounts/acme/employees");
        await LookAsync(await FindRunAsync(page));

        Visitor.AssertNothing(faults);
        visitor.AssertNothingWentWrong();

        async Task LookAsync(string address)
        {
            var answers = await wire.OpenAnewAsync(address);
            var bytes = answers.Sum(answer => answer.Bytes);
            TestContext.Current.TestOutputHelper?.WriteLine(
                string.Create(CultureInfo.InvariantCulture, $"{address}: {bytes} bytes in {answers.Length} requests"));
            Assert.Contains(answers, answer => answer.Kind == "Stylesheet" && answer.Bytes > 0);
            Assert.Contains(answers, answer => answer.Kind == "Font" && answer.Bytes > 0);
            if (bytes > MostBytes || answers.Length > MostRequests)
            {
                faults.Add($"{address} needs {bytes} bytes in {answers.Length} requests");
            }

            faults.AddRange(answers.Where(answer => answer.Kind is "Stylesheet" or "Script" && answer.Encoding is not ("gzip" or "br"))
                .Select(answer => $"{answer.Address} is not compressed"));
            faults.AddRange(answers.Where(answer => _kept.Contains(answer.Kind))
                .Where(answer => !answer.Caching.Contains("immutable", StringComparison.Ordinal))
                .Select(answer => $"{answer.Address} is kept by “{answer.Caching}”"));
        }
    }

    [Fact]
    public async Task Pages_WhileTheyCome_MoveNothing()
    {
        await using var visitor = await chromium.VisitAsync(demo.Address);
        var page = visitor.Page;
        var wire = await Wire.ListenAsync(page);
        await page.AddInitScriptAsync(
            """
            window.shift = 0;
            new PerformanceObserver(list => list.getEntries().forEach(entry => { shift += entry.hadRecentInput ? 0 : entry.value; }))
              .observe({ type: 'layout-shift', buffered: true });
            """);
        await visitor.SignInAsync(RunningDemo.OperatorKey);
        List<string> faults = [];
        foreach (var address in (string[])["/accounts", "/accounts/acme", "/accounts/acme/employees", await FindRunAsync(page)])
        {
            await wire.OpenAnewAsync(address);
            var shift = await page.EvaluateAsync<double>(
                "() => new Promise(tell => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(() => tell(shift)))))");
            TestContext.Current.TestOutputHelper?.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{address}: {shift:0.0000}"));
            if (shift >= MostShift)
            {
                faults.Add(string.Create(CultureInfo.InvariantCulture, $"{address} moves by {shift:0.0000}"));
            }
        }

        Visitor.AssertNothing(faults);

        // What moves is noticed.
        await page.EvaluateAsync("document.querySelector('main').style.paddingBlockStart = '20rem'");
        await page.WaitForFunctionAsync("most => shift >= most", MostShift);
        visitor.AssertNothingWentWrong();
    }

    private static async Task<string> FindRunAsync(IPage page)
    {
        await page.GotoAsync("/accounts/acme/history");
        return (await page.GetByRole(AriaRole.Cell).GetByRole(AriaRole.Link).Last.GetAttributeAsync("href"))!;
    }
}
