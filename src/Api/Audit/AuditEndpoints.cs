using Microsoft.AspNetCore.Http.HttpResults;
using OrleansSync.Api.Authorization;
using OrleansSync.Api.Hosting;
using OrleansSync.Api.Parameters;
using OrleansSync.Api.Problems;
using OrleansSync.Grains.Interfaces;

namespace OrleansSync.Api.Audit;

/// <summary>The audit trail of an account.</summary>
internal static class AuditEndpoints
{
    /// <summary>Maps the endpoint.</summary>
    /// <param name="account">The group of the account's addresses.</param>
    public static void MapAudit(this RouteGroupBuilder account) => account
        .MapGet("/audit", ListAsync)
        .WithName("ListAudit")
        .WithSummary("What people and keys changed, newest first")
        .WithTags("Audit")
        .WithQuery(PageParameters.AuditCursor, PageParameters.Limit)
        .RequireAuthorization(AccessPolicies.Account);

    private static async Task<Results<Ok<PageAnswer<AuditAnswer>>, ProblemHttpResult>> ListAsync(
        string accountId, HttpRequest request, IGrainFactory grains)
    {
        var query = new QueryReader(request);
        var cursor = query.Read(PageParameters.AuditCursor);
        var limit = query.ReadLimit();
        if (!query.Errors.IsEmpty)
        {
            return ApiProblem.Invalid(query.Errors);
        }

        if (!await grains.IsConnectedAsync(accountId))
        {
            return ApiProblem.AccountNotFound();
        }

        var page = await grains.GetGrain<IAuditGrain>(GrainKeys.Account(accountId)).ListAsync(cursor, limit);
        return TypedResults.Ok(new PageAnswer<AuditAnswer>(
            [.. page.Items.Select(AuditAnswer.Show)], PageCursor.Encode(PageParameters.AuditCursor.Kind, page.Next)));
    }
}
