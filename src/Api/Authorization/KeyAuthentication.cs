using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Options;
using OrleansSync.Grains.Interfaces;
using OrleansSync.Silo.Secrets;

namespace OrleansSync.Api.Authorization;

/// <summary>Reads <c>Authorization: Bearer KEY</c>: the operator's key, or an account's.</summary>
/// <param name="options">The scheme's options.</param>
/// <param name="logger">The scheme's logs.</param>
/// <param name="encoder">Asked for by the framework.</param>
/// <param name="operatorKey">The operator's key.</param>
/// <param name="grains">Where accounts keep their keys.</param>
/// <param name="problems">Writes refusals.</param>
/// <param name="wrongKeys">Turns addresses away that try keys.</param>
/// <param name="pace">Evens out the time of refusals.</param>
internal sealed class KeyAuthentication(
    IOptionsMonitor<AuthenticationSchemeOptions> options,
    ILoggerFactory logger,
    UrlEncoder encoder,
    OperatorKey operatorKey,
    IGrainFactory grains,
    IProblemDetailsService problems,
    WrongKeyLimit wrongKeys,
    RefusalPace pace)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    /// <summary>The name of the scheme.</summary>
    public const string SchemeName = "Key";

    private const string Realm = "Bearer realm=\"OrleansSync\"";

    /// <inheritdoc />
    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        var begin = pace.Begin();
        if (BearerToken.Of(Request) is not { } token)
        {
            return AuthenticateResult.NoResult();
        }

        if (operatorKey.Matches(token))
        {
            return Success(Caller.Operator(SchemeName));
        }

        if (wrongKeys.Blocks(Context))
        {
            return AuthenticateResult.Fail(WrongKeyLimit.Reason);
        }

        if (ApiKey.TryParse(token, out var key)
            && await grains.GetGrain<IAccountKeysGrain>(GrainKeys.Account(key.AccountId)).VerifyAsync(key.KeyId, key.SecretHash))
        {
            return Success(Caller.Account(SchemeName, key));
        }

        wrongKeys.Count(Context);
        await pace.HoldAsync(begin, Context.RequestAborted);
        return AuthenticateResult.Fail("The key is not valid.");
    }

    /// <inheritdoc />
    protected override async Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        if (WrongKeyLimit.RetryAfter(Context) is { } seconds)
        {
            Response.Headers.RetryAfter = seconds;
            await WriteAsync(StatusCodes.Status429TooManyRequests, WrongKeyLimit.Reason + " Wait as long as Retry-After says, and send the right one.");
            return;
        }

        var sent = Request.Headers.Authorization.Count > 0;
        Response.Headers.WWWAuthenticate = sent ? Realm + ", error=\"invalid_token\"" : Realm;
        await WriteAsync(
            StatusCodes.Status401Unauthorized,
            sent
                ? "The key or token is not valid: mistyped, revoked, expired, or not sent as 'Authorization: Bearer KEY'."
                : "A key is needed: send 'Authorization: Bearer KEY'.");
    }

    /// <inheritdoc />
    protected override Task HandleForbiddenAsync(AuthenticationProperties properties) =>
        WriteAsync(StatusCodes.Status403Forbidden, "This key or token may not do this; only the operator may.");

    private static AuthenticateResult Success(System.Security.Claims.ClaimsPrincipal user) =>
        AuthenticateResult.Success(new AuthenticationTicket(user, SchemeName));

    private async Task WriteAsync(int status, string detail)
    {
        Response.StatusCode = status;
        await problems.WriteAsync(new ProblemDetailsContext
        {
            HttpContext = Context,
            ProblemDetails = new ProblemDetails { Status = status, Detail = detail },
        });
    }
}
