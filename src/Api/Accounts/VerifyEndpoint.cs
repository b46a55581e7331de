using Microsoft.AspNetCore.Http.HttpResults;
using OrleansSync.Api.Authorization;
using OrleansSync.Api.Bodies;
using OrleansSync.Api.Problems;
using OrleansSync.Grains.Interfaces.Connections;

namespace OrleansSync.Api.Accounts;

/// <summary>What a trial of a connection gave.</summary>
/// <param name="Bitrix24">The Bitrix24 side.</param>
/// <param name="CallGear">The CallGear side.</param>
internal sealed record VerifyResponse(Bitrix24CheckResponse Bitrix24, CallGearCheckResponse CallGear)
{
    public static VerifyResponse From(ConnectionCheck check)
    {
        var callGear = check.CallGear.Problem ?? check.Group;
        return new VerifyResponse(
            new Bitrix24CheckResponse(check.Bitrix24.Problem is null, check.Bitrix24.Count, CodedMessage.From(check.Bitrix24.Problem)),
            new CallGearCheckResponse(callGear is null, check.CallGear.Count, CodedMessage.From(callGear)));
    }
}

/// <summary>What a look at Bitrix24 gave.</summary>
/// <param name="Ok">Whether all is well.</param>
/// <param name="Users">Users there; null when they could not be read.</param>
/// <param name="Problem">Why not; null when all is well.</param>
internal sealed record Bitrix24CheckResponse(bool Ok, int? Users, CodedMessage? Problem);

/// <summary>What a look at CallGear gave, at the employee group of R7.3 too.</summary>
/// <param name="Ok">Whether all is well.</param>
/// <param name="Employees">Employees there; null when they could not be read.</param>
/// <param name="Problem">Why not; null when all is well.</param>
internal sealed record CallGearCheckResponse(bool Ok, int? Employees, CodedMessage? Problem);

/// <summary>Tries a connection without storing it.</summary>
internal static class VerifyEndpoint
{
    public static void MapVerify(this RouteGroupBuilder api) => api
        .MapPost("/verify", VerifyAsync)
        .WithName("VerifyConnection")
        .WithSummary("Try a connection: stores nothing, reads a little from both vendors")
        .WithDescription("Takes what connecting an account takes. Says for each vendor whether it answered, and if not, what to do.")
        .WithTags("Accounts")
        .Accepts<AccountBody>("application/json")
        .ProducesProblem(StatusCodes.Status413PayloadTooLarge).ProducesProblem(StatusCodes.Status415UnsupportedMediaType)
        .RequireAuthorization(AccessPolicies.Operator);

    private static async Task<Results<Ok<VerifyResponse>, ProblemHttpResult>> VerifyAsync(HttpContext context, AccountConnecting connecting)
    {
        var errors = new BodyErrors();
        var body = await JsonBody.ReadAsync(context.Request, ApiJson.Default.AccountBody, errors);
        if (body.Value is null)
        {
            return body.Refusal!;
        }

        return await connecting.TryAsync(body.Value, errors, context.RequestAborted) is { } check
            ? TypedResults.Ok(VerifyResponse.From(check))
            : ApiProblem.Invalid(errors);
    }
}
