using System.Text.Json;
using Microsoft.AspNetCore.Http.HttpResults;
using OrleansSync.Api.Bodies;
using OrleansSync.Api.Hosting;
using OrleansSync.Api.Parameters;
using OrleansSync.Api.Runs;
using OrleansSync.Grains.Interfaces.Runs;

namespace OrleansSync.Api.Web.Runs;

/// <summary>Runs and their changes as files: JSON in the shape of the interface for programs, CSV for spreadsheets.</summary>
internal static class RunDownloads
{
    /// <summary>The most runs that are shown and downloaded: as many as an account keeps, and those that wait.</summary>
    public const int MostRuns = 200;

    public static void MapRunDownloads(this RouteGroupBuilder pages)
    {
        var account = pages.MapGroup("/accounts/{accountId}").RequireAuthorization(PageAccess.Account);
        account.MapGet("/history.csv", RunsCsvAsync);
        account.MapGet("/history.json", RunsJsonAsync);
        account.MapGet("/history/{runId}/changes.csv", ChangesCsvAsync);
        account.MapGet("/history/{runId}/changes.json", ChangesJsonAsync);
    }

    private static async Task<IResult> RunsCsvAsync(string accountId, IGrainFactory grains) =>
        await RunsAsync(grains, accountId) is { } runs ? Csv($"{accountId}-runs.csv", RunCsv.OfRuns(runs)) : NotFound();

    private static async Task<IResult> RunsJsonAsync(string accountId, IGrainFactory grains) =>
        await RunsAsync(grains, accountId) is { } runs
            ? Json($"{accountId}-runs.json", JsonSerializer.SerializeToUtf8Bytes(
                new PageResponse<RunSummaryResponse>([.. runs.Select(RunSummaryResponse.From)], NextCursor: null),
                ApiJson.Default.PageResponseRunSummaryResponse))
            : NotFound();

    private static async Task<IResult> ChangesCsvAsync(string accountId, string runId, IGrainFactory grains) =>
        await RunAsync(grains, accountId, runId) is { } run ? Csv($"{accountId}-{runId}.csv", RunCsv.OfChanges(run.Changes)) : NotFound();

    private static async Task<IResult> ChangesJsonAsync(string accountId, string runId, IGrainFactory grains) =>
        await RunAsync(grains, accountId, runId) is { } run
            ? Json($"{accountId}-{runId}.json", JsonSerializer.SerializeToUtf8Bytes(new RunResponse(run), ApiJson.Default.RunResponse))
            : NotFound();

    private static async Task<IReadOnlyList<RunSummary>?> RunsAsync(IGrainFactory grains, string accountId) =>
        grains.FindPortal(accountId) is { } portal && await portal.ListRunsAsync(cursor: null, MostRuns) is { } page ? page.Items : null;

    private static async Task<WholeRun?> RunAsync(IGrainFactory grains, string accountId, string runId) =>
        grains.FindPortal(accountId) is { } portal ? await WholeRun.ReadAsync(portal, runId) : null;

    private static FileContentHttpResult Csv(string name, byte[] content) => TypedResults.File(content, "text/csv; charset=utf-8", name);

    private static FileContentHttpResult Json(string name, byte[] content) => TypedResults.File(content, "application/json", name);

    private static StatusCodeHttpResult NotFound() => TypedResults.StatusCode(StatusCodes.Status404NotFound);
}
