using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using OrleansSync.Api.Settings;
using OrleansSync.Api.Web.SignIn;
using OrleansSync.Bitrix24.Credentials;
using OrleansSync.Grains.Connections;
using OrleansSync.Grains.Interfaces;
using OrleansSync.Grains.Interfaces.Accounts;
using OrleansSync.Grains.Interfaces.Connections;

namespace OrleansSync.Api.Web.Accounts;

/// <summary>
/// Sends a person to a portal to consent to the operator's application, and takes the answer (OAuth's authorization code). What comes back
/// belongs to one sign-in, counts once, and not for long; the tokens are exchanged, protected and kept without ever being here.
/// </summary>
internal sealed class PortalConsent(ConsentSettings settings, IGrainFactory grains, AccountSecrets secrets)
{
    private const int StateBytes = 32;

    // Whatever a browser brings back is no longer than what was sent, or than a vendor's code.
    private const int MaxLength = 512;

    /// <summary>Whether the operator has set an application, and where it sends people back to.</summary>
    public bool IsOffered => settings is { ClientId: not null, RedirectAddress: not null };

    /// <summary>Remembers a connection that waits for consent; answers where the person consents.</summary>
    /// <param name="context">The request of the person.</param>
    /// <param name="accountId">The account.</param>
    /// <param name="connection">The connection but for its tokens, its secrets protected for the account.</param>
    public async Task<Uri> BeginAsync(HttpContext context, string accountId, AccountConnection connection)
    {
        var state = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(StateBytes));
        await GrainOf(state).BeginAsync(new PendingAuthorization(accountId, connection, SessionOf(context)));
        _ = ClientEndpoint.TryParse(connection.Bitrix24.DisplayAddress, out var endpoint);
        return new UriBuilder(new Uri(endpoint!.Url, "../oauth/authorize/"))
        {
            Query = $"client_id={Uri.EscapeDataString(settings.ClientId!)}&response_type=code"
                + $"&redirect_uri={Uri.EscapeDataString(settings.RedirectAddress!.AbsoluteUri)}&state={state}",
        }.Uri;
    }

    /// <summary>Takes the answer.</summary>
    /// <param name="context">The request that brought it.</param>
    /// <param name="state">What names the consent.</param>
    /// <param name="code">What is exchanged for tokens; null when the person did not consent.</param>
    public async Task<AuthorizationAnswer> CompleteAsync(HttpContext context, string? state, string? code) =>
        string.IsNullOrEmpty(state) || state.Length > MaxLength || code?.Length > MaxLength
            ? new AuthorizationAnswer(AuthorizationOutcome.Unknown)
            : await GrainOf(state).CompleteAsync(
                SessionOf(context),
                string.IsNullOrEmpty(code) ? null : secrets.Protect(AccountSecrets.NoAccount, code),
                context.RequestAborted);

    private IBitrix24AuthorizationGrain GrainOf(string state) =>
        grains.GetGrain<IBitrix24AuthorizationGrain>(GrainKeys.Authorization(Hash(state)));

    private static string SessionOf(HttpContext context) => Hash(BrowserSession.IdOf(context.User));

    private static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
