using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Mvc;
using OrleansSync.Api.Accounts;
using OrleansSync.Api.Bodies;
using OrleansSync.Api.Keys;
using OrleansSync.Api.Runs;
using OrleansSync.Grains.Interfaces.Runs;

namespace OrleansSync.Api.Web.Accounts;

/// <summary>The targets of the forms that concern accounts as a whole: pausing, keys, the end of one, and several at once.</summary>
internal static class AccountForms
{
    /// <summary>The notice that says that something else was typed than the ID of the account to disconnect.</summary>
    public const string WrongName = "wrongName";

    private const int MostSelected = 200;

    public static void MapAccountForms(this RouteGroupBuilder pages)
    {
        pages.MapPost("/accounts/selected", WithSelectedAsync).RequireAuthorization(PageAccess.Operator);
        var account = pages.MapGroup("/accounts/{accountId}");
        account.MapPost("/pause", (string accountId, HttpContext context, SettingsChanging settings) =>
            PauseAsync(accountId, paused: true, context, settings)).RequireAuthorization(PageAccess.Account);
        account.MapPost("/resume", (string accountId, HttpContext context, SettingsChanging settings) =>
            PauseAsync(accountId, paused: false, context, settings)).RequireAuthorization(PageAccess.Account);
        account.MapPost("/disconnect", DisconnectAsync).RequireAuthorization(PageAccess.Operator);
        account.MapPost("/keys/{keyId}/revoke", RevokeAsync).RequireAuthorization(PageAccess.Operator);
    }

    private static async Task<IResult> PauseAsync(string accountId, bool paused, HttpContext context, SettingsChanging settings) =>
        await SetPausedAsync(accountId, paused, context, settings)
            ? ReturnPage.BackWith(context.Request, paused ? "paused" : "resumed")
            : TypedResults.NotFound();

    // R1.5.
    private static async Task<bool> SetPausedAsync(string accountId, bool paused, HttpContext context, SettingsChanging settings) =>
        await settings.ChangeAsync(context, accountId, new JsonObject { ["paused"] = paused }, new BodyErrors()) is not null;

    private static async Task<IResult> WithSelectedAsync(
        IFormCollection form, HttpContext context, SettingsChanging settings, RunRequesting requesting)
    {
        var action = form["action"].ToString();
        if (action is not ("synchronize" or "pause" or "resume"))
        {
            return TypedResults.BadRequest();
        }

        var isAllDone = true;

        // One after the other: each is a few milliseconds, and they share this process with everybody else's pages.
        foreach (var accountId in form["account"].OfType<string>().Distinct(StringComparer.Ordinal).Take(MostSelected))
        {
            if (action is "synchronize")
            {
                var answer = await requesting.SynchronizeAsync(context, accountId, new RunRequest(RunTrigger.Manual));
                isAllDone &= answer.Outcome == RunRequestOutcome.Accepted;
            }
            else
            {
                await SetPausedAsync(accountId, action == "pause", context, settings);
            }
        }

        return ReturnPage.BackWith(context.Request, action switch
        {
            "synchronize" => isAllDone ? "started" : "someNotStarted",
            "pause" => "paused",
            _ => "resumed",
        });
    }

    private static async Task<IResult> DisconnectAsync(
        string accountId, [FromForm] string? typed, HttpContext context, AccountConnecting connecting) =>
        typed?.Trim() != accountId ? TypedResults.LocalRedirect($"~/accounts/{accountId}/settings?notice={WrongName}#leave")
        : await connecting.DisconnectAsync(context, accountId) ? TypedResults.LocalRedirect("~/accounts?notice=disconnected")
        : TypedResults.NotFound();

    private static async Task<IResult> RevokeAsync(string accountId, string keyId, HttpContext context, KeyIssuing issuing) =>
        await issuing.RevokeAsync(context, accountId, keyId)
            ? TypedResults.LocalRedirect($"~/accounts/{accountId}/settings?notice=keyRevoked#keys")
            : TypedResults.NotFound();
}
