using OrleansSync.Browser.Demo;
using OrleansSync.Browser.Visits;

namespace OrleansSync.Browser.Journeys;

/// <summary>The Orleans dashboard, which is for the operator alone.</summary>
public sealed class DashboardTests(RunningDemo demo, Chromium chromium)
{
    [Fact]
    public async Task Dashboard_ForTheOperator_ShowsGrainsWithoutBreakingThePolicy()
    {
        await using var visitor = await chromium.VisitAsync(demo.Address);
        await visitor.SignInAsync(RunningDemo.OperatorKey);
        await visitor.Page.GotoAsync("/operation");

        await visitor.FollowAsync("Orleans dashboard");

        await visitor.SeeAsync("Total Activations");
        visitor.AssertNothingWentWrong();
        await visitor.FollowAsync("OrleansSync");
        await visitor.SeeAsync("Silos");
        Assert.Equal(404, await StatusAsync(visitor, "/dashboard/GrainState?grainId=account/acme&grainType=x"));
        Assert.Equal(404, await StatusAsync(visitor, "/dashboard/Trace"));
    }

    [Fact]
    public async Task Dashboard_ForAnAccountsAdministrator_IsClosed()
    {
        var (_, key) = await demo.MakeKeyAsync("acme");
        await using var visitor = await chromium.VisitAsync(demo.Address);
        await visitor.SignInAsync(key);

        foreach (var address in new[]
        {
            "/dashboard/",
            "/dashboard/index.min.js",
            "/dashboard/DashboardCounters",
            "/dashboard/Reminders",
            "/dashboard/GrainState",
        })
        {
            Assert.Equal((address, 403), (address, await StatusAsync(visitor, address)));
        }
    }

    private static async Task<int> StatusAsync(Visitor visitor, string address) => (await visitor.Page.APIRequest.GetAsync(address)).Status;
}
