using Microsoft.AspNetCore.Http.HttpResults;
using OrleansSync.Api.Authorization;
using OrleansSync.Api.Bodies;
using OrleansSync.Api.Hosting;
using OrleansSync.Api.Limits;
using OrleansSync.Api.Problems;
using OrleansSync.Grains.Interfaces.Runs;

namespace OrleansSync.Api.Webhooks;

/// <summary>R1.3: Bitrix24's outgoing webhook. The application token in the body stands in for a key.</summary>
internal static class WebhookEndpoint
{
    /// <summary>The most bytes an event may have; real ones have one or two thousand.</summary>
    private const int MaxBytes = 64 * 1024;

    private const string FormType = "application/x-www-form-urlencoded";
    private const string UserAdded = "ONUSERADD";

    public static void MapWebhook(this IEndpointRouteBuilder app) => app
        .MapPost("/webhooks/bitrix24/{accountId}", ReceiveAsync)
        .WithName("ReceiveBitrix24Event")
        .WithSummary("Take an event from Bitrix24")
        .WithDescription("An ONUSERADD event imports the account within seconds; others are ignored. "
            + "The form's auth[application_token] must be the account's application token.")
        .WithTags("Webhooks")
        .ProducesProblem(StatusCodes.Status401Unauthorized).ProducesProblem(StatusCodes.Status413PayloadTooLarge)
        .ProducesProblem(StatusCodes.Status429TooManyRequests)
        .RequireRateLimiting(RequestLimits.Events)
        .AllowAnonymous();

    private static async Task<Results<Accepted, ProblemHttpResult>> ReceiveAsync(
        string accountId, HttpContext context, IGrainFactory grains, RefusalPace pace)
    {
        var begin = pace.Begin();
        if (await BoundedBody.ReadAsync(context.Request, MaxBytes, context.RequestAborted) is not { } body)
        {
            return ApiProblem.TooLarge(MaxBytes);
        }

        var isForm = context.Request.GetTypedHeaders().ContentType?.MediaType.Equals(FormType, StringComparison.OrdinalIgnoreCase) ?? false;
        if (!isForm
            || EventForm.Parse(body) is not { } form
            || grains.FindPortal(accountId) is not { } portal
            || !await portal.IsApplicationTokenAsync(form.ApplicationToken))
        {
            // One answer for everything that may be wrong, and at one pace: it must not tell whether there is such an account.
            await pace.HoldAsync(begin, context.RequestAborted);
            context.Response.Headers.WWWAuthenticate = "Bearer realm=\"OrleansSync\"";
            return ApiProblem.Of(
                StatusCodes.Status401Unauthorized,
                "unauthorized",
                "The form's auth[application_token] is missing, or is not the application token of this account.");
        }

        if (form.Event.Equals(UserAdded, StringComparison.OrdinalIgnoreCase))
        {
            // Whatever the answer, the sender has done its part: an account that takes no run now sees the user at its next one.
            _ = await portal.RequestRunAsync(new RunRequest(RunTrigger.Event));
        }

        return TypedResults.Accepted((string?)null);
    }
}
