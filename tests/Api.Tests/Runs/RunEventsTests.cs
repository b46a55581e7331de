using System.Net.ServerSentEvents;
using System.Text.Json.Nodes;
using OrleansSync.Api.Runs;
using OrleansSync.Api.Tests.Hosting;
using OrleansSync.Grains.Interfaces.Runs;

namespace OrleansSync.Api.Tests.Runs;

public sealed class RunEventsTests : IAsyncLifetime
{
    private const string Events = "/api/v1/accounts/acme/runs/run-1/events";

    private TestApi _api = null!;
    private ScriptedPortal _portal = null!;

    public async ValueTask InitializeAsync()
    {
        _api = await TestApi.StartAsync();
        _portal = _api.Grains.Connect("acme");
    }

    public ValueTask DisposeAsync() => _api.DisposeAsync();

    [Fact]
    public async Task Events_WholeRun_AreChangesAndProgressAndThenTheRun()
    {
        ScriptWholeRun();

        var events = await ReadAsync(lastEventId: null);

        Assert.Equal(["progress", "change", "progress", "change", "progress", "finished"], events.Select(item => item.EventType));
        JsonAssert.Equal("""{"done":0,"total":2}""", events[0].Data);
        JsonAssert.Equal("""{"done":2,"total":2}""", events[4].Data);
        JsonAssert.Equal(
            """
            {"bitrixUserId":7,"name":"Ann Lee","outcome":"linked","reason":null,"callGearEmployeeId":900007,
             "fields":[{"field":"lastName","from":"Lee","to":"(bitrix24) Lee"}]}
            """,
            events[1].Data);
        var run = JsonNode.Parse(events[^1].Data)!;
        Assert.Equal(("run-1", "succeeded", 2), ((string?)run["runId"], (string?)run["status"], run["changes"]!.AsArray().Count));
        Assert.Equal(["0", "1", "1", "2", "2", "end"], events.Select(item => item.EventId));
    }

    [Fact]
    public async Task Events_EndedRunWithMoreChangesThanOneLookTells_TellAllBeforeTheEnd()
    {
        var ended = Samples.Run(status: RunStatus.Succeeded);
        _portal.Watches.Enqueue(new RunWatch(RunWatch.Stored, ended, 3, 3, [Samples.Change(), Samples.Change(8)], 2, HasMore: true));
        _portal.Watches.Enqueue(new RunWatch(RunWatch.Stored, ended, 3, 3, [Samples.Change(9)], 3));
        _portal.Runs["run-1"] = new WholeRun(ended, [Samples.Change(), Samples.Change(8), Samples.Change(9)]);

        var events = await ReadAsync(lastEventId: null);

        Assert.Equal(["change", "change", "progress", "change", "progress", "finished"], events.Select(item => item.EventType));
        Assert.Equal(["1", "2", "2", "3", "3", "end"], events.Select(item => item.EventId));
        Assert.Equal([(0, 0), (RunWatch.Stored, 2)], _portal.Looks);
    }

    [Fact]
    public async Task Events_AfterALostConnection_GoOnBehindTheChangesThatWereSeen()
    {
        ScriptWholeRun();

        await ReadAsync(lastEventId: "1");

        Assert.Equal(1, _portal.Looks[0].ChangesSeen);
    }

    [Theory]
    [InlineData("-1")]
    [InlineData("abc")]
    public async Task Events_SenselessLastEventId_StartAtTheBeginning(string id)
    {
        ScriptWholeRun();

        await ReadAsync(id);

        Assert.Equal(0, _portal.Looks[0].ChangesSeen);
    }

    [Fact]
    public async Task Events_ClientThatSawTheEnd_IsToldToStop()
    {
        ScriptWholeRun();
        using var response = await OpenAsync("end");

        Assert.Equal(System.Net.HttpStatusCode.NoContent, response.StatusCode);
    }

    [Fact]
    public async Task Events_UnknownRun_AnswersAProblemThoughOnlyEventsAreAccepted() =>
        (await _api.SendAsync(HttpMethod.Get, Events, TestApi.AdminKey, accept: "text/event-stream")).AssertProblem(404, "runNotFound");

    [Fact]
    public async Task Events_AccountErasedMeanwhile_EndTheStream()
    {
        _portal.Watches.Enqueue(new RunWatch(1, Samples.Run(status: RunStatus.Running), 0, 2, [], 0));
        _portal.VanishesAfter = 1;

        var events = await ReadAsync(lastEventId: null);

        Assert.Equal(["progress"], events.Select(item => item.EventType));
    }

    [Fact]
    public async Task Events_ClientGoesAway_EndTheLooks()
    {
        // The scripted run never ends, and a look that is cancelled comes back like any other, as the portal's do.
        for (var version = 1; version < 3; version++)
        {
            _portal.Watches.Enqueue(new RunWatch(version, Samples.Run(status: RunStatus.Running), 0, 2, [], 0));
        }

        using (await OpenAsync(lastEventId: null))
        {
            await WaitAsync(() => _portal.Looks.Count >= 3);
        }

        await WaitAsync(() => _portal.Ended.IsCompleted);
        Assert.Equal(3, _portal.Looks.Count);
    }

    private static async Task WaitAsync(Func<bool> condition)
    {
        while (!condition())
        {
            TestContext.Current.CancellationToken.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }

    private void ScriptWholeRun()
    {
        var ended = Samples.Run(status: RunStatus.Succeeded);
        _portal.Watches.Enqueue(new RunWatch(1, Samples.Run(status: RunStatus.Running), 0, 2, [], 0));
        _portal.Watches.Enqueue(new RunWatch(2, Samples.Run(status: RunStatus.Running), 1, 2, [Samples.Change()], 1));
        _portal.Watches.Enqueue(new RunWatch(3, ended, 2, 2, [Samples.Change(8)], 2));
        _portal.Runs["run-1"] = new WholeRun(ended, [Samples.Change(), Samples.Change(8)]);
    }

    private async Task<List<SseItem<string>>> ReadAsync(string? lastEventId)
    {
        using var response = await OpenAsync(lastEventId);
        Assert.Equal("text/event-stream", response.Content.Headers.ContentType?.MediaType);
        await using var stream = await response.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken);
        var items = new List<SseItem<string>>();
        await foreach (var item in SseParser.Create(stream).EnumerateAsync(TestContext.Current.CancellationToken))
        {
            items.Add(item);
        }

        return items;
    }

    private async Task<HttpResponseMessage> OpenAsync(string? lastEventId)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, Events);
        request.Headers.Authorization = new("Bearer", TestApi.AdminKey);
        request.Headers.TryAddWithoutValidation("Last-Event-ID", lastEventId);
        return await _api.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
    }
}
