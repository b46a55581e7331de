using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using OrleansSync.Bitrix24.Credentials;
using OrleansSync.Grains.Interfaces;
using OrleansSync.Grains.Interfaces.Accounts;
using OrleansSync.Grains.Interfaces.Connections;

namespace OrleansSync.Grains.Connections.Bitrix24;

/// <summary>Opens an access' secrets into what a call proves itself with.</summary>
internal static class Bitrix24Opening
{
    /// <summary>Opens them, or says why that cannot be done.</summary>
    public static bool TryOpen(
        AccountSecrets secrets,
        string owner,
        string subject,
        Bitrix24Access? access,
        [NotNullWhen(true)] out Bitrix24Credentials? credentials,
        [NotNullWhen(false)] out CallFailure? failure)
    {
        credentials = null;
        failure = null;
        var isOnPremise = access?.Edition == Bitrix24Edition.OnPremise;
        try
        {
            credentials = access switch
            {
                { IsOAuth: false, WebhookUrl: { } webhook } =>
                    new WebhookCredentials(new Uri(secrets.Open(owner, webhook))) { IsOnPremise = isOnPremise },
                { IsOAuth: true, AccessToken: { } token } =>
                    new OAuthCredentials(new Uri(access.DisplayAddress), secrets.Open(owner, token)) { IsOnPremise = isOnPremise },
                _ => null,
            };
            failure = credentials is null
                ? Unusable($"{subject}: no Bitrix24 webhook or token is stored. Connect the account again.")
                : null;
        }
        catch (CryptographicException)
        {
            failure = Unopenable(subject);
        }
        catch (Exception exception) when (exception is ArgumentException or UriFormatException)
        {
            failure = Unusable(
                $"{subject}: the stored Bitrix24 webhook or client endpoint is not an address that can be called. Enter it again.");
        }

        return credentials is not null;
    }

    /// <summary>The failure that a stored secret cannot be opened.</summary>
    public static CallFailure Unopenable(string subject) => Unusable(
        $"{subject}: the stored Bitrix24 secret cannot be opened, because the key that protects it is no longer there. "
        + "Enter the webhook or tokens again.");

    private static CallFailure Unusable(string message) => CallFailure.Of(ProblemCode.Bitrix24Unauthorized, message);
}
