using System.Diagnostics;
using System.Text.Json;
using Microsoft.Extensions.Time.Testing;
using OrleansSync.Sandbox.Bitrix24;
using OrleansSync.Sandbox.Faults;
using OrleansSync.Sandbox.Seeding;

namespace OrleansSync.Sandbox.Tests.Bitrix24;

/// <summary>How real portals differ from what is documented.</summary>
public sealed class RealPortalTests : IAsyncLifetime
{
    private SandboxServer _sandbox = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _sandbox = await SandboxServer.StartAsync(new SandboxOptions(), Token);

    public ValueTask DisposeAsync() => _sandbox.DisposeAsync();

    [Fact]
    public async Task PlainFiltersOnly_ChainedPages_EachIsTheFirst()
    {
        using var client = Client(120, new PortalSettings { PlainFiltersOnly = true });

        var pages = Result(await client.CallAsync("batch", BatchTests.ChainOfPages(3)), "result");

        Assert.Equal([50, 50, 50], pages.EnumerateObject().Select(page => page.Value.GetArrayLength()));
        Assert.Equal(pages.GetProperty("p0").GetRawText(), pages.GetProperty("p2").GetRawText());
    }

    [Theory]
    [InlineData("50", "51")]
    [InlineData("100", "101")]
    [InlineData("150", "1")]
    public async Task PlainFiltersOnly_ByStart_GivesEachPageAndBeyondTheLastTheFirstAgain(string start, string firstId)
    {
        using var client = Client(120, new PortalSettings { PlainFiltersOnly = true });

        var (_, body) = await client.CallAsync("user.get", $$"""{"start":{{start}}}""");

        Assert.Equal(firstId, body.GetProperty("result")[0].GetProperty("ID").GetString());
        Assert.Equal(120, body.GetProperty("total").GetInt32());
    }

    [Fact]
    public async Task PlainFiltersOnly_FilterWithoutAPrefix_Works()
    {
        using var client = Client(120, new PortalSettings { PlainFiltersOnly = true });

        var (_, body) = await client.CallAsync("user.get", """{"FILTER":{"ID":77}}""");

        Assert.Equal("77", Assert.Single(body.GetProperty("result").EnumerateArray()).GetProperty("ID").GetString());
    }

    [Fact]
    public async Task IgnoresStart_AnyStart_IsTheFirstPage()
    {
        using var client = Client(120, new PortalSettings { IgnoresStart = true });

        var (_, body) = await client.CallAsync("user.get", """{"start":50}""");

        Assert.Equal("1", body.GetProperty("result")[0].GetProperty("ID").GetString());
    }

    [Fact]
    public async Task AnsweredCommands_MoreInABatch_AreMissingWithoutAnError()
    {
        using var client = Client(200, new PortalSettings { AnsweredCommands = 2 });

        var answer = await client.CallAsync("batch", BatchTests.ChainOfPages(4));

        Assert.Equal(["p0", "p1"], Result(answer, "result").EnumerateObject().Select(page => page.Name));
        Assert.Equal("[]", Result(answer, "result_error").GetRawText());
    }

    [Fact]
    public async Task Fault_OfAPlaceInTheBatch_RefusesThatCommandAndLaterOnesBeginAgain()
    {
        using var client = Client(200);
        _sandbox.Faults.Add(
            new Fault { Kind = FaultKind.Error, Method = "user.get", Code = "INTERNAL_SERVER_ERROR", Command = 2, Times = 1 });

        var answer = await client.CallAsync("batch", BatchTests.ChainOfPages(3));
        var again = await client.CallAsync("batch", BatchTests.ChainOfPages(3));

        Assert.Equal("INTERNAL_SERVER_ERROR", Result(answer, "result_error").GetProperty("p1").GetProperty("error").GetString());
        Assert.Equal("1", Result(answer, "result").GetProperty("p2")[0].GetProperty("ID").GetString());
        Assert.Equal("101", Result(again, "result").GetProperty("p2")[0].GetProperty("ID").GetString());
    }

    [Theory]
    [InlineData(1, 200)]
    [InlineData(3, 504)]
    public async Task PageSeconds_PagesOfABatch_AddUpAndTheFrontEndGivesUp(int pages, int status)
    {
        using var client = Client(200, new PortalSettings { PageSeconds = 0.1, FrontEndSeconds = 0.25 });
        var start = Stopwatch.GetTimestamp();

        using var response = await client.PostAsync(
            new Uri(_sandbox.Portal("p").WebhookUrl, "batch"), BatchTests.ChainOfPages(pages), "application/json");

        Assert.Equal(status, (int)response.StatusCode);
        Assert.True(Stopwatch.GetElapsedTime(start) >= TimeSpan.FromSeconds(0.09));
        Assert.Equal(status == 200 ? "application/json" : "text/html", response.Content.Headers.ContentType!.MediaType);
    }

    [Fact]
    public async Task FrontEndDrops_PagesTakeTooLong_TheConnectionEnds()
    {
        using var client = Client(200, new PortalSettings { PageSeconds = 0.1, FrontEndSeconds = 0.05, FrontEndDrops = true });

        await Assert.ThrowsAsync<HttpRequestException>(() => client.CallAsync("user.get", "{}"));
    }

    [Fact]
    public async Task OperatingWindow_Shorter_GivesTimeBackSooner()
    {
        var time = new FakeTimeProvider();
        await using var sandbox = await SandboxServer.StartAsync(new SandboxOptions { Time = time }, Token);
        using var client = new BitrixClient(sandbox.PutPortal(
            "p", new PortalSettings { OperatingSecondsPerCall = 1, OperatingLimitSeconds = 1, OperatingWindowSeconds = 5 }));

        var first = await client.CallAsync("user.get", "{}");
        var second = await client.CallAsync("user.get", "{}");
        time.Advance(TimeSpan.FromSeconds(5));
        var third = await client.CallAsync("user.get", "{}");

        Assert.Equal((200, 429, 200), ((int)first.Status, (int)second.Status, (int)third.Status));
    }

    private static JsonElement Result((System.Net.HttpStatusCode Status, JsonElement Body) answer, string map) =>
        answer.Body.GetProperty("result").GetProperty(map);

    private BitrixClient Client(int users, PortalSettings? settings = null) =>
        new(_sandbox.PutPortal("p", settings, SeedGenerator.Create(new SeedOptions { Users = users }).Users));
}
