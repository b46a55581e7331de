using System.Text.Json;
using OrleansSync.Bitrix24.Responses;
using OrleansSync.Bitrix24.Credentials;

namespace OrleansSync.Bitrix24.OAuth;

/// <summary>
/// Obtains and renews the tokens of an OAuth application. Renew only after a call has come back with
/// <see cref="VendorErrorKind.TokenExpired"/>: the vendor blocks applications that renew on a schedule. As in
/// <see cref="Bitrix24Client"/>, one call is one request and only the caller's cancellation is thrown.
/// </summary>
/// <param name="http">
/// Must not follow redirects. The vendor wants the secrets in the query of a GET, so nothing in its handlers may log or trace addresses.
/// </param>
/// <param name="timeProvider">Measures the timeout.</param>
public sealed class Bitrix24OAuthClient(HttpClient http, TimeProvider timeProvider)
{
    /// <summary>The vendor's token endpoint.</summary>
    public static readonly Uri DefaultTokenEndpoint = new("https://oauth.bitrix.info/oauth/token/");

    private const int LongestMemberId = 64;

    private readonly HttpExchange _exchange = new(http, Bitrix24Client.Vendor, timeProvider);

    /// <summary>
    /// Exchanges a refresh token for a new pair. When the answer is lost (<see cref="VendorErrorKind.Unavailable"/>) the old refresh
    /// token may be spent or not; trying it again is the only way to know.
    /// </summary>
    /// <param name="tokenEndpoint">Where to renew, usually <see cref="DefaultTokenEndpoint"/>.</param>
    /// <param name="clientId">The application's id.</param>
    /// <param name="clientSecret">The application's secret.</param>
    /// <param name="refreshToken">The account's refresh token.</param>
    /// <param name="cancellationToken">Gives the call up.</param>
    /// <exception cref="OperationCanceledException">The caller cancelled.</exception>
    public Task<VendorResult<Bitrix24TokenPair, Bitrix24Timing>> RenewAsync(
        Uri tokenEndpoint, string clientId, string clientSecret, string refreshToken, CancellationToken cancellationToken = default) =>
        ObtainAsync(tokenEndpoint, clientId, clientSecret, "refresh_token", "refresh_token", refreshToken, cancellationToken);

    /// <summary>
    /// Exchanges the code that a person's consent has brought for a first pair. A code lives for 30 seconds and counts once, so that a
    /// failure can only be mended by asking the person again.
    /// </summary>
    /// <param name="tokenEndpoint">Where to exchange it, usually <see cref="DefaultTokenEndpoint"/>.</param>
    /// <param name="clientId">The application's id.</param>
    /// <param name="clientSecret">The application's secret.</param>
    /// <param name="code">The code.</param>
    /// <param name="cancellationToken">Gives the call up.</param>
    /// <exception cref="OperationCanceledException">The caller cancelled.</exception>
    public Task<VendorResult<Bitrix24TokenPair, Bitrix24Timing>> ExchangeAsync(
        Uri tokenEndpoint, string clientId, string clientSecret, string code, CancellationToken cancellationToken = default) =>
        ObtainAsync(tokenEndpoint, clientId, clientSecret, "authorization_code", "code", code, cancellationToken);

    private async Task<VendorResult<Bitrix24TokenPair, Bitrix24Timing>> ObtainAsync(
        Uri tokenEndpoint, string clientId, string clientSecret, string grantType, string name, string grant,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(tokenEndpoint);
        ArgumentException.ThrowIfNullOrEmpty(clientId);
        ArgumentException.ThrowIfNullOrEmpty(clientSecret);
        ArgumentException.ThrowIfNullOrEmpty(grant);
        var address = new UriBuilder(tokenEndpoint)
        {
            Query = $"grant_type={grantType}&client_id={Uri.EscapeDataString(clientId)}"
                + $"&client_secret={Uri.EscapeDataString(clientSecret)}&{name}={Uri.EscapeDataString(grant)}",
        };
        using var request = new HttpRequestMessage(HttpMethod.Get, address.Uri);
        using var reply = await _exchange.SendAsync(request, isWrite: false, cancellationToken);
        return ResponseReader.Read(reply, AnswerContext.Renewal, new Redaction(clientSecret, grant), ReadPair);
    }

    internal static VendorResult<Bitrix24TokenPair, Bitrix24Timing> ReadPair(JsonElement root, ResponseScope scope)
    {
        var accessToken = root.Member("access_token"u8).Text();
        var refreshToken = root.Member("refresh_token"u8).Text();
        if (string.IsNullOrWhiteSpace(accessToken) || string.IsNullOrWhiteSpace(refreshToken))
        {
            return scope.Invalid<Bitrix24TokenPair>("it brought no pair of tokens");
        }

        _ = ClientEndpoint.TryParse(root.Member("client_endpoint"u8).Text(), out var endpoint);
        TimeSpan? lifetime = root.Member("expires_in"u8).Integer() is > 0 and <= int.MaxValue and var seconds
            ? TimeSpan.FromSeconds(seconds)
            : null;
        var pair = new Bitrix24TokenPair(accessToken, refreshToken, endpoint, lifetime, MemberId(root.Member("member_id"u8).Text()));
        return VendorResult.Success(pair, scope.Timing);
    }

    // The vendor's are 32 hexadecimal digits. It is stored and shown, so that nothing else may come in with it.
    private static string? MemberId(string? text) =>
        text is { Length: > 0 and <= LongestMemberId } && text.All(static c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.')
            ? text
            : null;
}
