using OrleansSync.Api.Runs;
using OrleansSync.Api.Tests.Hosting;
using OrleansSync.Grains.Interfaces;
using OrleansSync.Grains.Interfaces.Employees;
using OrleansSync.Grains.Interfaces.Runs;

namespace OrleansSync.Api.Tests.Runs;

public sealed class RunEndpointsTests : IAsyncLifetime
{
    private const string Synchronize = "/api/v1/accounts/acme/synchronize";

    private TestApi _api = null!;
    private ScriptedPortal _portal = null!;

    public async ValueTask InitializeAsync()
    {
        _api = await TestApi.StartAsync();
        _portal = _api.Grains.Connect("acme");
    }

    public ValueTask DisposeAsync() => _api.DisposeAsync();

    [Fact]
    public async Task Synchronize_NoParameters_Answers202WithLocationAndTheRun()
    {
        var answer = await _api.PostAsync(Synchronize);

        Assert.Equal(202, answer.Status);
        Assert.Equal("/api/v1/accounts/acme/runs/run-1", answer.Headers.Location?.OriginalString);
        Assert.Equal([new RunRequest(RunTrigger.Manual)], _portal.Requested);
        JsonAssert.Equal(
            """
            {"runId":"run-1","accountId":"acme","trigger":"manual","dryRun":false,"user":null,"status":"queued",
             "requestedAt":"2025-03-01T12:00:00Z","startedAt":null,"finishedAt":null,
             "counts":{"users":2,"created":0,"linked":1,"matched":1,"skipped":0,"failed":0,"phonesAdded":0,
                       "addedToResponsible":0,"removedFromResponsible":0},
             "calls":{"bitrix24":1,"callGear":5},"error":null,"changes":[]}
            """,
            answer.Text);
    }

    [Theory]
    [InlineData("?dryRun=true", true, null)]
    [InlineData("?dryRun=false", false, null)]
    [InlineData("?user=7", false, 7L)]
    [InlineData("?user=7&dryRun=true&other=1", true, 7L)]
    public async Task Synchronize_Parameters_ReachTheAccount(string query, bool dryRun, long? user)
    {
        Assert.Equal(202, (await _api.PostAsync(Synchronize + query)).Status);

        Assert.Equal([new RunRequest(RunTrigger.Manual, dryRun, user)], _portal.Requested);
    }

    [Theory]
    [InlineData("?wait=0", "wait")]
    [InlineData("?wait=301", "wait")]
    [InlineData("?wait=1.5", "wait")]
    [InlineData("?wait=", "wait")]
    [InlineData("?dryRun=yes", "dryRun")]
    [InlineData("?dryRun=1", "dryRun")]
    [InlineData("?user=0", "user")]
    [InlineData("?user=-7", "user")]
    [InlineData("?user=ann", "user")]
    [InlineData("?user=99999999999999999999", "user")]
    [InlineData("?wait=x&dryRun=x&user=x", "dryRun,user,wait")]
    public async Task Synchronize_BadParameter_Answers400NamingItAndStartsNothing(string query, string names)
    {
        var answer = await _api.PostAsync(Synchronize + query);

        answer.AssertProblem(400, "invalidRequest");
        Assert.Equal(names.Split(','), answer.ErrorPaths);
        Assert.Empty(_portal.Requested);
    }

    [Fact]
    public async Task Synchronize_WaitAndTheRunEnds_Answers200WithItsChanges()
    {
        var ended = Samples.Run(status: RunStatus.Succeeded);
        _portal.Watches.Enqueue(new RunWatch(1, Samples.Run(status: RunStatus.Running), 0, 2, [], 0));
        _portal.Watches.Enqueue(new RunWatch(2, ended, 2, 2, [Samples.Change()], 1));
        _portal.Runs["run-1"] = new WholeRun(ended, [Samples.Change()]);

        var answer = await _api.PostAsync(Synchronize + "?wait=60");

        Assert.Equal(200, answer.Status);
        Assert.Equal("succeeded", (string?)answer.Json["status"]);
        JsonAssert.Equal(
            """
            [{"bitrixUserId":7,"name":"Ann Lee","outcome":"linked","reason":null,"callGearEmployeeId":900007,
              "fields":[{"field":"lastName","from":"Lee","to":"(bitrix24) Lee"}]}]
            """,
            answer.Json["changes"]!.ToJsonString());
        Assert.Equal([(0L, 0), (1L, 0)], _portal.Looks);
    }

    [Fact]
    public async Task Synchronize_WaitAndTheRunGoesOn_Answers202AfterThatTime()
    {
        var running = Samples.Run(status: RunStatus.Running);
        _portal.Watches.Enqueue(new RunWatch(1, running, 0, 2, [], 0));
        _portal.Watches.Enqueue(new RunWatch(2, running, 1, 2, [], 0));
        _portal.Runs["run-1"] = new WholeRun(running, []);
        _api.Time.AutoAdvanceAmount = TimeSpan.FromSeconds(1);

        var answer = await _api.PostAsync(Synchronize + "?wait=2");

        Assert.Equal(202, answer.Status);
        Assert.Equal("running", (string?)answer.Json["status"]);
        Assert.Equal("/api/v1/accounts/acme/runs/run-1", answer.Headers.Location?.OriginalString);
    }

    [Fact]
    public async Task Synchronize_QueueFull_Answers429WithRetryAfter()
    {
        _portal.NextRun = new RunRequestAnswer(RunRequestOutcome.QueueFull);

        var answer = (await _api.PostAsync(Synchronize)).AssertProblem(429, "queueFull");

        Assert.Equal(TimeSpan.FromSeconds(10), answer.Headers.RetryAfter?.Delta);
    }

    [Fact]
    public async Task Approve_HeldRun_Answers202WithTheNewRun()
    {
        _portal.NextRun = new RunRequestAnswer(RunRequestOutcome.Accepted, Samples.Run("run-2") with { Trigger = RunTrigger.Approved });

        var answer = await _api.PostAsync("/api/v1/accounts/acme/runs/run-1/approve");

        Assert.Equal(202, answer.Status);
        Assert.Equal("/api/v1/accounts/acme/runs/run-2", answer.Headers.Location?.OriginalString);
        Assert.Equal(("run-2", "approved"), ((string?)answer.Json["runId"], (string?)answer.Json["trigger"]));
        Assert.Equal(["run-1"], _portal.Approved);
    }

    [Theory]
    [InlineData(RunRequestOutcome.NoRun, 404, "runNotFound")]
    [InlineData(RunRequestOutcome.NotHeld, 409, "notHeld")]
    [InlineData(RunRequestOutcome.QueueFull, 429, "queueFull")]
    [InlineData(RunRequestOutcome.NoAccount, 404, "accountNotFound")]
    public async Task Approve_NotPossible_AnswersWhy(RunRequestOutcome outcome, int status, string code)
    {
        _portal.NextRun = new RunRequestAnswer(outcome);

        (await _api.PostAsync("/api/v1/accounts/acme/runs/run-1/approve")).AssertProblem(status, code);
    }

    [Fact]
    public async Task List_Runs_AnswersThemWithoutChangesAndPassesTheCursorOn()
    {
        _portal.RunPage = new Page<RunSummary>([Samples.Run("run-2"), Samples.Run("run-1")], "run-1");

        var first = await _api.GetAsync("/api/v1/accounts/acme/runs?limit=2");
        Assert.Equal(["run-2", "run-1"], first.Json["items"]!.AsArray().Select(run => (string?)run!["runId"]));
        Assert.False(first.Json["items"]![0]!.AsObject().ContainsKey("changes"));
        Assert.Equal((null, 2), _portal.LastRunList);

        await _api.GetAsync($"/api/v1/accounts/acme/runs?cursor={(string?)first.Json["nextCursor"]}");
        Assert.Equal(("run-1", 50), _portal.LastRunList);
    }

    [Fact]
    public async Task List_CursorOfAnotherList_Answers400()
    {
        _portal.EmployeePage = new Page<EmployeeRow>([], "7");
        var cursor = (string?)(await _api.GetAsync("/api/v1/accounts/acme/employees")).Json["nextCursor"];

        Assert.Equal(["cursor"], (await _api.GetAsync($"/api/v1/accounts/acme/runs?cursor={cursor}")).AssertProblem(400).ErrorPaths);
    }

    [Fact]
    public async Task Get_Run_ShowsErrorAndReasons()
    {
        var run = Samples.Run(status: RunStatus.Held) with { Error = new Problem(ProblemCode.DeletionGuard, "Too many users are gone.") };
        var change = Samples.Change() with
        {
            Outcome = ChangeOutcome.Skipped,
            Reason = new Problem(ProblemCode.MissingEmail, "No e-mail address."),
            CallGearEmployeeId = null,
            Fields = [],
        };
        _portal.Runs["run-1"] = new WholeRun(run, [change]);

        var answer = await _api.GetAsync("/api/v1/accounts/acme/runs/run-1");

        JsonAssert.Equal("""{"code":"deletionGuard","message":"Too many users are gone."}""", answer.Json["error"]!.ToJsonString());
        JsonAssert.Equal(
            """{"bitrixUserId":7,"name":"Ann Lee","outcome":"skipped","reason":{"code":"missingEmail","message":"No e-mail address."}"""
            + ""","callGearEmployeeId":null,"fields":[]}""",
            answer.Json["changes"]![0]!.ToJsonString());
    }

    [Fact]
    public async Task Get_RunWithMoreChangesThanOneMessageCarries_AnswersAllOfThem()
    {
        const int Changes = (2 * ChangeStretch.Most) + 1;
        _portal.Runs["run-1"] = new WholeRun(
            Samples.Run(status: RunStatus.Succeeded), [.. Enumerable.Range(1, Changes).Select(id => Samples.Change(id))]);

        var answer = await _api.GetAsync("/api/v1/accounts/acme/runs/run-1");

        Assert.Equal(Enumerable.Range(1, Changes), answer.Json["changes"]!.AsArray().Select(change => (int)change!["bitrixUserId"]!));
        Assert.Equal([0, ChangeStretch.Most, 2 * ChangeStretch.Most], _portal.Stretches.Select(stretch => stretch.Skip));
    }

    [Fact]
    public async Task Get_UnknownRun_Answers404() =>
        (await _api.GetAsync("/api/v1/accounts/acme/runs/nope")).AssertProblem(404, "runNotFound");
}
