using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using OrleansSync.CallGear;
using OrleansSync.Grains.Interfaces;
using OrleansSync.Grains.Interfaces.Accounts;
using OrleansSync.Grains.Interfaces.Connections;

namespace OrleansSync.Grains.Connections.CallGear;

/// <summary>Opens an access' key into what a call proves itself with.</summary>
internal static class CallGearOpening
{
    /// <summary>Opens it, or says why that cannot be done.</summary>
    public static bool TryOpen(
        AccountSecrets secrets,
        string owner,
        string subject,
        CallGearAccess? access,
        [NotNullWhen(true)] out CallGearCredentials? credentials,
        [NotNullWhen(false)] out CallFailure? failure)
    {
        credentials = null;
        failure = null;
        if (access?.AccessToken is not { } token)
        {
            failure = Unusable($"{subject}: no CallGear key is stored. Connect the account again.");
            return false;
        }

        try
        {
            credentials = new CallGearCredentials(new Uri(access.BaseUrl), secrets.Open(owner, token), access.UserId);
            return true;
        }
        catch (CryptographicException)
        {
            failure = Unusable(
                $"{subject}: the stored CallGear key cannot be opened, because the key that protects it is no longer there. "
                + "Enter the CallGear key again.");
        }
        catch (Exception exception) when (exception is ArgumentException or UriFormatException)
        {
            failure = Unusable($"{subject}: the stored base URL or key of CallGear cannot be used. Enter them again.");
        }

        return false;
    }

    private static CallFailure Unusable(string message) => CallFailure.Of(ProblemCode.CallGearUnauthorized, message);
}
