using Microsoft.Playwright;
using OrleansSync.Browser.Demo;
using OrleansSync.Browser.Visits;

namespace OrleansSync.Browser.Journeys;

/// <summary>Signing in with one's organization instead of a key.</summary>
public sealed class OrganizationSignInTests(RunningDemo demo, Chromium chromium)
{
    [Fact]
    public async Task Operator_ComesBackToThePageThatWasAskedFor_AndSignsOut()
    {
        await using var visitor = await VisitAsync();

        await SignInAsync(visitor, "/accounts?query=acme", "Olga, the operator");
        await visitor.SeeAsync("Acme (demo)");
        Assert.EndsWith("/accounts?query=acme", visitor.Page.Url, StringComparison.Ordinal);

        await visitor.SignOutAsync();
        await visitor.Page.GotoAsync("/accounts");
        await visitor.Page.GetByLabel("Key", new PageGetByLabelOptions { Exact = true }).WaitForAsync();
        visitor.AssertNothingWentWrong();
    }

    [Fact]
    public async Task PersonOfAnAccount_SynchronizesIt_AndSeesNoOther()
    {
        await demo.ConnectAsync("vandelay", users: 4);
        await using var visitor = await VisitAsync();

        await SignInAsync(visitor, "/accounts/acme", "Ann of Acme");
        await visitor.PressAsync("Synchronize");
        await visitor.SeeAsync("Download CSV");
        await visitor.AssertNoBarriersAsync();

        visitor.ExpectedStatus = 404;
        await visitor.Page.GotoAsync("/accounts/vandelay");
        await visitor.SeeAsync("Page not found");
        visitor.AssertNothingWentWrong();
    }

    private async Task<Visitor> VisitAsync()
    {
        var visitor = await chromium.VisitAsync(demo.Address);
        visitor.AlsoVisits = demo.Issuer;
        return visitor;
    }

    private static async Task SignInAsync(Visitor visitor, string address, string person)
    {
        await visitor.Page.GotoAsync(address);
        await visitor.AssertNoBarriersAsync();
        await visitor.FollowAsync("your organization");
        await visitor.FollowAsync(person);
        await visitor.SeeSignedInAsync();
    }
}
