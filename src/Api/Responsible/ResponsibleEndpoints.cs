using System.Collections.Immutable;
using System.Globalization;
using Microsoft.AspNetCore.Http.HttpResults;
using OrleansSync.Api.Audit;
using OrleansSync.Api.Authorization;
using OrleansSync.Api.Hosting;
using OrleansSync.Api.Problems;
using OrleansSync.Grains.Interfaces;

namespace OrleansSync.Api.Responsible;

/// <summary>The responsible employees of an account.</summary>
/// <param name="Items">The employees, by user id.</param>
internal sealed record ResponsibleListAnswer(ImmutableArray<ResponsibleEmployee> Items);

/// <summary>The list of R7.</summary>
internal static class ResponsibleEndpoints
{
    /// <summary>Maps the endpoints.</summary>
    /// <param name="account">The group of the account's addresses.</param>
    public static void MapResponsible(this RouteGroupBuilder account)
    {
        var responsible = account.MapGroup("/responsible-employees").WithTags("Responsible employees").RequireAuthorization(AccessPolicies.Account);
        responsible.MapGet("", ListAsync).WithName("ListResponsible").WithSummary("The responsible employees, by user id");
        responsible.MapPut("/{bitrixUserId:long}", PutAsync).WithName("AddResponsible").WithSummary("Put an employee back that was taken out by hand")
            .ProducesProblem(StatusCodes.Status409Conflict);
        responsible.MapDelete("/{bitrixUserId:long}", DeleteAsync).WithName("RemoveResponsible")
            .WithSummary("Take an employee out; it stays out until it is put back")
            .ProducesProblem(StatusCodes.Status409Conflict);
    }

    private static async Task<Results<Ok<ResponsibleListAnswer>, ProblemHttpResult>> ListAsync(string accountId, IGrainFactory grains) =>
        grains.FindPortal(accountId) is { } portal && await portal.ListResponsibleAsync() is { } items
            ? TypedResults.Ok(new ResponsibleListAnswer(items))
            : ApiProblem.AccountNotFound();

    private static Task<Results<NoContent, ProblemHttpResult>> PutAsync(
        string accountId, long bitrixUserId, HttpContext context, IGrainFactory grains, AuditTrail audit) =>
        SetAsync(accountId, bitrixUserId, responsible: true, context, grains, audit);

    private static Task<Results<NoContent, ProblemHttpResult>> DeleteAsync(
        string accountId, long bitrixUserId, HttpContext context, IGrainFactory grains, AuditTrail audit) =>
        SetAsync(accountId, bitrixUserId, responsible: false, context, grains, audit);

    private static async Task<Results<NoContent, ProblemHttpResult>> SetAsync(
        string accountId, long bitrixUserId, bool responsible, HttpContext context, IGrainFactory grains, AuditTrail audit)
    {
        if (grains.FindPortal(accountId) is not { } portal)
        {
            return ApiProblem.AccountNotFound();
        }

        switch (await portal.SetResponsibleAsync(bitrixUserId, responsible))
        {
            case ResponsibleChangeOutcome.Done:
                var action = responsible ? AuditActions.ResponsibleAdded : AuditActions.ResponsibleRemoved;
                var user = bitrixUserId.ToString(CultureInfo.InvariantCulture);
                await audit.WriteAsync(context, accountId, action, new AuditDetail("bitrixUserId", user, null));
                return TypedResults.NoContent();
            case ResponsibleChangeOutcome.Deleted:
                return ApiProblem.UserDeleted(accountId, bitrixUserId);
            default:
                return await grains.IsConnectedAsync(accountId) ? ApiProblem.EmployeeNotFound(accountId, bitrixUserId) : ApiProblem.AccountNotFound();
        }
    }
}
