using System.Text.RegularExpressions;
using OrleansSync.Browser.Terminals;
using OrleansSync.Browser.Visits;
using OrleansSync.Testing.Processes;

namespace OrleansSync.Browser.Journeys;

/// <summary>The first minute with a service that was started just now, at a terminal.</summary>
public sealed partial class FirstMinuteTests(Chromium chromium)
{
    [Fact]
    public async Task Newcomer_WhoOpensTheLineOfTheTerminal_IsSignedInOnce()
    {
        using var directory = new TemporaryDirectory();
        using var terminal = PseudoTerminal.Open();
        var address = new Uri($"http://127.0.0.1:{LoopbackPorts.TakeFree(1)[0]}/");
        await using var service = ServiceProcess.StartBy(
            terminal.Starter, "first", ServiceBinaries.Api, new Dictionary<string, string>
            {
                ["ASPNETCORE_URLS"] = address.GetLeftPart(UriPartial.Authority),
                ["OrleansSync__DataDirectory"] = directory.Path,
            });
        var link = await terminal.ReadAsync(OneTimeLink(), TestContext.Current.CancellationToken);
        await using var visitor = await chromium.VisitAsync(address);

        await visitor.Page.GotoAsync(link);
        await visitor.SeeAsync("The link from the service's terminal signs you in as the operator. It works once.");
        Assert.False(await visitor.Page.Locator("#code").IsVisibleAsync());
        await visitor.AssertNoBarriersAsync();
        await visitor.PressAsync("Sign in");
        await visitor.SeeSignedInAsync();
        Assert.Equal("/accounts", new Uri(visitor.Page.Url).PathAndQuery);

        await visitor.SignOutAsync();
        await visitor.Page.GotoAsync(link);
        await visitor.PressAsync("Sign in");
        await visitor.SeeAsync("This one-time link does not work any more");
        await visitor.AssertNoBarriersAsync();
        visitor.AssertNothingWentWrong();
    }

    [GeneratedRegex(@"http://127\.0\.0\.1:\d+/sign-in/once#[\w-]{43}")]
    private static partial Regex OneTimeLink();
}
