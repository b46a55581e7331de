using OrleansSync.Grains.Interfaces;

namespace OrleansSync.Grains.Connections;

/// <summary>What an update of a connection keeps: secrets may be left out where there are some to keep.</summary>
internal static class KeptSecrets
{
    /// <summary>The access with the secrets that are kept, never those of the other kind.</summary>
    /// <param name="known">The access so far; null for a new account.</param>
    /// <param name="sent">The access as it was sent.</param>
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

    /// <summary>The access with the key that is kept.</summary>
    /// <param name="known">The access so far; null for a new account.</param>
    /// <param name="sent">The access as it was sent.</param>
    public static CallGearAccess Merge(CallGearAccess? known, CallGearAccess sent) => sent with { AccessToken = sent.AccessToken ?? known?.AccessToken };

    /// <summary>The path of the first secret that is needed and missing; null when none is.</summary>
    public static string? Missing(AccountConnection connection) => connection.Bitrix24 switch
    {
        { IsOAuth: false, WebhookUrl: null } => "bitrix24.webhookUrl",
        { IsOAuth: true, AccessToken: null } => "bitrix24.oauth.accessToken",
        { IsOAuth: true, RefreshToken: null } => "bitrix24.oauth.refreshToken",
        _ => connection.CallGear.AccessToken is null ? "callGear.accessToken" : null,
    };

    /// <summary>The connection with its secrets under the current key of the ring; the same instance when they are.</summary>
    /// <param name="secrets">Protects.</param>
    /// <param name="accountId">Whose secrets they are.</param>
    /// <param name="connection">The connection.</param>
    public static AccountConnection Refreshed(AccountSecrets secrets, string accountId, AccountConnection connection)
    {
        var (bitrix24, callGear) = (connection.Bitrix24, connection.CallGear);
        var webhook = secrets.Refresh(accountId, bitrix24.WebhookUrl);
        var application = secrets.Refresh(accountId, bitrix24.ApplicationToken);
        var access = secrets.Refresh(accountId, bitrix24.AccessToken);
        var refresh = secrets.Refresh(accountId, bitrix24.RefreshToken);
        var key = secrets.Refresh(accountId, callGear.AccessToken);
        var isSame = ReferenceEquals(webhook, bitrix24.WebhookUrl) && ReferenceEquals(application, bitrix24.ApplicationToken)
            && ReferenceEquals(access, bitrix24.AccessToken) && ReferenceEquals(refresh, bitrix24.RefreshToken) && ReferenceEquals(key, callGear.AccessToken);
        return isSame ? connection : connection with
        {
            Bitrix24 = bitrix24 with { WebhookUrl = webhook, ApplicationToken = application, AccessToken = access, RefreshToken = refresh },
            CallGear = callGear with { AccessToken = key },
        };
    }
}
