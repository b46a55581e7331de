using AngleSharp.Dom;
using AngleSharp.Html.Parser;
using OrleansSync.Api.Runs;
using OrleansSync.Api.Tests.Hosting;
using OrleansSync.Grains.Interfaces;
using OrleansSync.Grains.Interfaces.Accounts;
using OrleansSync.Grains.Interfaces.Runs;

namespace OrleansSync.Api.Tests.Web;

/// <summary>A problem leads to its remedy: the operator to the form, an account's administrator to the operator.</summary>
public sealed class ProblemNoticeTests(SharedApi shared) : IClassFixture<SharedApi>, IAsyncLifetime
{
    // Any link but the one to what the code means.
    private const string Remedy = "a:not(.about)";

    private static readonly RunSummary _over = Samples.Run(status: RunStatus.Failed);

    private readonly TestApi _api = shared.Api;

    public ValueTask InitializeAsync()
    {
        _api.Grains.Reset();
        return ValueTask.CompletedTask;
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Theory]
    [InlineData(ProblemCode.Bitrix24Unauthorized, "#bitrix24")]
    [InlineData(ProblemCode.Bitrix24Scope, "#bitrix24")]
    [InlineData(ProblemCode.CallGearUnauthorized, "#callgear")]
    [InlineData(ProblemCode.PortalChanged, "#bitrix24")]
    [InlineData(ProblemCode.GroupRejected, "#settings")]
    [InlineData(ProblemCode.AddressRefused, "")]
    [InlineData(ProblemCode.Unreachable, "")]
    [InlineData(ProblemCode.InvalidAnswer, "")]
    public async Task Problem_ThatIsMendedInTheConnection_LeadsThereByRole(ProblemCode code, string part)
    {
        var portal = _api.Grains.Connect("acme");
        portal.Account = portal.Account! with
        {
            Status = AccountStatus.ActionRequired,
            Problem = new Problem(code, "Said by the vendor."),
            LastRun = _over,
        };

        var forOperator = await StoryAsync(TestApi.AdminKey);
        Assert.Equal("connect?account=acme" + part, forOperator.QuerySelector("a.btn")!.GetAttribute("href"));
        Assert.Contains("Said by the vendor.", forOperator.TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain("Only the operator", forOperator.TextContent, StringComparison.Ordinal);

        var forAccount = await StoryAsync(_api.KeyOf("acme"));
        Assert.Null(forAccount.QuerySelector(Remedy));
        Assert.Contains("Up to the operator of this service", forAccount.TextContent, StringComparison.Ordinal);
        Assert.Contains("Only the operator of this service can change the connection", forAccount.TextContent, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(ProblemCode.Bitrix24Blocked)]
    [InlineData(ProblemCode.CallGearBlocked)]
    [InlineData(ProblemCode.RateLimited)]
    [InlineData(ProblemCode.Interrupted)]
    public async Task Problem_ThatIsMendedElsewhere_LeadsNowhereInThisService(ProblemCode code)
    {
        var portal = _api.Grains.Connect("acme");
        portal.Account = portal.Account! with { Problem = new Problem(code, "Said by the vendor."), LastRun = _over };

        foreach (var key in (string[])[TestApi.AdminKey, _api.KeyOf("acme")])
        {
            var story = await StoryAsync(key);
            Assert.Contains("Said by the vendor.", story.TextContent, StringComparison.Ordinal);
            Assert.Null(story.QuerySelector(Remedy));
            Assert.DoesNotContain("Only the operator", story.TextContent, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData(ProblemCode.DeletionGuard)]
    [InlineData(ProblemCode.RecreationGuard)]
    [InlineData(ProblemCode.Unreachable)]
    public async Task Account_ThatIsHeld_LeadsToTheRunThatWaits(ProblemCode code)
    {
        var portal = _api.Grains.Connect("acme");
        portal.Account = portal.Account! with
        {
            Status = AccountStatus.Held,
            Problem = new Problem(code, "Many are gone."),
            LastRun = _over,
        };
        portal.RunPage = new Page<RunSummary>([Samples.Run("run-3", RunStatus.Failed), Samples.Run("run-2", RunStatus.Held) with
        {
            DryRun = true,
        }, Samples.Run("run-1", RunStatus.Held)], null);

        foreach (var key in (string[])[TestApi.AdminKey, _api.KeyOf("acme")])
        {
            Assert.Equal("accounts/acme/history/run-1", (await StoryAsync(key)).QuerySelector("a.btn")!.GetAttribute("href"));
        }
    }

    [Fact]
    public async Task Account_WhileARunIsUnderWay_LeadsThereAndSaysNothingOfAProblemThatMayBeOver()
    {
        var portal = _api.Grains.Connect("acme");
        portal.Account = portal.Account! with
        {
            Status = AccountStatus.ActionRequired,
            Problem = new Problem(ProblemCode.CallGearUnauthorized, "Said by the vendor."),
            LastRun = Samples.Run(status: RunStatus.Running),
        };

        var story = await StoryAsync(TestApi.AdminKey);

        Assert.Equal("accounts/acme/history/run-1", Assert.Single(story.QuerySelectorAll("a")).GetAttribute("href"));
        Assert.DoesNotContain("Said by the vendor.", story.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Problem_OfARunThatIsOver_NamesNoRemedy()
    {
        var portal = _api.Grains.Connect("acme");
        portal.Runs["run-1"] = new WholeRun(
            Samples.Run(status: RunStatus.Failed) with { Error = new Problem(ProblemCode.CallGearUnauthorized, "Refused.") }, []);

        var notice = Assert.Single((await OpenAsync("/accounts/acme/history/run-1", TestApi.AdminKey)).QuerySelectorAll(".notice"));
        Assert.Contains("Refused.", notice.TextContent, StringComparison.Ordinal);
        Assert.Null(notice.QuerySelector(Remedy));
    }

    [Fact]
    public async Task Changes_OfARun_HaveLabelAndValuesApart()
    {
        _api.Grains.Connect("acme").Runs["run-1"] = new WholeRun(Samples.Run(status: RunStatus.Succeeded), [Samples.Change()]);

        var fields = (await OpenAsync("/accounts/acme/history/run-1", TestApi.AdminKey)).QuerySelectorAll(".diff-fields > div > *");
        Assert.Equal(["Last name", "before: Lee", "after: (bitrix24) Lee"], fields.Select(field => field.TextContent.Trim()));
    }

    private async Task<IElement> StoryAsync(string key) =>
        Assert.Single((await OpenAsync("/accounts/acme", key)).QuerySelectorAll(".story"));

    private async Task<IDocument> OpenAsync(string page, string key)
    {
        var visitor = new PageVisitor(_api);
        await visitor.SignInAsync(key);
        return new HtmlParser().ParseDocument(await visitor.GetTextAsync(page));
    }
}
