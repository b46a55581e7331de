using AngleSharp.Html.Parser;
using OrleansSync.Api.Tests.Hosting;
using OrleansSync.Grains.Interfaces;
using OrleansSync.Grains.Interfaces.Accounts;
using OrleansSync.Grains.Interfaces.Audit;
using OrleansSync.Grains.Interfaces.Runs;

namespace OrleansSync.Api.Tests.Web;

/// <summary>How an account's first page begins: its colour, whose move it is, and what is so, for every status.</summary>
public sealed class AccountStoryTests(SharedApi shared) : IClassFixture<SharedApi>
{
    public static TheoryData<AccountStatus, RunStatus?, bool, string, string?, string> Stories => new()
    {
        { AccountStatus.Active, null, false, "ok", null, "The first import is on its way" },
        { AccountStatus.Active, RunStatus.Queued, false, "busy", null, "An import is under way" },
        { AccountStatus.Active, RunStatus.Running, true, "busy", null, "A preview is being made" },
        { AccountStatus.Active, RunStatus.Succeeded, false, "ok", null, "Everything is in order" },
        { AccountStatus.Active, RunStatus.CompletedWithErrors, false, "warn", null, "Imported, with errors" },
        { AccountStatus.Active, RunStatus.CompletedWithErrors, true, "ok", null, "Everything is in order" },
        { AccountStatus.Active, RunStatus.Failed, false, "bad", null, "The last import failed" },
        { AccountStatus.Active, RunStatus.Failed, true, "ok", null, "Everything is in order" },
        { AccountStatus.Paused, null, false, "calm", null, "Imports by schedule are paused" },
        { AccountStatus.Paused, RunStatus.Running, false, "busy", null, "An import is under way" },
        { AccountStatus.Paused, RunStatus.Succeeded, false, "calm", null, "Imports by schedule are paused" },
        { AccountStatus.Held, RunStatus.Held, false, "warn", "Your decision", "Gone from Bitrix24, needs approval" },
        { AccountStatus.Failing, RunStatus.Failed, false, "fail", "Nobody has to act yet", "No answer" },
        {
            AccountStatus.ActionRequired, RunStatus.Failed, false, "bad", "Up to an administrator of acme.bitrix24.com",
            "CallGear refuses the key"
        },
        { AccountStatus.ActionRequired, RunStatus.Running, false, "busy", null, "An import is under way" },
    };

    [Theory]
    [MemberData(nameof(Stories))]
    public async Task Story_OfEachStatus_SaysWhatIsSoAndWhoseMoveItIs(
        AccountStatus status, RunStatus? run, bool isPreview, string tone, string? whose, string head)
    {
        shared.Api.Grains.Reset();
        var portal = shared.Api.Grains.Connect("acme");
        portal.Account = portal.Account! with
        {
            Status = status,
            FailingSince = status == AccountStatus.Failing ? Samples.Noon : null,
            Problem = status switch
            {
                AccountStatus.ActionRequired => new Problem(ProblemCode.CallGearUnauthorized, "Refused."),
                AccountStatus.Failing => new Problem(ProblemCode.Unreachable, "No answer."),
                AccountStatus.Held => new Problem(ProblemCode.DeletionGuard, "Many are gone."),
                _ => null,
            },
            LastRun = run is { } known ? Samples.Run(status: known) with { DryRun = isPreview } : null,
        };
        var visitor = new PageVisitor(shared.Api);
        await visitor.SignInAsync(TestApi.AdminKey);

        var page = new HtmlParser().ParseDocument(await visitor.GetTextAsync("/accounts/acme"));

        var story = Assert.Single(page.QuerySelectorAll(".story"));
        Assert.Equal(
            (tone, whose, head),
            (story.GetAttribute("data-tone"), story.QuerySelector(".whose")?.TextContent, story.QuerySelector("h2")!.TextContent));

        // What most people should do next is one thing.
        Assert.InRange(page.QuerySelectorAll("main .btn.primary").Length, 0, 1);
    }

    [Fact]
    public async Task Story_OfWhatSomebodyLeftAsItIs_IsQuietAndSaysWhoDid()
    {
        shared.Api.Grains.Reset();
        var portal = shared.Api.Grains.Connect("acme");
        portal.Account = portal.Account! with
        {
            Status = AccountStatus.Held,
            Problem = new Problem(ProblemCode.DeletionGuard, "Many are gone."),
            LastRun = Samples.Run(status: RunStatus.Held),
            Kept = new HeldDecision(new AuditActor(AuditActorKind.Oidc, "ann@acme.example"), Samples.Noon),
        };
        var visitor = new PageVisitor(shared.Api);
        await visitor.SignInAsync(TestApi.AdminKey);

        var page = new HtmlParser().ParseDocument(await visitor.GetTextAsync("/accounts/acme"));

        var story = Assert.Single(page.QuerySelectorAll(".story"));
        Assert.Equal(
            ("calm", null, "Nothing is to be decided now"),
            (story.GetAttribute("data-tone"), story.QuerySelector(".whose")?.TextContent, story.QuerySelector("h2")!.TextContent));
        Assert.Equal("ann@acme.example", story.QuerySelector("bdi")!.TextContent);
    }

    [Fact]
    public async Task Story_OfARunThatSomebodyStopped_IsNoFailure()
    {
        shared.Api.Grains.Reset();
        var portal = shared.Api.Grains.Connect("acme");
        portal.Account = portal.Account! with
        {
            LastRun = Samples.Run(status: RunStatus.Failed) with { Error = new Problem(ProblemCode.Cancelled, "Somebody stopped it.") },
        };
        var visitor = new PageVisitor(shared.Api);
        await visitor.SignInAsync(TestApi.AdminKey);

        var story = new HtmlParser().ParseDocument(await visitor.GetTextAsync("/accounts/acme")).QuerySelector(".story")!;

        Assert.Equal(
            ("calm", "The last import was stopped"), (story.GetAttribute("data-tone"), story.QuerySelector("h2")!.TextContent));
    }
}
