using Microsoft.AspNetCore.Http.HttpResults;
using OrleansSync.Api.Authorization;
using OrleansSync.Api.Hosting;
using OrleansSync.Api.Parameters;
using OrleansSync.Api.Problems;
using OrleansSync.Grains.Interfaces;

namespace OrleansSync.Api.Runs;

/// <summary>Asking for runs and looking at them.</summary>
internal static class RunEndpoints
{
    private static readonly NumberParameter _wait = new("wait", 1, 300, "Seconds to wait for the run's end: 200 with the finished run, or 202 if it still runs then.");
    private static readonly FlagParameter _dryRun = new("dryRun", "R8.3: report what a run would do, and change nothing.");
    private static readonly NumberParameter _user = new("user", 1, long.MaxValue, "R8.8: deal with this Bitrix24 user alone.");

    /// <summary>Maps the endpoints.</summary>
    /// <param name="account">The group of the account's addresses.</param>
    public static void MapRuns(this RouteGroupBuilder account)
    {
        var group = account.MapGroup("").WithTags("Runs").RequireAuthorization(AccessPolicies.Account);
        group.MapPost("/synchronize", SynchronizeAsync).WithName("Synchronize").WithSummary("Import the account at once")
            .WithQuery(_wait, _dryRun, _user)
            .Produces<RunAnswer>(StatusCodes.Status202Accepted)
            .ProducesProblem(StatusCodes.Status429TooManyRequests);
        group.MapPost("/runs/{runId}/approve", ApproveAsync).WithName("ApproveRun").WithSummary("Approve what a held run named")
            .Produces<RunAnswer>(StatusCodes.Status202Accepted)
            .ProducesProblem(StatusCodes.Status409Conflict).ProducesProblem(StatusCodes.Status429TooManyRequests);
        group.MapGet("/runs", ListAsync).WithName("ListRuns").WithSummary("The account's runs, newest first")
            .WithQuery(PageParameters.RunsCursor, PageParameters.Limit);
        group.MapGet("/runs/{runId}", GetAsync).WithName("GetRun").WithSummary("One run with its changes");
        group.MapGet("/runs/{runId}/events", WatchAsync).WithName("WatchRun").WithSummary("A run as it goes on, as server-sent events")
            .WithDescription("Events: 'progress' with done and total, 'change' with one change, 'finished' with the run; then the stream ends. "
                + "After a lost connection, Last-Event-ID goes on with the changes behind those that were seen.")
            .Produces<string>(StatusCodes.Status200OK, "text/event-stream");
    }

    private static async Task<Results<Ok<RunAnswer>, Accepted<RunAnswer>, ProblemHttpResult>> SynchronizeAsync(
        string accountId, HttpContext context, IGrainFactory grains, RunRequesting requesting, RunWaiting waiting)
    {
        var query = new QueryReader(context.Request);
        var wait = query.Read(_wait);
        var request = new RunRequest(RunTrigger.Manual, query.Read(_dryRun), query.Read(_user));
        if (!query.Errors.IsEmpty)
        {
            return ApiProblem.Invalid(query.Errors);
        }

        var answer = await requesting.SynchronizeAsync(context, accountId, request);
        if (answer is not { Outcome: RunRequestOutcome.Accepted, Run: { } run } || grains.FindPortal(accountId) is not { } portal)
        {
            return Refusal(answer.Outcome, accountId, runId: "");
        }

        if (wait is { } seconds && await waiting.WaitAsync(portal, run, TimeSpan.FromSeconds(seconds), context.RequestAborted) is { } ended)
        {
            return TypedResults.Ok(ended);
        }

        return await AcceptedAsync(portal, run);
    }

    private static async Task<Results<Accepted<RunAnswer>, ProblemHttpResult>> ApproveAsync(
        string accountId, string runId, HttpContext context, IGrainFactory grains, RunRequesting requesting)
    {
        var answer = await requesting.ApproveAsync(context, accountId, runId);
        return answer is { Outcome: RunRequestOutcome.Accepted, Run: { } run } && grains.FindPortal(accountId) is { } portal
            ? await AcceptedAsync(portal, run)
            : Refusal(answer.Outcome, accountId, runId);
    }

    private static async Task<Results<Ok<PageAnswer<RunSummaryAnswer>>, ProblemHttpResult>> ListAsync(
        string accountId, HttpRequest request, IGrainFactory grains)
    {
        var query = new QueryReader(request);
        var cursor = query.Read(PageParameters.RunsCursor);
        var limit = query.ReadLimit();
        if (!query.Errors.IsEmpty)
        {
            return ApiProblem.Invalid(query.Errors);
        }

        if (grains.FindPortal(accountId) is not { } portal || await portal.ListRunsAsync(cursor, limit) is not { } page)
        {
            return ApiProblem.AccountNotFound();
        }

        return TypedResults.Ok(new PageAnswer<RunSummaryAnswer>(
            [.. page.Items.Select(RunSummaryAnswer.From)], PageCursor.Encode(PageParameters.RunsCursor.Kind, page.Next)));
    }

    private static async Task<Results<Ok<RunAnswer>, ProblemHttpResult>> GetAsync(string accountId, string runId, IGrainFactory grains) =>
        grains.FindPortal(accountId) is { } portal && await WholeRun.ReadAsync(portal, runId) is { } run
            ? TypedResults.Ok(new RunAnswer(run))
            : await NoRunAsync(grains, accountId, runId);

    private static async Task<IResult> WatchAsync(
        string accountId, string runId, HttpRequest request, IGrainFactory grains, RunEventStream events, CancellationToken cancellationToken)
    {
        if (RunEventId.IsEnd(request.Headers["Last-Event-ID"]))
        {
            // A browser's EventSource comes back after every end of a stream; this is how it is told that there is no more.
            return TypedResults.NoContent();
        }

        var seen = RunEventId.Parse(request.Headers["Last-Event-ID"]);
        return grains.FindPortal(accountId) is { } portal
            && await portal.WatchRunAsync(runId, version: 0, seen, wait: TimeSpan.Zero, cancellationToken) is { } first
                ? TypedResults.ServerSentEvents(events.ReadAsync(portal, runId, first, cancellationToken))
                : await NoRunAsync(grains, accountId, runId);
    }

    private static async Task<Accepted<RunAnswer>> AcceptedAsync(IPortalGrain portal, RunSummary run)
    {
        var now = await WholeRun.ReadAsync(portal, run.RunId) ?? new WholeRun(run, []);
        return TypedResults.Accepted($"/api/v1/accounts/{run.AccountId}/runs/{run.RunId}", new RunAnswer(now));
    }

    private static async Task<ProblemHttpResult> NoRunAsync(IGrainFactory grains, string accountId, string runId) =>
        await grains.IsConnectedAsync(accountId) ? ApiProblem.RunNotFound(accountId, runId) : ApiProblem.AccountNotFound();

    private static ProblemHttpResult Refusal(RunRequestOutcome outcome, string accountId, string runId) => outcome switch
    {
        RunRequestOutcome.NoRun => ApiProblem.RunNotFound(accountId, runId),
        RunRequestOutcome.NotHeld => ApiProblem.NotHeld(runId),
        RunRequestOutcome.QueueFull => ApiProblem.QueueFull(accountId),
        RunRequestOutcome.NotNow => ApiProblem.NotNow(accountId),
        _ => ApiProblem.AccountNotFound(),
    };
}
