using OrleansSync.Browser.Demo;
using OrleansSync.Browser.Visits;

namespace OrleansSync.Browser.Journeys;

/// <summary>The menu of the person: the colours and the language that are chosen there, with a script and without.</summary>
public sealed class PreferenceTests(RunningDemo demo, Chromium chromium)
{
    [Fact]
    public async Task Theme_IsThereBeforeTheServiceHasAnswered_AndStays()
    {
        await using var visitor = await chromium.VisitAsync(demo.Address);
        var page = visitor.Page;
        await visitor.SignInAsync(RunningDemo.OperatorKey, "/accounts?query=acme");

        await visitor.OpenMenuAsync();
        var theme = await page.Locator(".bar-menu input[value='dark']").EvaluateAsync<string>(
            "radio => { radio.click(); return document.documentElement.dataset.theme; }");

        Assert.Equal("dark", theme);
        await page.Locator("html[data-theme='dark'] .bar-menu:not([open])").WaitForAsync();
        Assert.EndsWith("/accounts?query=acme", page.Url, StringComparison.Ordinal);
        await visitor.OpenMenuAsync();
        await page.Locator(".bar-menu label:has(input[value='system'])").ClickAsync();
        await page.Locator("html:not([data-theme]) .bar-menu:not([open])").WaitForAsync();
        visitor.AssertNothingWentWrong();
    }

    [Fact]
    public async Task Rows_BecomePlainlyLowerAtOnce_AndStay()
    {
        await using var visitor = await chromium.VisitAsync(demo.Address);
        var page = visitor.Page;
        await visitor.SignInAsync(RunningDemo.OperatorKey, "/accounts/acme/employees");
        var before = await RowAsync();

        await visitor.ChooseAsync("compact", "data-density");
        await page.ReloadAsync();

        Assert.True(await RowAsync() < before - 4, "Rows are as high as before.");
        visitor.AssertNothingWentWrong();

        Task<double> RowAsync() =>
            page.Locator("tbody tr").First.EvaluateAsync<double>("row => row.getBoundingClientRect().height");
    }

    [Fact]
    public async Task Menu_ClosesByEscapeAndByAPressElsewhere()
    {
        await using var visitor = await chromium.VisitAsync(demo.Address);
        var page = visitor.Page;
        await visitor.SignInAsync(RunningDemo.OperatorKey);
        var closed = page.Locator(".bar-menu:not([open])");

        await visitor.OpenMenuAsync();
        Visitor.AssertNoBarriers(await visitor.FindBarriersAsync(".bar-menu"));
        await page.Locator(".bar-menu input[name=theme]:checked").FocusAsync();
        await page.Keyboard.PressAsync("Escape");
        await closed.WaitForAsync();
        await page.Locator(".bar-menu > summary:focus").WaitForAsync();

        await visitor.OpenMenuAsync();
        await page.Locator("h1").ClickAsync();
        await closed.WaitForAsync();
        visitor.AssertNothingWentWrong();
    }

    [Fact]
    public async Task Language_WithoutScript_IsChosenByAButton()
    {
        await using var visitor = await chromium.VisitAsync(demo.Address, Look.Light with { HasScript = false });
        var page = visitor.Page;
        await visitor.SignInAsync(RunningDemo.OperatorKey);

        await visitor.OpenMenuAsync();
        await page.Locator(".bar-menu label:has(input[value='ru'])").ClickAsync();
        await visitor.PressAsync("Apply");

        await page.Locator("html[lang='ru']").WaitForAsync();
        await visitor.SeeAsync("Acme (demo)");
        visitor.AssertNothingWentWrong();
    }
}
