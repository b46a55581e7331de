using Microsoft.Playwright;
using OrleansSync.Browser.Demo;
using OrleansSync.Browser.Visits;

namespace OrleansSync.Browser.Journeys;

/// <summary>Changing an account's connection and settings, and what the form says of mistakes.</summary>
public sealed class ConnectionChangeTests(RunningDemo demo, Chromium chromium)
{
    [Fact]
    public async Task Operator_OpensChangesSavesAndLooksAgain()
    {
        await demo.ConnectAsync("vandelay", users: 6);
        await using var visitor = await chromium.VisitAsync(demo.Address);
        var page = visitor.Page;
        await visitor.SignInAsync(RunningDemo.OperatorKey);

        await page.GotoAsync("/accounts/vandelay/settings");
        await visitor.FollowAsync("Change the connection and settings");
        Assert.Equal("vandelay", await Field(page, "Name").InputValueAsync());
        await Field(page, "Name").FillAsync("Vandelay Industries");
        await Field(page, "Ask before many people leave").FillAsync("10");
        await page.GetByLabel("Pause imports by schedule and event").CheckAsync();
        await visitor.PressAsync("Save");
        await page.GetByRole(AriaRole.Status).Filter(new LocatorFilterOptions { HasText = "Saved" }).WaitForAsync();
        await visitor.SeeAsync("Vandelay Industries");
        Assert.Equal("10", await Field(page, "Ask before many people leave").InputValueAsync());

        await visitor.FollowAsync("Change the connection and settings");
        Assert.Equal(
            ("Vandelay Industries", "10"),
            (await Field(page, "Name").InputValueAsync(), await Field(page, "Ask before many people leave").InputValueAsync()));
        Assert.True(await page.GetByLabel("Pause imports by schedule and event").IsCheckedAsync());

        // A group that CallGear does not have is found with the stored key.
        await page.Locator("#Form-ResponsibleGroupId").FillAsync("999999");
        await visitor.PressAsync("Save");
        await visitor.SeeAsync("Not saved");
        Assert.Equal("true", await page.Locator("#Form-ResponsibleGroupId").GetAttributeAsync("aria-invalid"));
        await visitor.AssertNoBarriersAsync();
        visitor.AssertNothingWentWrong();
    }

    [Theory]
    [InlineData("en-US", "Test both and connect", "Data API key", "Not saved. Fix the following:")]
    [InlineData("ru-RU", "Проверить и подключить", "Ключ Data API", "Не сохранено. Исправьте:")]
    public async Task Form_WithMistakes_SaysWhereTheyAreAndTakesThereAtAClick(string language, string send, string key, string head)
    {
        await using var visitor = await chromium.VisitAsync(demo.Address, Look.Light with { Language = language });
        var page = visitor.Page;
        await visitor.SignInAsync(RunningDemo.OperatorKey, "/connect");
        await page.Locator("#Form-AccountId").FillAsync("Not an id");
        await page.Locator("#Form-WebhookUrl").FillAsync("https://acme.bitrix24.com/");
        await page.Locator("#Form-BaseUrl").FillAsync("http://10.0.0.1/");
        await page.Locator("#Form-ResponsibleGroupId").FillAsync("abc");
        await visitor.PressAsync(send);

        var summary = page.GetByRole(AriaRole.Alert).Filter(new LocatorFilterOptions { HasText = head });
        await summary.WaitForAsync();
        Assert.True(await summary.EvaluateAsync<bool>("summary => summary === document.activeElement"));
        Assert.Equal(6, await page.Locator("[aria-invalid=true]").CountAsync());
        Assert.Equal(6, await summary.GetByRole(AriaRole.Listitem).CountAsync());
        Assert.Equal("abc", await page.Locator("#Form-ResponsibleGroupId").InputValueAsync());
        await summary.GetByRole(AriaRole.Link, new LocatorGetByRoleOptions { Name = key }).ClickAsync();
        Assert.EndsWith("/connect#Form-AccessToken", page.Url, StringComparison.Ordinal);
        Assert.Equal(6, await page.Locator("[aria-invalid=true]").CountAsync());
        await visitor.AssertNoBarriersAsync();
        visitor.AssertNothingWentWrong();
    }

    [Fact]
    public async Task Operator_WhoConnectsTheSameTwice_IsAskedFirst()
    {
        var (webhook, baseUrl, accessToken) = await demo.SeedAsync("kramerica", users: 6);
        await demo.ConnectAsync("kramerica", webhook, baseUrl, accessToken);
        await using var visitor = await chromium.VisitAsync(demo.Address);
        var page = visitor.Page;
        await visitor.SignInAsync(RunningDemo.OperatorKey);
        await page.GotoAsync("/connect");
        foreach (var (label, value) in new[]
        {
            ("Account ID", "kramerica-2"), ("Name", "Kramerica"), ("Inbound webhook", webhook), ("CallGear Data API address", baseUrl),
            ("Data API key", accessToken),
        })
        {
            await Field(page, label).FillAsync(value);
        }

        await page.GetByLabel("Pause imports by schedule and event").CheckAsync();
        await visitor.PressAsync("Test both and connect");
        await visitor.SeeAsync("this is connected already");
        await visitor.AssertNoBarriersAsync();

        await page.GetByLabel("Connect the same portal and CallGear account once more").CheckAsync();
        await visitor.PressAsync("Test both and connect");
        await visitor.SeeAsync("Connected and paused");
        visitor.AssertNothingWentWrong();
    }

    private static ILocator Field(IPage page, string label) => page.GetByLabel(label, new PageGetByLabelOptions { Exact = true });
}
