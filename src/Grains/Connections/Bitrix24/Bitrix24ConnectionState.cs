using OrleansSync.Grains.Interfaces;

namespace OrleansSync.Grains.Connections;

/// <summary>What is stored of an account's way to Bitrix24.</summary>
internal sealed record Bitrix24ConnectionState
{
    /// <summary>The access, its secrets protected for the account; null until it is configured.</summary>
    public Bitrix24Access? Access { get; init; }

    /// <summary>Whether the answer to a renewal was lost, so that the stored refresh token may be used up.</summary>
    public bool IsRenewalDoubtful { get; init; }

    /// <summary>The state with a new access, in which secrets that are null are kept, but never those of the other kind.</summary>
    /// <param name="access">The access as it was sent.</param>
    public Bitrix24ConnectionState With(Bitrix24Access access)
    {
        var kept = Access?.IsOAuth == access.IsOAuth ? Access : null;
        var merged = access.IsOAuth
            ? access with
            {
                WebhookUrl = null,
                AccessToken = access.AccessToken ?? kept?.AccessToken,
                RefreshToken = access.RefreshToken ?? kept?.RefreshToken,
            }
            : access with { WebhookUrl = access.WebhookUrl ?? kept?.WebhookUrl, AccessToken = null, RefreshToken = null };

        // A webhook's address and its secret are one text: whoever keeps the secret keeps the address.
        if (!access.IsOAuth && access.WebhookUrl is null && kept is not null)
        {
            merged = merged with { DisplayAddress = kept.DisplayAddress, PortalKey = kept.PortalKey };
        }

        return this with
        {
            Access = merged with { ApplicationToken = access.ApplicationToken ?? Access?.ApplicationToken },
            IsRenewalDoubtful = IsRenewalDoubtful && merged.RefreshToken == Access?.RefreshToken,
        };
    }

    /// <summary>
    /// The state with its lasting secrets under the current key of the ring; the same instance when they are. OAuth tokens are protected anew with each renewal.
    /// </summary>
    /// <param name="secrets">Protects.</param>
    /// <param name="account">Whose secrets they are.</param>
    public Bitrix24ConnectionState Refreshed(AccountSecrets secrets, string account)
    {
        var webhook = secrets.Refresh(account, Access?.WebhookUrl);
        var token = secrets.Refresh(account, Access?.ApplicationToken);
        return ReferenceEquals(webhook, Access?.WebhookUrl) && ReferenceEquals(token, Access?.ApplicationToken)
            ? this
            : this with { Access = Access! with { WebhookUrl = webhook, ApplicationToken = token } };
    }

    /// <summary>Path of the secret that is needed and missing; null when none is.</summary>
    public string? MissingSecret() => Access switch
    {
        { IsOAuth: false, WebhookUrl: null } => "bitrix24.webhookUrl",
        { IsOAuth: true, AccessToken: null } => "bitrix24.oauth.accessToken",
        { IsOAuth: true, RefreshToken: null } => "bitrix24.oauth.refreshToken",
        _ => null,
    };
}
