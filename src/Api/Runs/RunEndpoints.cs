using Microsoft.AspNetCore.Http.HttpResults;
using OrleansSync.Api.Authorization;
using OrleansSync.Api.Hosting;
using OrleansSync.Api.Parameters;
using OrleansSync.Api.Problems;
using OrleansSync.Grains.Interfaces.Runs;

namespace OrleansSync.Api.Runs;

/// <summary>Asking for runs and looking at them.</summary>
internal static class RunEndpoints
{
    public static void MapRuns(this RouteGroupBuilder account)
    {
        var group = account.MapGroup("").WithTags("Runs").RequireAuthorization(AccessPolicies.Account);
        group.MapPost("/synchronize", SynchronizeAsync).WithName("Synchronize").WithSummary("Import the account at once")
            .WithDescription(
                "Answers the run that was promised, or with 'wait' the finished one. A run that is under way may have read its lists "
                + "already: one more follows it, for everybody who asks meanwhile. A dry run changes nothing and says what a run would do.")
            .Produces<RunResponse>(StatusCodes.Status202Accepted)
            .ProducesProblem(StatusCodes.Status429TooManyRequests);
        group.MapPost("/runs/{runId}/approve", ApproveAsync).WithName("ApproveRun").WithSummary("Approve what a held run named")
            .WithDescription("A new run does at once what the held one named, as far as it is still to be done, and nothing beyond it.")
            .Produces<RunResponse>(StatusCodes.Status202Accepted)
            .ProducesProblem(StatusCodes.Status409Conflict).ProducesProblem(StatusCodes.Status429TooManyRequests);
        group.MapGet("/runs", ListAsync).WithName("ListRuns").WithSummary("The account's runs, newest first")
            .WithDescription("Runs that wait, the one under way, and at least the last 100 that have ended, without their changes.");
        group.MapGet("/runs/{runId}", GetAsync).WithName("GetRun").WithSummary("One run with its changes")
            .WithDescription("The changes name everybody but those who were matched: what was done, field by field, or why nothing was.");
        group.MapGet("/runs/{runId}/events", WatchAsync).WithName("WatchRun").WithSummary("A run as it goes on, as server-sent events")
            .WithDescription(
                "Events: 'progress' with done and total, 'change' with one change, 'finished' with the run; then the stream ends. "
                    + "After a lost connection, Last-Event-ID goes on with the changes behind those that were seen.")
            .Produces<string>(StatusCodes.Status200OK, "text/event-stream");
    }

    private static async Task<Results<Ok<RunResponse>, Accepted<RunResponse>, ProblemHttpResult>> SynchronizeAsync(
        string accountId,
        [AsParameters] SynchronizeParameters query,
        HttpContext context,
        IGrainFactory grains,
        RunRequesting requesting,
        RunWaiting waiting)
    {
        var request = new RunRequest(RunTrigger.Manual, query.DryRun ?? false, query.User);
        var answer = await requesting.SynchronizeAsync(context, accountId, request);
        if (answer is not { Outcome: RunRequestOutcome.Accepted, Run: { } run } || grains.FindPortal(accountId) is not { } portal)
        {
            return Refusal(answer.Outcome, accountId, runId: "");
        }

        if (query.Wait is not { } seconds)
        {
            return Accepted(context, new WholeRun(run, []));
        }

        return await waiting.WaitAsync(portal, run, TimeSpan.FromSeconds(seconds), context.RequestAborted) is { } ended
            ? TypedResults.Ok(ended)
            : Accepted(context, await WholeRun.ReadAsync(portal, run.RunId) ?? new WholeRun(run, []));
    }

    private static async Task<Results<Accepted<RunResponse>, ProblemHttpResult>> ApproveAsync(
        string accountId, string runId, HttpContext context, IGrainFactory grains, RunRequesting requesting)
    {
        var answer = await requesting.ApproveAsync(context, accountId, runId);
        return answer is { Outcome: RunRequestOutcome.Accepted, Run: { } run }
            ? Accepted(context, new WholeRun(run, []))
            : Refusal(answer.Outcome, accountId, runId);
    }

    private static async Task<Results<Ok<PageResponse<RunSummaryResponse>>, ProblemHttpResult>> ListAsync(
        string accountId, [AsParameters] RunListParameters query, IGrainFactory grains) =>
        grains.FindPortal(accountId) is { } portal && await portal.ListRunsAsync(new RunQuery(query.Position, query.Size)) is { } page
            ? TypedResults.Ok(query.Answer(page, RunSummaryResponse.From))
            : ApiProblem.AccountNotFound();

    private static async Task<Results<Ok<RunResponse>, ProblemHttpResult>> GetAsync(string accountId, string runId, IGrainFactory grains) =>
        grains.FindPortal(accountId) is { } portal && await WholeRun.ReadAsync(portal, runId) is { } run
            ? TypedResults.Ok(new RunResponse(run))
            : await NoRunAsync(grains, accountId, runId);

    private static async Task<IResult> WatchAsync(
        string accountId, string runId, HttpRequest request, IGrainFactory grains, RunEventStream events,
        CancellationToken cancellationToken)
    {
        if (request.Headers["Last-Event-ID"] == RunEventId.End)
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

    // A run that waits for its turn has changed nothing yet.
    private static Accepted<RunResponse> Accepted(HttpContext context, WholeRun run) => TypedResults.Accepted(
        context.Request.PathBase + $"/api/v1/accounts/{run.Summary.AccountId}/runs/{run.Summary.RunId}", new RunResponse(run));

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
