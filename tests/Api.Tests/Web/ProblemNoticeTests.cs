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
        portal.Account = portal.Account! with { Status = AccountStatus.ActionRequired, Problem = new Problem(code, "Said by the vendor.") };

        foreach (var page in (string[])["/accounts/acme", "/accounts/acme/settings"])
        {
            var forOperator = await NoticeAsync(page, TestApi.AdminKey);
            Assert.Equal("connect?account=acme" + part, forOperator.QuerySelector("a.button")!.GetAttribute("href"));
            Assert.DoesNotContain("Only the operator", forOperator.TextContent, StringComparison.Ordinal);

            var forAccount = await NoticeAsync(page, _api.KeyOf("acme"));
            Assert.Null(forAccount.QuerySelector("a"));
            Assert.Contains(
                "Only the operator of this service can change the connection", forAccount.TextContent, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData(ProblemCode.Bitrix24Blocked)]
    [InlineData(ProblemCode.CallGearBlocked)]
    [InlineData(ProblemCode.RateLimited)]
    [InlineData(ProblemCode.Interrupted)]
    public async Task Problem_ThatIsMendedElsewhere_LeadsNowhereInThisService(ProblemCode code)
    {
        var portal = _api.Grains.Connect("acme");
        portal.Account = portal.Account! with { Problem = new Problem(code, "Said by the vendor.") };

        foreach (var key in (string[])[TestApi.AdminKey, _api.KeyOf("acme")])
        {
            var notice = await NoticeAsync("/accounts/acme", key);
            Assert.Null(notice.QuerySelector("a"));
            Assert.DoesNotContain("Only the operator", notice.TextContent, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData(ProblemCode.DeletionGuard)]
    [InlineData(ProblemCode.RecreationGuard)]
    [InlineData(ProblemCode.Unreachable)]
    public async Task Account_ThatIsHeld_LeadsToTheRunThatWaits(ProblemCode code)
    {
        var portal = _api.Grains.Connect("acme");
        portal.Account = portal.Account! with { Status = AccountStatus.Held, Problem = new Problem(code, "Many are gone.") };
        portal.RunPage = new Page<RunSummary>([Samples.Run("run-3", RunStatus.Failed), Samples.Run("run-2", RunStatus.Held) with
        {
            DryRun = true,
        }, Samples.Run("run-1", RunStatus.Held)], null);

        foreach (var page in (string[])["/accounts/acme", "/accounts/acme/settings"])
        {
            foreach (var key in (string[])[TestApi.AdminKey, _api.KeyOf("acme")])
            {
                Assert.Equal(
                    "accounts/acme/history/run-1", (await NoticeAsync(page, key)).QuerySelector("a.button")!.GetAttribute("href"));
            }
        }
    }

    [Fact]
    public async Task Problem_OfARunThatIsOver_NamesNoRemedy()
    {
        var portal = _api.Grains.Connect("acme");
        portal.Runs["run-1"] = new WholeRun(
            Samples.Run(status: RunStatus.Failed) with { Error = new Problem(ProblemCode.CallGearUnauthorized, "Refused.") }, []);

        Assert.Null((await NoticeAsync("/accounts/acme/history/run-1", TestApi.AdminKey)).QuerySelector("a.button"));
    }

    [Fact]
    public async Task Changes_OfARun_HaveLabelAndValuesApart()
    {
        _api.Grains.Connect("acme").Runs["run-1"] = new WholeRun(Samples.Run(status: RunStatus.Succeeded), [Samples.Change()]);

        Assert.Equal(
            "Last name: Lee → (bitrix24) Lee",
            (await OpenAsync("/accounts/acme/history/run-1", TestApi.AdminKey)).QuerySelector(".change")!.TextContent.Trim());
    }

    private async Task<IElement> NoticeAsync(string page, string key) => (await OpenAsync(page, key)).QuerySelectorAll(".notice").Single();

    private async Task<IDocument> OpenAsync(string page, string key)
    {
        var visitor = new PageVisitor(_api);
        await visitor.SignInAsync(key);
        return new HtmlParser().ParseDocument(await visitor.GetTextAsync(page));
    }
}
