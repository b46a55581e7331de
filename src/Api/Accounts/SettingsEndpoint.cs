using Microsoft.AspNetCore.Http.HttpResults;
using OrleansSync.Api.Authorization;
using OrleansSync.Api.Bodies;
using OrleansSync.Api.Problems;

namespace OrleansSync.Api.Accounts;

/// <summary>Changing an account's settings alone.</summary>
internal static class SettingsEndpoint
{
    private const string MediaType = "application/merge-patch+json";

    public static void MapSettings(this RouteGroupBuilder account) => account
        .MapPatch("/settings", PatchAsync)
        .WithName("PatchSettings")
        .WithSummary("Change some of an account's settings")
        .WithDescription(
            "A JSON merge patch (RFC 7396): what is left out stays, null sets a setting back to its default. No run starts because of it.")
        .WithTags("Accounts")
        .Accepts<SettingsBody>(MediaType)
        .ProducesProblem(StatusCodes.Status413PayloadTooLarge).ProducesProblem(StatusCodes.Status415UnsupportedMediaType)
        .RequireAuthorization(AccessPolicies.Account);

    private static async Task<Results<Ok<AccountResponse>, ProblemHttpResult>> PatchAsync(
        string accountId, HttpContext context, SettingsChanging settings)
    {
        var errors = new BodyErrors();
        var body = await JsonBody.ReadAsync(context.Request, ApiJson.Default.SettingsBody, errors, SettingsRules.Path, MediaType);
        if (body.Members is null)
        {
            return body.Refusal!;
        }

        return await settings.ChangeAsync(context, accountId, body.Members, errors) switch
        {
            null => ApiProblem.AccountNotFound(),
            _ when !errors.IsEmpty => ApiProblem.Invalid(errors),
            var account => TypedResults.Ok(AccountResponse.From(account)),
        };
    }
}
