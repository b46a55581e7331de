using OrleansSync.Grains.Interfaces.Accounts;

namespace OrleansSync.Grains.Connections.Credentials;

/// <summary>Which secrets an account's connection has after an update that leaves some of them out.</summary>
internal static class KeptSecrets
{
    /// <summary>The connection as it was sent, in which secrets that are null are those known.</summary>
    public static AccountConnection Merge(AccountConnection? known, AccountConnection sent) =>
        sent with { Bitrix24 = Merge(known?.Bitrix24, sent.Bitrix24), CallGear = Merge(known?.CallGear, sent.CallGear) };

    /// <summary>The access as it was sent, in which secrets that are null are those known, but never those of the other kind.</summary>
    public static Bitrix24Access Merge(Bitrix24Access? known, Bitrix24Access sent)
    {
        var kept = known?.IsOAuth == sent.IsOAuth ? known : null;
        var merged = sent.IsOAuth
            ? sent with
            {
                WebhookUrl = null,
                AccessToken = sent.AccessToken ?? kept?.AccessToken,
                RefreshToken = sent.RefreshToken ?? kept?.RefreshToken,
            }
            : sent with { WebhookUrl = sent.WebhookUrl ?? kept?.WebhookUrl, AccessToken = null, RefreshToken = null };

        // A webhook's address and its secret are one text: whoever keeps the secret keeps the address.
        if (!sent.IsOAuth && sent.WebhookUrl is null && kept is not null)
        {
            merged = merged with { DisplayAddress = kept.DisplayAddress, PortalKey = kept.PortalKey };
        }

        return merged with { ApplicationToken = sent.ApplicationToken ?? known?.ApplicationToken };
    }

    /// <summary>The access as it was sent, in which a key that is null is the one known.</summary>
    public static CallGearAccess Merge(CallGearAccess? known, CallGearAccess sent) =>
        sent with { AccessToken = sent.AccessToken ?? known?.AccessToken };

    /// <summary>
    /// Whether an update enters OAuth tokens, so that what was renewed before is worth nothing. An access token alone does not: the refresh
    /// token that is kept renews it.
    /// </summary>
    public static bool EntersTokens(Bitrix24Access sent) => sent is { IsOAuth: true, RefreshToken: not null };

    /// <summary>Path of the first secret that is needed and missing; null when none is.</summary>
    public static string? Missing(AccountConnection connection) => connection.Bitrix24 switch
    {
        { IsOAuth: false, WebhookUrl: null } => "bitrix24.webhookUrl",
        { IsOAuth: true, AccessToken: null } => "bitrix24.oauth.accessToken",
        { IsOAuth: true, RefreshToken: null } => "bitrix24.oauth.refreshToken",
        _ => connection.CallGear.AccessToken is null ? "callGear.accessToken" : null,
    };

    /// <summary>
    /// The connection with its lasting secrets under the current key of the ring; the same instance when they are. OAuth tokens are
    /// protected anew with each renewal.
    /// </summary>
    public static AccountConnection Refreshed(AccountSecrets secrets, string accountId, AccountConnection connection)
    {
        var (bitrix24, callGear) = (connection.Bitrix24, connection.CallGear);
        var webhook = secrets.Refresh(accountId, bitrix24.WebhookUrl);
        var application = secrets.Refresh(accountId, bitrix24.ApplicationToken);
        var key = secrets.Refresh(accountId, callGear.AccessToken);
        return ReferenceEquals(webhook, bitrix24.WebhookUrl)
            && ReferenceEquals(application, bitrix24.ApplicationToken)
            && ReferenceEquals(key, callGear.AccessToken)
            ? connection
            : connection with
            {
                Bitrix24 = bitrix24 with { WebhookUrl = webhook, ApplicationToken = application },
                CallGear = callGear with { AccessToken = key },
            };
    }

    /// <summary>The connection as people may see it: without any secret.</summary>
    public static AccountConnection Without(AccountConnection connection) => connection with
    {
        Bitrix24 = connection.Bitrix24 with { WebhookUrl = null, AccessToken = null, RefreshToken = null, ApplicationToken = null },
        CallGear = connection.CallGear with { AccessToken = null },
    };
}
