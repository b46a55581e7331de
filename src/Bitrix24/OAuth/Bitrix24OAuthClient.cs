using System.Text.Json;

namespace OrleansSync.Bitrix24;

/// <summary>
/// Renews the tokens of an OAuth application. Renew only after a call has come back with <see cref="Bitrix24ErrorKind.TokenExpired"/>:
/// the vendor blocks applications that renew on a schedule. As in <see cref="Bitrix24Client"/>, one call is one request and only the
/// caller's cancellation is thrown.
/// </summary>
/// <param name="http">
/// Must not follow redirects. The vendor wants the secrets in the query of a GET, so nothing in its handlers may log or trace addresses.
/// </param>
/// <param name="options">Bounds of a request.</param>
/// <param name="timeProvider">Measures the timeout.</param>
public sealed class Bitrix24OAuthClient(HttpClient http, Bitrix24ClientOptions options, TimeProvider timeProvider)
{
    /// <summary>The vendor's token endpoint.</summary>
    public static readonly Uri DefaultTokenEndpoint = new("https://oauth.bitrix.info/oauth/token/");

    private readonly HttpExchange _exchange = new(http, options.Validated(), timeProvider);

    /// <summary>
    /// Exchanges a refresh token for a new pair. When the answer is lost (<see cref="Bitrix24ErrorKind.Unavailable"/>) the old refresh
    /// token may be spent or not; trying it again is the only way to know.
    /// </summary>
    /// <param name="tokenEndpoint">Where to renew, usually <see cref="DefaultTokenEndpoint"/>.</param>
    /// <param name="clientId">The application's id.</param>
    /// <param name="clientSecret">The application's secret.</param>
    /// <param name="refreshToken">The account's refresh token.</param>
    /// <param name="cancellationToken">Gives the call up.</param>
    /// <exception cref="OperationCanceledException">The caller cancelled.</exception>
    public async Task<Bitrix24Result<Bitrix24TokenPair>> RenewAsync(
        Uri tokenEndpoint, string clientId, string clientSecret, string refreshToken, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(tokenEndpoint);
        ArgumentException.ThrowIfNullOrEmpty(clientId);
        ArgumentException.ThrowIfNullOrEmpty(clientSecret);
        ArgumentException.ThrowIfNullOrEmpty(refreshToken);
        var address = new UriBuilder(tokenEndpoint)
        {
            Query = $"grant_type=refresh_token&client_id={Uri.EscapeDataString(clientId)}"
                + $"&client_secret={Uri.EscapeDataString(clientSecret)}&refresh_token={Uri.EscapeDataString(refreshToken)}",
        };
        using var request = new HttpRequestMessage(HttpMethod.Get, address.Uri);
        var reply = await _exchange.SendAsync(request, cancellationToken);
        return AnswerReader.Read(reply, AnswerContext.Renewal, new Redaction(clientSecret, refreshToken), ReadPair);
    }

    internal static Bitrix24Result<Bitrix24TokenPair> ReadPair(JsonElement root, AnswerScope scope)
    {
        var accessToken = root.Member("access_token"u8).Text();
        var refreshToken = root.Member("refresh_token"u8).Text();
        if (string.IsNullOrWhiteSpace(accessToken) || string.IsNullOrWhiteSpace(refreshToken))
        {
            return scope.Invalid<Bitrix24TokenPair>("the renewal brought no pair of tokens");
        }

        _ = ClientEndpoint.TryParse(root.Member("client_endpoint"u8).Text(), out var endpoint);
        TimeSpan? lifetime = root.Member("expires_in"u8).Integer() is > 0 and <= int.MaxValue and var seconds
            ? TimeSpan.FromSeconds(seconds)
            : null;
        return Bitrix24Result.Success(new Bitrix24TokenPair(accessToken, refreshToken, endpoint, lifetime), scope.Timing);
    }
}
