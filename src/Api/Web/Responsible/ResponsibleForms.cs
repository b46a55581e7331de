using Microsoft.AspNetCore.Mvc;
using OrleansSync.Api.Responsible;
using OrleansSync.Grains.Interfaces.Responsible;

namespace OrleansSync.Api.Web.Responsible;

/// <summary>The target of the forms that take people out of the responsible employees and put them back (R7.2).</summary>
internal static class ResponsibleForms
{
    public static void MapResponsibleForms(this RouteGroupBuilder pages) =>
        pages.MapPost("/accounts/{accountId}/responsible/{bitrixUserId:long}", SetAsync).RequireAuthorization(PageAccess.Account);

    private static async Task<IResult> SetAsync(
        string accountId, long bitrixUserId, [FromForm] bool responsible, HttpContext context, ResponsibleChanging changing) =>
        await changing.SetAsync(context, accountId, bitrixUserId, responsible) switch
        {
            null => TypedResults.StatusCode(StatusCodes.Status404NotFound),
            ResponsibleChangeOutcome.Deleted => TypedResults.LocalRedirect($"~/accounts/{accountId}/responsible?notice=userDeleted"),
            ResponsibleChangeOutcome.NotImported => TypedResults.LocalRedirect($"~/accounts/{accountId}/responsible?notice=notImported"),
            _ => TypedResults.LocalRedirect($"~/accounts/{accountId}/responsible?changed={bitrixUserId}"),
        };
}
