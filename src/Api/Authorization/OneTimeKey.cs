using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using OrleansSync.Hosting.Settings;

namespace OrleansSync.Api.Authorization;

/// <summary>
/// A key that signs the operator in once, and soon: for whoever sees the terminal of this process. Only its hash is kept, and only in the
/// memory of this process.
/// </summary>
internal sealed class OneTimeKey(TimeProvider time)
{
    /// <summary>How long it can be used.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(10);

    private const int RandomBytes = 32;

    private readonly Lock _lock = new();
    private byte[]? _hash;
    private long _issuedAt;

    /// <summary>Makes the key; one that was made before is of no use from then on.</summary>
    public SecretText Issue()
    {
        var key = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(RandomBytes));
        lock (_lock)
        {
            (_hash, _issuedAt) = (Hash(key), time.GetTimestamp());
        }

        return new(key);
    }

    /// <summary>
    /// Whether a text is the key; if so, it is used up. Takes the same time however much of the text is right.
    /// </summary>
    public bool Redeem(string presented)
    {
        var hash = Hash(presented);
        lock (_lock)
        {
            if (_hash is null || time.GetElapsedTime(_issuedAt) > Lifetime || !CryptographicOperations.FixedTimeEquals(hash, _hash))
            {
                return false;
            }

            _hash = null;
            return true;
        }
    }

    private static byte[] Hash(string key) => SHA256.HashData(Encoding.UTF8.GetBytes(key));
}
