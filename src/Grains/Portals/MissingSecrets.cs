using OrleansSync.Grains.Interfaces;

namespace OrleansSync.Grains.Portals;

/// <summary>Secrets may be left out only where there are some to keep.</summary>
internal static class MissingSecrets
{
    /// <summary>The path of the first secret that is needed and neither given nor kept; null when there is none.</summary>
    /// <param name="connection">What was sent.</param>
    /// <param name="known">The connection so far; null for a new account.</param>
    public static string? Find(AccountConnection connection, AccountConnection? known)
    {
        var keepsBitrix24 = known is not null && known.Bitrix24.IsOAuth == connection.Bitrix24.IsOAuth;
        if (!keepsBitrix24)
        {
            var access = connection.Bitrix24;
            var missing = access.IsOAuth
                ? access.AccessToken is null ? "bitrix24.oauth.accessToken" : access.RefreshToken is null ? "bitrix24.oauth.refreshToken" : null
                : access.WebhookUrl is null ? "bitrix24.webhookUrl" : null;
            if (missing is not null)
            {
                return missing;
            }
        }

        return known is null && connection.CallGear.AccessToken is null ? "callGear.accessToken" : null;
    }
}
