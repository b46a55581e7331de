using AngleSharp.Dom;
using AngleSharp.Html.Parser;
using OrleansSync.Api.Runs;
using OrleansSync.Api.Tests.Hosting;
using OrleansSync.Grains.Interfaces;
using OrleansSync.Grains.Interfaces.Accounts;
using OrleansSync.Grains.Interfaces.Audit;
using OrleansSync.Grains.Interfaces.Runs;

namespace OrleansSync.Api.Tests.Web;

/// <summary>The page of a run that waits for a decision (R8.1, R8.2).</summary>
public sealed class HeldStoryTests(SharedApi shared) : IClassFixture<SharedApi>
{
    private const int People = 12;

    [Fact]
    public async Task People_AreNamedWithTheirAddresses_AndTheButtonSaysHowMany()
    {
        var page = await OpenAsync(Connect(kept: null), "");

        Assert.Equal(People, page.QuerySelectorAll(".people > li").Length);
        Assert.Contains("user3@acme.example", page.QuerySelector(".people")!.TextContent, StringComparison.Ordinal);
        Assert.Equal(
            ["Take 12 people off the responsible list", "Change nothing"],
            page.QuerySelectorAll(".ways button").Select(button => button.TextContent.Trim()));
    }

    [Fact]
    public async Task Search_AmongThem_NamesTheFoundAndStillApprovesAll()
    {
        var page = await OpenAsync(Connect(kept: null), "?query=user3%40");

        Assert.Equal("Name 3", Assert.Single(page.QuerySelectorAll(".people a")).TextContent);
        Assert.Contains("12 people", page.QuerySelector("#held")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("Take 12 people", page.QuerySelector(".ways .btn.primary")!.TextContent, StringComparison.Ordinal);
        Assert.Single(page.QuerySelectorAll("[role=search] [name=query][value]"));
    }

    [Fact]
    public async Task Decision_ToChangeNothing_IsNotedWithWhoMadeIt_AndNotOfferedAgain()
    {
        var portal = Connect(kept: null);
        var visitor = new PageVisitor(shared.Api);
        await visitor.SignInAsync(TestApi.AdminKey);

        using var answer = await visitor.PostAsync(
            "/accounts/acme/history/run-9/keep", await visitor.TokenAsync("/accounts/acme/history/run-9"));

        Assert.Equal("/accounts/acme?notice=kept", answer.Headers.Location?.OriginalString);
        Assert.Equal(("run-9", AuditActorKind.Operator), (portal.Kept.Single().RunId, portal.Kept.Single().By.Kind));
        var page = await OpenAsync(Connect(new HeldDecision(portal.Kept.Single().By, Samples.Noon)), "");
        Assert.Equal(
            ["Take 12 people off the responsible list"],
            page.QuerySelectorAll(".ways button").Select(button => button.TextContent.Trim()));
        Assert.Equal("calm", page.QuerySelector(".story")!.GetAttribute("data-tone"));
    }

    private ScriptedPortal Connect(HeldDecision? kept)
    {
        shared.Api.Grains.Reset();
        var portal = shared.Api.Grains.Connect("acme");
        var summary = Samples.Run(status: RunStatus.Held) with
        {
            RunId = "run-9",
            Error = new Problem(ProblemCode.DeletionGuard, "Many are gone."),
        };
        portal.Account = portal.Account! with { Status = AccountStatus.Held, LastRun = summary, Kept = kept };
        portal.Runs["run-9"] = new WholeRun(summary, [.. Enumerable.Range(1, People).Select(id => new RunChange
        {
            BitrixUserId = id,
            Name = $"Name {id}",
            Outcome = ChangeOutcome.Skipped,
            Reason = summary.Error,
            Email = $"user{id}@acme.example",
        })]);
        return portal;
    }

    private async Task<IDocument> OpenAsync(ScriptedPortal portal, string query)
    {
        Assert.NotNull(portal.Account);
        var visitor = new PageVisitor(shared.Api);
        await visitor.SignInAsync(TestApi.AdminKey);
        return new HtmlParser().ParseDocument(await visitor.GetTextAsync("/accounts/acme/history/run-9" + query));
    }
}
