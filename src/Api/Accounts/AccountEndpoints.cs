using Microsoft.AspNetCore.Http.HttpResults;
using OrleansSync.Api.Audit;
using OrleansSync.Api.Authorization;
using OrleansSync.Api.Bodies;
using OrleansSync.Api.Hosting;
using OrleansSync.Api.Problems;
using OrleansSync.Grains.Connections;
using OrleansSync.Grains.Interfaces;

namespace OrleansSync.Api.Accounts;

/// <summary>Connecting, showing and disconnecting accounts.</summary>
internal static class AccountEndpoints
{
    /// <summary>Maps the endpoints of one account.</summary>
    /// <param name="account">The group of the account's addresses.</param>
    public static void MapAccount(this RouteGroupBuilder account)
    {
        var group = account.MapGroup("").WithTags("Accounts");
        group.MapPut("", PutAsync).WithName("PutAccount").WithSummary("Connect an account, or change it")
            .WithDescription("A new account's first run starts at once unless it is paused. In an update, a secret that is left out or masked is kept.")
            .Accepts<AccountBody>("application/json")
            .Produces<AccountAnswer>(StatusCodes.Status201Created)
            .ProducesProblem(StatusCodes.Status409Conflict).ProducesProblem(StatusCodes.Status413PayloadTooLarge)
            .ProducesProblem(StatusCodes.Status415UnsupportedMediaType)
            .RequireAuthorization(AccessPolicies.Operator);
        group.MapGet("", GetAsync).WithName("GetAccount").WithSummary("One account")
            .RequireAuthorization(AccessPolicies.Account);
        group.MapDelete("", DeleteAsync).WithName("DeleteAccount").WithSummary("Disconnect an account and erase what is known of it")
            .WithDescription("The schedule stops, secrets, links and history are erased; nothing is changed in CallGear.")
            .RequireAuthorization(AccessPolicies.Operator);
    }

    private static async Task<Results<Ok<AccountAnswer>, Created<AccountAnswer>, ProblemHttpResult>> PutAsync(
        string accountId,
        HttpContext context,
        IGrainFactory grains,
        AddressRules addresses,
        AccountSecrets secrets,
        AuditTrail audit)
    {
        var errors = new BodyErrors();
        var portal = grains.FindPortal(accountId);
        if (portal is null)
        {
            errors.Add("accountId", $"must be 1 to {AccountId.MaxLength} of a-z, 0-9, '.', '_' and '-', starting with a letter or digit.");
        }

        var body = await JsonBody.ReadAsync(context.Request, ApiJson.Default.AccountBody, errors, context.RequestAborted);
        if (body.Value is null)
        {
            return body.Refusal!;
        }

        var existing = portal is null ? null : await portal.GetAccountAsync();
        if (new AccountBodyRules(body.Value, existing, addresses, errors).Judge() is not { } draft || portal is null)
        {
            return ApiProblem.Invalid(errors);
        }

        var connection = draft.Protect(secrets, accountId);
        var answer = await portal.ConnectAsync(connection);
        switch (answer)
        {
            case { Outcome: ConnectOutcome.Connected, Account: { } account }:
                await audit.WriteAsync(context, accountId, AuditActions.AccountConnected, AccountChanges.Between(before: null, connection));
                return TypedResults.Created($"/api/v1/accounts/{accountId}", AccountAnswer.From(account));
            case { Outcome: ConnectOutcome.Updated, Account: { } account }:
                await audit.WriteAsync(context, accountId, AuditActions.AccountUpdated, AccountChanges.Between(existing, connection));
                return TypedResults.Ok(AccountAnswer.From(account));
            case { Outcome: ConnectOutcome.SecretMissing }:
                return ApiProblem.Invalid(answer.MissingSecret ?? "bitrix24", "is required: there is no stored one to keep.");
            default:
                return ApiProblem.BeingErased(accountId);
        }
    }

    private static async Task<Results<Ok<AccountAnswer>, ProblemHttpResult>> GetAsync(string accountId, IGrainFactory grains) =>
        grains.FindPortal(accountId) is { } portal && await portal.GetAccountAsync() is { } account
            ? TypedResults.Ok(AccountAnswer.From(account))
            : ApiProblem.AccountNotFound();

    private static async Task<Results<NoContent, ProblemHttpResult>> DeleteAsync(
        string accountId, HttpContext context, IGrainFactory grains, AuditTrail audit)
    {
        if (grains.FindPortal(accountId) is not { } portal || !await portal.DisconnectAsync())
        {
            return ApiProblem.AccountNotFound();
        }

        audit.LogDisconnected(context, accountId);
        return TypedResults.NoContent();
    }
}
