using System.Collections.Immutable;
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
        account.MapGet("/history.csv", (string accountId, IGrainFactory grains) => OfRunsAsync(grains, accountId, runs =>
            Csv($"{accountId}-runs.csv", RunCsv.OfRuns(runs))));
        account.MapGet("/history.json", (string accountId, IGrainFactory grains) => OfRunsAsync(grains, accountId, runs =>
            Json($"{accountId}-runs.json", JsonSerializer.SerializeToUtf8Bytes(
                new PageResponse<RunSummaryResponse>([.. runs.Select(RunSummaryResponse.From)], NextCursor: null),
                ApiJson.Default.PageResponseRunSummaryResponse))));
        account.MapGet("/history/{runId}/changes.csv", (string accountId, string runId, IGrainFactory grains) =>
            OfRunAsync(grains, accountId, runId, run => Csv($"{accountId}-{runId}.csv", RunCsv.OfChanges(run.Changes))));
        account.MapGet("/history/{runId}/changes.json", (string accountId, string runId, IGrainFactory grains) =>
            OfRunAsync(grains, accountId, runId, run =>
                Json($"{accountId}-{runId}.json", JsonSerializer.SerializeToUtf8Bytes(new RunResponse(run), ApiJson.Default.RunResponse))));
    }

    private static async Task<IResult> OfRunsAsync(
        IGrainFactory grains, string accountId, Func<ImmutableArray<RunSummary>, IResult> show) =>
        grains.FindPortal(accountId) is { } portal && await portal.ListRunsAsync(new RunQuery(Cursor: null, MostRuns)) is { } page
            ? show(page.Items)
            : TypedResults.NotFound();

    private static async Task<IResult> OfRunAsync(IGrainFactory grains, string accountId, string runId, Func<WholeRun, IResult> show) =>
        grains.FindPortal(accountId) is { } portal && await WholeRun.ReadAsync(portal, runId) is { } run
            ? show(run)
            : TypedResults.NotFound();

    private static FileContentHttpResult Csv(string name, byte[] content) => TypedResults.File(content, "text/csv; charset=utf-8", name);

    private static FileContentHttpResult Json(string name, byte[] content) => TypedResults.File(content, "application/json", name);
}
