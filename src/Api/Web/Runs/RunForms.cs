using Microsoft.AspNetCore.Mvc;
using OrleansSync.Api.Runs;
using OrleansSync.Grains.Interfaces.Runs;

namespace OrleansSync.Api.Web.Runs;

/// <summary>The targets of the forms that ask for runs. Each leads to the run's page, where it can be watched.</summary>
internal static class RunForms
{
    public static void MapRunForms(this RouteGroupBuilder pages)
    {
        pages.MapPost("/accounts/{accountId}/synchronize", SynchronizeAsync).RequireAuthorization(PageAccess.Account);
        pages.MapPost("/accounts/{accountId}/preview", PreviewAsync).RequireAuthorization(PageAccess.Account);
        pages.MapPost("/accounts/{accountId}/history/{runId}/approve", ApproveAsync).RequireAuthorization(PageAccess.Account);
    }

    // A page that was drawn before an update asks for its preview here: it must not become an import.
    private static async Task<IResult> SynchronizeAsync(
        string accountId, [FromForm] bool? preview, [FromForm] long? user, HttpContext context, RunRequesting requesting) =>
        Follow(accountId, await requesting.SynchronizeAsync(context, accountId, new RunRequest(RunTrigger.Manual, preview == true, user)));

    private static async Task<IResult> PreviewAsync(string accountId, HttpContext context, RunRequesting requesting) =>
        Follow(accountId, await requesting.SynchronizeAsync(context, accountId, new RunRequest(RunTrigger.Manual, DryRun: true)));

    private static async Task<IResult> ApproveAsync(string accountId, string runId, HttpContext context, RunRequesting requesting) =>
        Follow(accountId, await requesting.ApproveAsync(context, accountId, runId));

    private static IResult Follow(string accountId, RunRequestAnswer answer) => answer switch
    {
        { Outcome: RunRequestOutcome.Accepted, Run: { } run } => TypedResults.LocalRedirect($"~/accounts/{accountId}/history/{run.RunId}"),
        { Outcome: RunRequestOutcome.QueueFull } => TypedResults.LocalRedirect($"~/accounts/{accountId}?notice=queueFull"),
        { Outcome: RunRequestOutcome.NotHeld } => TypedResults.LocalRedirect($"~/accounts/{accountId}?notice=notHeld"),
        _ => TypedResults.StatusCode(StatusCodes.Status404NotFound),
    };
}
