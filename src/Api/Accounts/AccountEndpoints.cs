using Microsoft.AspNetCore.Http.HttpResults;
using OrleansSync.Api.Authorization;
using OrleansSync.Api.Bodies;
using OrleansSync.Api.Hosting;
using OrleansSync.Api.Problems;
using OrleansSync.Grains.Interfaces.Accounts;

namespace OrleansSync.Api.Accounts;

/// <summary>Connecting, showing and disconnecting accounts.</summary>
internal static class AccountEndpoints
{
    public static void MapAccount(this RouteGroupBuilder account)
    {
        var group = account.MapGroup("").WithTags("Accounts");
        group.MapPut("", PutAsync).WithName("PutAccount").WithSummary("Connect an account, or change it")
            .WithDescription(
                "A new account's first run starts at once unless it is paused. In an update, a secret that is left out or masked is kept.")
            .Accepts<AccountBody>("application/json")
            .Produces<AccountResponse>(StatusCodes.Status201Created)
            .ProducesProblem(StatusCodes.Status409Conflict).ProducesProblem(StatusCodes.Status413PayloadTooLarge)
            .ProducesProblem(StatusCodes.Status415UnsupportedMediaType)
            .RequireAuthorization(AccessPolicies.Operator);
        group.MapGet("", GetAsync).WithName("GetAccount").WithSummary("One account")
            .WithDescription("Its connection without secrets, its settings, how it is doing, its last run, and when the next is due.")
            .RequireAuthorization(AccessPolicies.Account);
        group.MapDelete("", DeleteAsync).WithName("DeleteAccount").WithSummary("Disconnect an account and erase what is known of it")
            .WithDescription("The schedule stops, secrets, links and history are erased; nothing is changed in CallGear.")
            .RequireAuthorization(AccessPolicies.Operator);
    }

    private static async Task<Results<Ok<AccountResponse>, Created<AccountResponse>, ProblemHttpResult>> PutAsync(
        string accountId, HttpContext context, AccountConnecting connecting)
    {
        var errors = new BodyErrors();
        var body = await JsonBody.ReadAsync(context.Request, ApiJson.Default.AccountBody, errors);
        if (body.Value is null)
        {
            return body.Refusal!;
        }

        return await connecting.PutAsync(context, accountId, body.Value, errors) switch
        {
            null => ApiProblem.Invalid(errors),
            { Outcome: ConnectOutcome.Connected, Account: { } account } =>
                TypedResults.Created(context.Request.PathBase + $"/api/v1/accounts/{accountId}", AccountResponse.From(account)),
            { Outcome: ConnectOutcome.Updated, Account: { } account } => TypedResults.Ok(AccountResponse.From(account)),
            _ => ApiProblem.BeingErased(accountId),
        };
    }

    private static async Task<Results<Ok<AccountResponse>, ProblemHttpResult>> GetAsync(string accountId, IGrainFactory grains) =>
        grains.FindPortal(accountId) is { } portal && await portal.GetAccountAsync() is { } account
            ? TypedResults.Ok(AccountResponse.From(account))
            : ApiProblem.AccountNotFound();

    private static async Task<Results<NoContent, ProblemHttpResult>> DeleteAsync(
        string accountId, HttpContext context, AccountConnecting connecting) =>
        await connecting.DisconnectAsync(context, accountId) ? TypedResults.NoContent() : ApiProblem.AccountNotFound();
}
