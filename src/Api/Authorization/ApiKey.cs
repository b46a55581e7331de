using System.Buffers.Text;
using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;

namespace OrleansSync.Api.Authorization;

/// <summary>
/// An account's API key, <c>osk_{accountId}.{keyId}.{secret}</c>. It names its account, so that a key is checked with one grain call; the
/// secret is 256 random bits.
/// </summary>
internal sealed class ApiKey
{
    private const string Prefix = "osk_";
    private const int SecretBytes = 32;
    private const int SecretLength = 43;
    private const int KeyIdBytes = 8;
    private const int KeyIdLength = 2 * KeyIdBytes;

    private readonly string _secret;

    private ApiKey(string accountId, string keyId, string secret)
    {
        AccountId = accountId;
        KeyId = keyId;
        _secret = secret;
    }

    public string AccountId { get; }

    public string KeyId { get; }

    /// <summary>The SHA-256 hash of its secret: what is stored and compared.</summary>
    public ImmutableArray<byte> SecretHash => [.. SHA256.HashData(Encoding.UTF8.GetBytes(_secret))];

    public static ApiKey Create(string accountId) => new(
        accountId,
        RandomNumberGenerator.GetHexString(KeyIdLength, lowercase: true),
        Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(SecretBytes)));

    /// <summary>Reads a key.</summary>
    /// <param name="text">What a caller sent.</param>
    /// <param name="key">The key; whether it is valid, only its account knows.</param>
    public static bool TryParse(string text, [NotNullWhen(true)] out ApiKey? key)
    {
        key = null;
        if (!text.StartsWith(Prefix, StringComparison.Ordinal))
        {
            return false;
        }

        // From the right: an account's id may hold dots, the other two parts cannot.
        var beforeSecret = text.LastIndexOf('.');
        var beforeKeyId = beforeSecret <= 0 ? -1 : text.LastIndexOf('.', beforeSecret - 1);
        if (beforeKeyId < Prefix.Length)
        {
            return false;
        }

        var (accountId, keyId, secret) = (
            text[Prefix.Length..beforeKeyId], text[(beforeKeyId + 1)..beforeSecret], text[(beforeSecret + 1)..]);
        if (!Grains.Interfaces.Accounts.AccountId.IsValid(accountId) || !IsKeyId(keyId) || secret.Length != SecretLength)
        {
            return false;
        }

        key = new ApiKey(accountId, keyId, secret);
        return true;
    }

    public static bool IsKeyId(string text) => text.Length == KeyIdLength && text.All(char.IsAsciiHexDigitLower);

    /// <summary>The whole key with its secret: shown once, to whoever made it.</summary>
    public string Reveal() => $"{Prefix}{AccountId}.{KeyId}.{_secret}";

    /// <summary>The key without its secret.</summary>
    public override string ToString() => $"{Prefix}{AccountId}.{KeyId}.•••";
}
