namespace OrleansSync.Sandbox.Bitrix24;

/// <summary>How a call proves its right: the secret in a webhook's address, or an OAuth access token.</summary>
/// <param name="WebhookUserId">User in the webhook's address, or null.</param>
/// <param name="Secret">The webhook's secret or the access token; null when the call has neither.</param>
internal readonly record struct RestCaller(int? WebhookUserId, string? Secret)
{
    /// <summary>The error that a call to the portal gets, or null.</summary>
    public RestError? Check(BitrixPortal portal)
    {
        if (Secret is null)
        {
            return RestError.Of("NO_AUTH_FOUND");
        }

        return WebhookUserId is { } user
            ? user == portal.Settings.WebhookUserId && Secret == portal.WebhookSecret ? null : RestError.Of("INVALID_CREDENTIALS")
            : portal.Tokens.Check(Secret);
    }
}
