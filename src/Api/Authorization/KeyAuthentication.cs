using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;

namespace OrleansSync.Api.Authorization;

/// <summary>Reads <c>Authorization: Bearer KEY</c>: the operator's key, or an account's.</summary>
internal sealed class KeyAuthentication(
    IOptionsMonitor<AuthenticationSchemeOptions> options,
    ILoggerFactory logger,
    UrlEncoder encoder,
    KeyVerification keys)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    public const string SchemeName = "Key";

    private const string Realm = "Bearer realm=\"OrleansSync\"";

    /// <inheritdoc />
    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        if (BearerToken.Of(Request) is not { } token)
        {
            return AuthenticateResult.NoResult();
        }

        if (await keys.FindBearerAsync(Context, token) is { } bearer)
        {
            return AuthenticateResult.Success(new AuthenticationTicket(bearer, SchemeName));
        }

        return AuthenticateResult.Fail(WrongKeyLimit.RetryAfter(Context) is null ? "The key is not valid." : WrongKeyLimit.Reason);
    }

    /// <inheritdoc />
    protected override async Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        if (WrongKeyLimit.RetryAfter(Context) is { } seconds)
        {
            Response.Headers.RetryAfter = seconds;
            await WriteAsync(
                StatusCodes.Status429TooManyRequests, WrongKeyLimit.Reason + " Wait as long as Retry-After says, and send the right one.");
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

    private Task WriteAsync(int status, string detail) => TypedResults.Problem(detail, statusCode: status).ExecuteAsync(Context);
}
