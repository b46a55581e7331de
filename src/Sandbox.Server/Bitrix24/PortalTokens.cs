using System.Globalization;

namespace OrleansSync.Sandbox.Bitrix24;

/// <summary>
/// A portal's OAuth tokens. Every renewal makes a new pair, and the old refresh token is void from then on; an old access token lives out
/// its hour. Safe for use from several threads.
/// </summary>
public sealed class PortalTokens
{
    private static readonly TimeSpan _codeLifetime = TimeSpan.FromSeconds(30);

    private readonly string _portal;
    private readonly TimeProvider _time;
    private readonly Lock _lock = new();
    private readonly Dictionary<string, DateTimeOffset> _accessTokens = [];
    private readonly HashSet<string> _refreshTokens = [];
    private readonly Dictionary<string, DateTimeOffset> _codes = [];
    private PortalSettings _settings;
    private DateTimeOffset _refreshTokenEnds;
    private int _generation;

    internal PortalTokens(string portal, PortalSettings settings, TimeProvider time)
    {
        _portal = portal;
        _settings = settings;
        _time = time;
        AccessToken = RefreshToken = "";
        Issue();
    }

    /// <summary>The newest access token.</summary>
    public string AccessToken { get; private set; }

    /// <summary>The one refresh token that is valid.</summary>
    public string RefreshToken { get; private set; }

    /// <summary>Successful renewals so far.</summary>
    public int Renewals { get; private set; }

    /// <summary>Renewals made while the access token was still valid, for which the vendor blocks applications.</summary>
    public int PrematureRenewals { get; private set; }

    /// <summary>Lets all access tokens expire now: calls with them are refused as <c>expired_token</c>.</summary>
    public void ExpireAccessTokens()
    {
        lock (_lock)
        {
            foreach (var token in _accessTokens.Keys.ToArray())
            {
                _accessTokens[token] = DateTimeOffset.MinValue;
            }
        }
    }

    /// <summary>Takes all tokens away: calls are refused as <c>invalid_token</c>, renewals as <c>invalid_grant</c>.</summary>
    public void Revoke()
    {
        lock (_lock)
        {
            _accessTokens.Clear();
            RefreshToken = "";
        }
    }

    internal void Apply(PortalSettings settings)
    {
        lock (_lock)
        {
            _settings = settings;
        }
    }

    /// <summary>The error a call with this access token gets, or null.</summary>
    internal RestError? Check(string accessToken)
    {
        lock (_lock)
        {
            return !_accessTokens.TryGetValue(accessToken, out var ends) ? RestError.Of("invalid_token")
                : ends <= _time.GetUtcNow() ? RestError.Of("expired_token")
                : null;
        }
    }

    /// <summary>Whether this refresh token was ever issued here, still valid or not.</summary>
    internal bool HasIssued(string refreshToken)
    {
        lock (_lock)
        {
            return _refreshTokens.Contains(refreshToken);
        }
    }

    /// <summary>Makes the code that a person's consent brings; it lives for 30 seconds and counts once.</summary>
    internal string Consent()
    {
        lock (_lock)
        {
            _generation++;
            var code = DerivedSecret.Of($"{_portal}/code/{_generation.ToString(CultureInfo.InvariantCulture)}", 40);
            _codes[code] = _time.GetUtcNow() + _codeLifetime;
            return code;
        }
    }

    /// <summary>Whether this code was made here and not used yet.</summary>
    internal bool HasMade(string code)
    {
        lock (_lock)
        {
            return _codes.ContainsKey(code);
        }
    }

    /// <summary>Exchanges a code for a new pair.</summary>
    /// <exception cref="RestException">The code was used or is too old, or the portal refuses.</exception>
    internal (string AccessToken, string RefreshToken, int ExpiresIn) Exchange(string code)
    {
        lock (_lock)
        {
            if (!_codes.Remove(code, out var ends) || ends <= _time.GetUtcNow())
            {
                throw new RestException(RestError.Of("invalid_grant"));
            }

            if (_settings.RenewalError is { } refusal)
            {
                throw new RestException(RestError.Of(refusal));
            }

            Issue();
            return (AccessToken, RefreshToken, _settings.AccessTokenSeconds);
        }
    }

    /// <summary>Renews the pair.</summary>
    /// <exception cref="RestException">The refresh token is void or has expired, or the portal refuses renewals.</exception>
    internal (string AccessToken, string RefreshToken, int ExpiresIn) Renew(string refreshToken)
    {
        lock (_lock)
        {
            if (RefreshToken.Length == 0 || refreshToken != RefreshToken || _refreshTokenEnds <= _time.GetUtcNow())
            {
                throw new RestException(RestError.Of("invalid_grant"));
            }

            if (_settings.RenewalError is { } code)
            {
                throw new RestException(RestError.Of(code));
            }

            if (_accessTokens.GetValueOrDefault(AccessToken) > _time.GetUtcNow())
            {
                PrematureRenewals++;
            }

            Renewals++;
            Issue();
            return (AccessToken, RefreshToken, _settings.AccessTokenSeconds);
        }
    }

    private void Issue()
    {
        _generation++;
        var number = _generation.ToString(CultureInfo.InvariantCulture);
        AccessToken = DerivedSecret.Of($"{_portal}/access/{number}", 40);
        RefreshToken = DerivedSecret.Of($"{_portal}/refresh/{number}", 40);
        var now = _time.GetUtcNow();
        _refreshTokens.Add(RefreshToken);
        _accessTokens[AccessToken] = now.AddSeconds(_settings.AccessTokenSeconds);
        _refreshTokenEnds = now.AddDays(_settings.RefreshTokenDays);
    }
}
