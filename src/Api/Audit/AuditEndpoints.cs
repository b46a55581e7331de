using Microsoft.AspNetCore.Http.HttpResults;
using OrleansSync.Api.Authorization;
using OrleansSync.Api.Hosting;
using OrleansSync.Api.Parameters;
using OrleansSync.Api.Problems;
using OrleansSync.Grains.Interfaces;
using OrleansSync.Grains.Interfaces.Audit;

namespace OrleansSync.Api.Audit;

/// <summary>Which page of the audit trail is listed.</summary>
public sealed class AuditListParameters() : PageParameters(List)
{
    /// <summary>The audit trail's letter in cursors.</summary>
    internal const char List = 't';
}

/// <summary>The audit trail of an account.</summary>
internal static class AuditEndpoints
{
    public static void MapAudit(this RouteGroupBuilder account) => account
        .MapGet("/audit", ListAsync)
        .WithName("ListAudit")
        .WithSummary("What people and keys changed, newest first")
        .WithDescription("Who changed what, when, and from which address. Of a secret it says only that it was changed.")
        .WithTags("Audit")
        .RequireAuthorization(AccessPolicies.Account);

    private static async Task<Results<Ok<PageResponse<AuditResponse>>, ProblemHttpResult>> ListAsync(
        string accountId, [AsParameters] AuditListParameters query, IGrainFactory grains)
    {
        if (!await grains.IsConnectedAsync(accountId))
        {
            return ApiProblem.AccountNotFound();
        }

        var page = await grains.GetGrain<IAuditGrain>(GrainKeys.Account(accountId)).ListAsync(query.Position, query.Size);
        return TypedResults.Ok(query.Answer(page, AuditResponse.Show));
    }
}
