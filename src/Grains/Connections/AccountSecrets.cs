using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;
using OrleansSync.Grains.Interfaces.Accounts;

namespace OrleansSync.Grains.Connections;

/// <summary>
/// Protects and opens the secrets of accounts with ASP.NET Core Data Protection. Each owner has a purpose of its own, so that one account's
/// protected secret cannot be opened as another's.
/// </summary>
/// <param name="provider">The provider over the service's key ring.</param>
public sealed class AccountSecrets(IDataProtectionProvider provider)
{
    /// <summary>The owner of secrets that belong to no account yet; no account can have this id.</summary>
    public const string NoAccount = "(none)";

    /// <summary>Protects a secret.</summary>
    /// <param name="owner">The account's id, or <see cref="NoAccount"/>.</param>
    /// <param name="secret">The secret.</param>
    public ProtectedText Protect(string owner, string secret) => new(ProtectorOf(owner).Protect(secret));

    /// <summary>Opens a secret.</summary>
    /// <param name="owner">Whom it was protected for.</param>
    /// <param name="secret">The protected secret.</param>
    /// <exception cref="System.Security.Cryptography.CryptographicException">The key ring lacks its key, or it was protected for another
    /// owner.</exception>
    public string Open(string owner, ProtectedText secret) => ProtectorOf(owner).Unprotect(secret.Ciphertext);

    /// <summary>
    /// Protects a secret anew when it was protected with a key of the ring that is not the current one any more, so that no key protects
    /// for longer than it is meant to.
    /// </summary>
    /// <param name="owner">Whom it was protected for.</param>
    /// <param name="secret">The protected secret; null when there is none.</param>
    /// <returns>The same instance when it is under the current key, or cannot be opened: whoever needs it will say so.</returns>
    [return: NotNullIfNotNull(nameof(secret))]
    public ProtectedText? Refresh(string owner, ProtectedText? secret)
    {
        if (secret is null || ProtectorOf(owner) is not IPersistedDataProtector protector)
        {
            return secret;
        }

        try
        {
            var plain = protector.DangerousUnprotect(
                Base64Url.DecodeFromChars(secret.Ciphertext), ignoreRevocationErrors: false, out var isOutdated, out _);
            return isOutdated ? new ProtectedText(Base64Url.EncodeToString(protector.Protect(plain))) : secret;
        }
        catch (Exception exception) when (exception is CryptographicException or FormatException)
        {
            return secret;
        }
    }

    private IDataProtector ProtectorOf(string owner) => provider.CreateProtector("OrleansSync.AccountSecrets", owner);
}
