using Microsoft.Playwright;
using OrleansSync.Browser.Demo;
using OrleansSync.Browser.Visits;

namespace OrleansSync.Browser.Journeys;

/// <summary>Connecting an account by consent in Bitrix24 instead of a webhook.</summary>
public sealed class ConsentTests(RunningDemo demo, Chromium chromium)
{
    [Fact]
    public async Task Operator_ConnectsByConsent_WhatAnotherBringsDoesNotCount()
    {
        await using var visitor = await chromium.VisitAsync(demo.Address);
        await AskAsync(demo, visitor, "hooli");
        var state = new Uri((await visitor.Page.GetByRole(AriaRole.Link, new PageGetByRoleOptions { Name = "Continue in Bitrix24" })
            .GetAttributeAsync("href"))!).Query.Split("state=")[1];

        // Another person with the same key, and the same state.
        await using (var other = await chromium.VisitAsync(demo.Address))
        {
            await other.SignInAsync(RunningDemo.OperatorKey);
            await other.Page.GotoAsync($"/connect/bitrix24?state={state}&code=code");
            await other.SeeAsync("belongs to no step that you began");
            await other.AssertNoBarriersAsync();
            other.AssertNothingWentWrong();
        }

        await visitor.FollowAsync("Continue in Bitrix24");
        await visitor.PressAsync("Allow");
        await visitor.SeeAsync("Connected and paused");
        await visitor.Page.GotoAsync("/accounts/hooli/settings");
        await visitor.SeeAsync("/portals/hooli/rest/");

        // What was used once is used up.
        await visitor.Page.GotoAsync($"/connect/bitrix24?state={state}&code=code");
        await visitor.SeeAsync("belongs to no step that you began");
        visitor.AssertNothingWentWrong();
    }

    [Fact]
    public async Task Operator_DoesNotConsent_ReadsThatNothingWasStored()
    {
        await using var visitor = await chromium.VisitAsync(demo.Address);
        await AskAsync(demo, visitor, "pied-piper");
        await visitor.FollowAsync("Continue in Bitrix24");

        await visitor.PressAsync("Do not allow");

        await visitor.SeeAsync("access was not allowed in Bitrix24");
        await visitor.AssertNoBarriersAsync();
        await visitor.Page.GotoAsync("/accounts?query=pied-piper");
        await visitor.SeeAsync("No results");
        visitor.AssertNothingWentWrong();
    }

    /// <summary>Fills in the form, until the portal is to be asked.</summary>
    internal static async Task AskAsync(RunningDemo demo, Visitor visitor, string name)
    {
        var (_, baseUrl, accessToken) = await demo.SeedAsync(name, users: 6);
        visitor.AlsoVisits = demo.SandboxRoot;
        var page = visitor.Page;
        await visitor.SignInAsync(RunningDemo.OperatorKey);
        await page.GotoAsync("connect");
        await page.GetByLabel("Sign in to Bitrix24 and allow access").CheckAsync();
        foreach (var (label, value) in new[]
        {
            ("Account ID", name), ("Name", name), ("Portal", new Uri(demo.SandboxRoot, "portals/" + name).AbsoluteUri),
            ("CallGear Data API address", baseUrl), ("Data API key", accessToken),
        })
        {
            await page.GetByLabel(label, new PageGetByLabelOptions { Exact = true }).FillAsync(value);
        }

        await page.GetByLabel("Pause imports by schedule and event").CheckAsync();
        await visitor.PressAsync("Test both and connect");
        await visitor.SeeAsync("One more step in Bitrix24");
        await visitor.AssertNoBarriersAsync();
    }
}
