using System.Text;
using Microsoft.AspNetCore.DataProtection;

namespace OrleansSync.Grains.Tests.Connections.Credentials;

/// <summary>A protection that says of secrets of a test's choice that their key is not the current one any more.</summary>
internal sealed class AgingProtection : IDataProtectionProvider, IPersistedDataProtector
{
    private readonly HashSet<string> _old = [];
    private byte _key;

    /// <summary>Lets what has protected a secret so far be an old key.</summary>
    public void Age(string secret)
    {
        _old.Add(secret);
        _key++;
    }

    public IDataProtector CreateProtector(string purpose) => this;

    public byte[] Protect(byte[] plaintext) => [_key, .. plaintext];

    public byte[] Unprotect(byte[] protectedData) => protectedData[1..];

    public byte[] DangerousUnprotect(byte[] protectedData, bool ignoreRevocationErrors, out bool requiresMigration, out bool wasRevoked)
    {
        wasRevoked = false;
        requiresMigration = protectedData[0] != _key && _old.Contains(Encoding.UTF8.GetString(protectedData[1..]));
        return Unprotect(protectedData);
    }
}
