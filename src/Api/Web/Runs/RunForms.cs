using Microsoft.AspNetCore.Mvc;
using OrleansSync.Api.Runs;
using OrleansSync.Grains.Interfaces.Runs;

namespace OrleansSync.Api.Web.Runs;

/// <summary>The targets of the forms that ask for runs, stop them and decide on them. Most lead to the page of the run.</summary>
internal static class RunForms
{
    public static void MapRunForms(this RouteGroupBuilder pages)
    {
        pages.MapPost("/accounts/{accountId}/synchronize", SynchronizeAsync).RequireAuthorization(PageAccess.Account);
        pages.MapPost("/accounts/{accountId}/preview", PreviewAsync).RequireAuthorization(PageAccess.Account);
        var run = pages.MapGroup("/accounts/{accountId}/history/{runId}");
        run.MapPost("/approve", ApproveAsync).RequireAuthorization(PageAccess.Account);
        run.MapPost("/keep", KeepAsync).RequireAuthorization(PageAccess.Account);
        run.MapPost("/cancel", CancelAsync).RequireAuthorization(PageAccess.Account);
    }

    // A page that was drawn before an update asks for its preview here: it must not become an import.
    private static async Task<IResult> SynchronizeAsync(
        string accountId, [FromForm] bool? preview, [FromForm] long? user, HttpContext context, RunRequesting requesting) =>
        Follow(accountId, await requesting.SynchronizeAsync(context, accountId, new RunRequest(RunTrigger.Manual, preview == true, user)));

    private static async Task<IResult> PreviewAsync(string accountId, HttpContext context, RunRequesting requesting) =>
        Follow(accountId, await requesting.SynchronizeAsync(context, accountId, new RunRequest(RunTrigger.Manual, DryRun: true)));

    private static async Task<IResult> ApproveAsync(string accountId, string runId, HttpContext context, RunRequesting requesting) =>
        Follow(accountId, await requesting.ApproveAsync(context, accountId, runId));

    private static async Task<IResult> KeepAsync(string accountId, string runId, HttpContext context, RunRequesting requesting) =>
        await requesting.KeepAsync(context, accountId, runId) switch
        {
            RunRequestOutcome.Accepted => TypedResults.LocalRedirect($"~/accounts/{accountId}?notice=kept"),
            RunRequestOutcome.NotHeld => TypedResults.LocalRedirect($"~/accounts/{accountId}?notice=notHeld"),
            _ => TypedResults.NotFound(),
        };

    // The run's page shows what became of it: also where it had ended before anybody could stop it.
    private static async Task<IResult> CancelAsync(string accountId, string runId, HttpContext context, RunRequesting requesting) =>
        (await requesting.CancelAsync(context, accountId, runId)).Outcome switch
        {
            RunRequestOutcome.Accepted => TypedResults.LocalRedirect($"~/accounts/{accountId}/history/{runId}?notice=stopping"),
            RunRequestOutcome.Ended => TypedResults.LocalRedirect($"~/accounts/{accountId}/history/{runId}?notice=hadEnded"),
            _ => TypedResults.NotFound(),
        };

    private static IResult Follow(string accountId, RunRequestAnswer answer) => answer switch
    {
        { Outcome: RunRequestOutcome.Accepted, Run: { } run } => TypedResults.LocalRedirect($"~/accounts/{accountId}/history/{run.RunId}"),
        { Outcome: RunRequestOutcome.QueueFull } => TypedResults.LocalRedirect($"~/accounts/{accountId}?notice=queueFull"),
        { Outcome: RunRequestOutcome.NotHeld } => TypedResults.LocalRedirect($"~/accounts/{accountId}?notice=notHeld"),
        _ => TypedResults.StatusCode(StatusCodes.Status404NotFound),
    };
}
