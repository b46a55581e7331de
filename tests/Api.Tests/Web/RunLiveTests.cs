using AngleSharp.Html.Parser;
using OrleansSync.Api.Runs;
using OrleansSync.Api.Tests.Hosting;
using OrleansSync.Grains.Interfaces.Runs;

namespace OrleansSync.Api.Tests.Web;

/// <summary>The page of a run that is under way.</summary>
public sealed class RunLiveTests(SharedApi shared) : IClassFixture<SharedApi>
{
    public static TheoryData<VendorWait?, string?, string?> Waits => new()
    {
        { null, null, null },
        {
            new VendorWait(LimitedVendor.CallGear, DateTimeOffset.MaxValue, 200), "CallGear’s limit is used up for now",
            "CallGear allows 200 requests a minute."
        },
        { new VendorWait(LimitedVendor.Bitrix24), "Bitrix24’s limit is used up for now", "as soon as requests are allowed again" },
    };

    [Theory]
    [MemberData(nameof(Waits))]
    public async Task Page_WhileTheRunWaitsForALimit_SaysForWhichAndUntilWhen(VendorWait? wait, string? title, string? text)
    {
        Show(wait);
        var visitor = new PageVisitor(shared.Api);
        await visitor.SignInAsync(TestApi.AdminKey);

        var page = new HtmlParser().ParseDocument(await visitor.GetTextAsync("/accounts/acme/history/run-1"));

        var notice = page.QuerySelector("section .notice");
        Assert.Equal(title, notice?.QuerySelector("b")?.TextContent);
        Assert.Contains(text ?? "", notice?.TextContent ?? "", StringComparison.Ordinal);
        Assert.Equal(wait?.Until is not null, notice?.QuerySelector("local-time[format='time-seconds']") is not null);
    }

    [Fact]
    public async Task Stop_OfTheRun_IsAskedOfIt_AndNoted()
    {
        var portal = Show(wait: null);
        var visitor = new PageVisitor(shared.Api);
        await visitor.SignInAsync(TestApi.AdminKey);
        var form = new HtmlParser().ParseDocument(await visitor.GetTextAsync("/accounts/acme/history/run-1"))
            .QuerySelector("form[action*='/cancel']")!;
        Assert.Equal("Stop the import", form.QuerySelector("button")!.TextContent.Trim());

        using var answer = await visitor.PostAsync(
            "/accounts/acme/history/run-1/cancel", await visitor.TokenAsync("/accounts/acme/history/run-1"));

        Assert.Equal("/accounts/acme/history/run-1?notice=stopping", answer.Headers.Location?.OriginalString);
        Assert.Equal(["run-1"], portal.Cancelled);
    }

    [Fact]
    public async Task Stop_OfARunThatHasEnded_SaysSo()
    {
        var portal = Show(wait: null);
        portal.NextRun = new RunRequestAnswer(RunRequestOutcome.Ended);
        var visitor = new PageVisitor(shared.Api);
        await visitor.SignInAsync(TestApi.AdminKey);

        using var answer = await visitor.PostAsync(
            "/accounts/acme/history/run-1/cancel", await visitor.TokenAsync("/accounts/acme/history/run-1"));

        Assert.Equal("/accounts/acme/history/run-1?notice=hadEnded", answer.Headers.Location?.OriginalString);
    }

    private ScriptedPortal Show(VendorWait? wait)
    {
        shared.Api.Grains.Reset();
        var portal = shared.Api.Grains.Connect("acme");
        var running = Samples.Run(status: RunStatus.Running);
        portal.Runs["run-1"] = new WholeRun(running, []);
        portal.Watches.Enqueue(new RunWatch(1, running, 2, 5, [], 0) { WaitsFor = wait });
        return portal;
    }
}
