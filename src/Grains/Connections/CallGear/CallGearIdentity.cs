using System.Security.Cryptography;
using System.Text;
using OrleansSync.CallGear;
using OrleansSync.Grains.Interfaces.Accounts;

namespace OrleansSync.Grains.Connections.CallGear;

/// <summary>Tells whether two accesses lead to the same CallGear account.</summary>
internal sealed class CallGearIdentity(AccountSecrets secrets)
{
    /// <summary>Whether both have the same address, customer and key; false when one has no key or one that cannot be opened.</summary>
    public bool IsSame(CallGearAccess? one, string ownerOfOne, CallGearAccess other, string ownerOfOther) =>
        one is not null
        && one.UserId == other.UserId
        && AddressOf(one) is { } address && address == AddressOf(other)
        && HashOfKey(one, ownerOfOne) is { } hash && HashOfKey(other, ownerOfOther) is { } otherHash
        && CryptographicOperations.FixedTimeEquals(hash, otherHash);

    private static string? AddressOf(CallGearAccess access) =>
        Uri.TryCreate(access.BaseUrl, UriKind.Absolute, out var address) ? CallGearCredentials.Canonical(address).OriginalString : null;

    // Hashed, so that neither the time nor the length tells anything of the key.
    private byte[]? HashOfKey(CallGearAccess access, string owner)
    {
        if (access.AccessToken is null)
        {
            return null;
        }

        try
        {
            return SHA256.HashData(Encoding.UTF8.GetBytes(secrets.Open(owner, access.AccessToken)));
        }
        catch (CryptographicException)
        {
            return null;
        }
    }
}
