using OrleansSync.Grains.Connections.Credentials;
using OrleansSync.Grains.Interfaces.Accounts;

namespace OrleansSync.Grains.Connections.Bitrix24;

/// <summary>
/// The OAuth tokens of an account as they were renewed last, and what readings of its portal have taught. What was entered is in the
/// account's row.
/// </summary>
internal sealed record Bitrix24ConnectionState
{
    /// <summary>The generation in which the tokens were entered that these come from: those of another are worth nothing.</summary>
    public long TokensSince { get; init; }

    /// <summary>The access token, sealed for the account; null until tokens are renewed.</summary>
    public ProtectedText? AccessToken { get; init; }

    /// <summary>The refresh token, sealed for the account; null until tokens are renewed.</summary>
    public ProtectedText? RefreshToken { get; init; }

    /// <summary>Whether the answer to a renewal was lost, so that the current refresh token may be used up.</summary>
    public bool IsRenewalDoubtful { get; init; }

    /// <summary>What readings of the portal have taught; null until there is something special about it.</summary>
    public PortalReading? Reading { get; init; }

    /// <summary>What a renewal told of the portal; null until one did.</summary>
    public ToldPortal? Portal { get; init; }

    /// <summary>The access with the tokens that are current, and the address that was told with them.</summary>
    public Bitrix24Access CurrentOf(AccountCredentials credentials) =>
        credentials.Bitrix24.IsOAuth && TokensSince == credentials.TokensSince && AccessToken is not null && RefreshToken is not null
            ? ToldPortal.Apply(Portal, credentials) with { AccessToken = AccessToken, RefreshToken = RefreshToken }
            : credentials.Bitrix24;

    /// <summary>Whether the current refresh token may be used up.</summary>
    public bool IsDoubtful(AccountCredentials credentials) => IsRenewalDoubtful && TokensSince == credentials.TokensSince;

    /// <summary>
    /// The state in which tokens were renewed; the same instance when ones that were entered later have been renewed since.
    /// </summary>
    public Bitrix24ConnectionState Renewed(
        AccountCredentials credentials, ProtectedText access, ProtectedText refresh, ToldPortal? portal = null) =>
        TokensSince > credentials.TokensSince
        ? this
        : this with
        {
            TokensSince = credentials.TokensSince,
            AccessToken = access,
            RefreshToken = refresh,
            IsRenewalDoubtful = false,
            Portal = ToldPortal.After(TokensSince == credentials.TokensSince ? Portal : null, portal),
        };

    /// <summary>The state in which a refresh token may be used up; the same instance when it is not the current one any more.</summary>
    public Bitrix24ConnectionState Doubted(AccountCredentials credentials, ProtectedText refresh) =>
        TokensSince > credentials.TokensSince || IsDoubtful(credentials) || CurrentOf(credentials).RefreshToken != refresh ? this
        : TokensSince == credentials.TokensSince ? this with { IsRenewalDoubtful = true }
        : this with { TokensSince = credentials.TokensSince, AccessToken = null, RefreshToken = null, IsRenewalDoubtful = true };

    /// <summary>What readings have taught with a generation of the connection.</summary>
    public PortalReading ReadingOf(long generation) =>
        Reading?.Generation == generation ? Reading : new PortalReading { Generation = generation };

    /// <summary>The state with what a reading has taught; the same instance when it was taught with an earlier connection.</summary>
    public Bitrix24ConnectionState Learned(PortalReading reading) =>
        Reading?.Generation > reading.Generation || Reading == reading ? this
        : reading.IsWorthKeeping ? this with { Reading = reading }
        : Reading is null ? this
        : this with { Reading = null };
}
