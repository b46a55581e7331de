using OrleansSync.Grains.Connections;
using OrleansSync.Grains.Interfaces.Accounts;

namespace OrleansSync.Api.Accounts;

/// <summary>
/// A valid connection with its secrets still plain, as it exists between reading a request and protecting its secrets. A class, so that
/// nothing prints it.
/// </summary>
internal sealed class ConnectionDraft
{
    public required string DisplayName { get; init; }

    public required Bitrix24Draft Bitrix24 { get; init; }

    public required string CallGearBaseUrl { get; init; }

    /// <summary>The CallGear key; null when it is kept.</summary>
    public string? CallGearAccessToken { get; init; }

    public long? CallGearUserId { get; init; }

    public required AccountSettings Settings { get; init; }

    /// <summary>The connection as it leaves this process.</summary>
    public AccountConnection Protect(AccountSecrets secrets, string owner)
    {
        return new AccountConnection
        {
            DisplayName = DisplayName,
            Bitrix24 = Bitrix24.Access with
            {
                WebhookUrl = Protected(Bitrix24.WebhookUrl),
                AccessToken = Protected(Bitrix24.AccessToken),
                RefreshToken = Protected(Bitrix24.RefreshToken),
                ApplicationToken = Protected(Bitrix24.ApplicationToken),
            },
            CallGear =
                new CallGearAccess { BaseUrl = CallGearBaseUrl, AccessToken = Protected(CallGearAccessToken), UserId = CallGearUserId },
            Settings = Settings,
        };

        ProtectedText? Protected(string? secret) => secret is null ? null : secrets.Protect(owner, secret);
    }
}

/// <summary>The Bitrix24 side of a draft, with its secrets plain.</summary>
internal sealed class Bitrix24Draft(Bitrix24Access access)
{
    /// <summary>The side without its secrets.</summary>
    public Bitrix24Access Access { get; } = access;

    /// <summary>The webhook's whole address; null when it is kept or there is none.</summary>
    public string? WebhookUrl { get; init; }

    /// <summary>OAuth access token; null when it is kept or there is none.</summary>
    public string? AccessToken { get; init; }

    /// <summary>OAuth refresh token; null when it is kept or there is none.</summary>
    public string? RefreshToken { get; init; }

    /// <summary>The shared secret of events; null when it is kept or there is none.</summary>
    public string? ApplicationToken { get; init; }
}
