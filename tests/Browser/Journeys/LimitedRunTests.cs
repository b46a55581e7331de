using OrleansSync.Browser.Demo;
using OrleansSync.Browser.Visits;

namespace OrleansSync.Browser.Journeys;

/// <summary>A run that waits for a vendor's limit is watched, and stopped.</summary>
public sealed class LimitedRunTests(RunningDemo demo, Chromium chromium)
{
    [Fact]
    public async Task Operator_SeesWhatTheRunWaitsFor_AndStopsIt()
    {
        await demo.ConnectAsync("limited", users: 6);
        await demo.LimitAsync("limited", perMinute: 0);
        await using var visitor = await chromium.VisitAsync(demo.Address);
        var page = visitor.Page;
        await visitor.SignInAsync(RunningDemo.OperatorKey, "/accounts/limited");

        await visitor.PressAsync("Synchronize");
        await visitor.SeeAsync("CallGear’s limit is used up for now");
        await page.Locator(".notice local-time[format='time-seconds']").WaitForAsync();
        await visitor.AssertNoBarriersAsync();

        await visitor.PressAsync("Stop the import");
        await visitor.SeeAsync("Stopped by hand");
        await visitor.SeeAsync("This import was stopped before it changed anything.");
        await page.GotoAsync("/accounts/limited");
        await visitor.SeeAsync("The last import was stopped");
        await page.GotoAsync("/accounts/limited/audit");
        await visitor.SeeAsync("Stopped an import");
        visitor.AssertNothingWentWrong();
    }
}
