using System.Collections.Immutable;
using Microsoft.AspNetCore.Http.HttpResults;
using OrleansSync.Api.Authorization;
using OrleansSync.Api.Hosting;
using OrleansSync.Api.Problems;
using OrleansSync.Grains.Interfaces.Responsible;

namespace OrleansSync.Api.Responsible;

/// <summary>The responsible employees of an account.</summary>
/// <param name="Items">The employees, by user id.</param>
internal sealed record ResponsibleListResponse(ImmutableArray<ResponsibleEmployee> Items);

/// <summary>The list of R7.</summary>
internal static class ResponsibleEndpoints
{
    public static void MapResponsible(this RouteGroupBuilder account)
    {
        var responsible = account.MapGroup("/responsible-employees").WithTags("Responsible employees")
            .RequireAuthorization(AccessPolicies.Account);
        responsible.MapGet("", ListAsync).WithName("ListResponsible").WithSummary("The responsible employees, by user id")
            .WithDescription("The employees whose users are imported and not deleted, less those that were taken out by hand.");
        responsible.MapPut("/{bitrixUserId:long}", PutAsync).WithName("AddResponsible")
            .WithSummary("Put an employee back that was taken out by hand")
            .WithDescription("The account's employee group in CallGear, if it names one, follows at once.")
            .ProducesProblem(StatusCodes.Status409Conflict);
        responsible.MapDelete("/{bitrixUserId:long}", DeleteAsync).WithName("RemoveResponsible")
            .WithSummary("Take an employee out; it stays out until it is put back")
            .WithDescription("No import puts the employee back. The account's group in CallGear, if it names one, follows at once.")
            .ProducesProblem(StatusCodes.Status409Conflict);
    }

    private static async Task<Results<Ok<ResponsibleListResponse>, ProblemHttpResult>> ListAsync(string accountId, IGrainFactory grains) =>
        grains.FindPortal(accountId) is { } portal && await portal.ListResponsibleAsync() is { } items
            ? TypedResults.Ok(new ResponsibleListResponse(items))
            : ApiProblem.AccountNotFound();

    private static Task<Results<NoContent, ProblemHttpResult>> PutAsync(
        string accountId, long bitrixUserId, HttpContext context, ResponsibleChanging changing) =>
        SetAsync(accountId, bitrixUserId, responsible: true, context, changing);

    private static Task<Results<NoContent, ProblemHttpResult>> DeleteAsync(
        string accountId, long bitrixUserId, HttpContext context, ResponsibleChanging changing) =>
        SetAsync(accountId, bitrixUserId, responsible: false, context, changing);

    private static async Task<Results<NoContent, ProblemHttpResult>> SetAsync(
        string accountId, long bitrixUserId, bool responsible, HttpContext context, ResponsibleChanging changing) =>
        await changing.SetAsync(context, accountId, bitrixUserId, responsible) switch
        {
            ResponsibleChangeOutcome.Done => TypedResults.NoContent(),
            ResponsibleChangeOutcome.Deleted => ApiProblem.UserDeleted(accountId, bitrixUserId),
            ResponsibleChangeOutcome.NotImported => ApiProblem.EmployeeNotFound(accountId, bitrixUserId),
            _ => ApiProblem.AccountNotFound(),
        };
}
