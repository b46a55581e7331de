using System.Collections.Immutable;
using Microsoft.AspNetCore.Http.HttpResults;
using OrleansSync.Api.Authorization;
using OrleansSync.Api.Hosting;
using OrleansSync.Api.Problems;
using OrleansSync.Grains.Interfaces;
using OrleansSync.Grains.Interfaces.Keys;

namespace OrleansSync.Api.Keys;

/// <summary>A key that was made just now.</summary>
/// <param name="KeyId">Its public part, by which it can be revoked.</param>
/// <param name="Key">The whole key, shown this once.</param>
internal sealed record NewKeyResponse(string KeyId, string Key)
{
    /// <summary>The key without its secret.</summary>
    public override string ToString() => KeyId;
}

/// <summary>A key as it is shown.</summary>
/// <param name="KeyId">Its public part.</param>
internal sealed record KeyResponse(string KeyId);

/// <summary>The keys of an account.</summary>
/// <param name="Items">The keys, oldest first.</param>
internal sealed record KeyListResponse(ImmutableArray<KeyResponse> Items);

/// <summary>The API keys of an account: made, listed and revoked by the operator.</summary>
internal static class KeyEndpoints
{
    public static void MapKeys(this RouteGroupBuilder account)
    {
        var keys = account.MapGroup("/keys").WithTags("Keys").RequireAuthorization(AccessPolicies.Operator);
        keys.AddEndpointFilter(async (call, next) =>
            await call.HttpContext.RequestServices.GetRequiredService<IGrainFactory>().IsConnectedAsync(call.GetArgument<string>(0))
                ? await next(call)
                : ApiProblem.AccountNotFound());
        keys.MapPost("", CreateAsync).WithName("CreateKey").WithSummary("Make a key that reaches this account alone; it is shown this once")
            .WithDescription("With it, the account's administrators synchronize, approve, read, and edit the responsible employees.")
            .ProducesProblem(StatusCodes.Status409Conflict);
        keys.MapGet("", ListAsync).WithName("ListKeys").WithSummary("The ids of the account's keys, oldest first")
            .WithDescription("The keys themselves cannot be shown again: only their hashes are stored.");
        keys.MapDelete("/{keyId}", RevokeAsync).WithName("RevokeKey").WithSummary("Take a key's validity away at once")
            .WithDescription("Requests with the key are refused from then on, by every process.");
    }

    private static async Task<Results<Created<NewKeyResponse>, ProblemHttpResult>> CreateAsync(
        string accountId, HttpContext context, KeyIssuing issuing) => await issuing.CreateAsync(context, accountId) switch
        {
            (_, { } key) => TypedResults.Created(
                context.Request.PathBase + $"/api/v1/accounts/{accountId}/keys/{key.KeyId}", new NewKeyResponse(key.KeyId, key.Reveal())),
            (AddKeyOutcome.TooMany, _) => ApiProblem.TooManyKeys(accountId),
            _ => ApiProblem.AccountNotFound(),
        };

    private static async Task<Results<Ok<KeyListResponse>, ProblemHttpResult>> ListAsync(string accountId, IGrainFactory grains)
    {
        var ids = await grains.GetGrain<IAccountKeysGrain>(GrainKeys.Account(accountId)).ListAsync();
        return TypedResults.Ok(new KeyListResponse([.. ids.Select(id => new KeyResponse(id))]));
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> RevokeAsync(
        string accountId, string keyId, HttpContext context, KeyIssuing issuing) =>
        await issuing.RevokeAsync(context, accountId, keyId) ? TypedResults.NoContent() : ApiProblem.KeyNotFound(accountId, keyId);
}
