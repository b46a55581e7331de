using System.Buffers.Text;
using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace OrleansSync.Api.Authorization;

/// <summary>
/// An account's API key, <c>osk_{accountId}.{keyId}.{secret}</c>. It names its account, so that a key is checked with one grain call; the
/// secret is 256 random bits.
/// </summary>
/// <param name="accountId">The account that it reaches.</param>
/// <param name="keyId">What it is called.</param>
/// <param name="secret">What proves it.</param>
internal sealed partial class ApiKey(string accountId, string keyId, string secret)
{
    private const string Prefix = "osk_";
    private const int SecretBytes = 32;
    private const int KeyIdLength = 16;

    public string AccountId => accountId;

    public string KeyId => keyId;

    /// <summary>The SHA-256 hash of its secret: what is stored and compared.</summary>
    public ImmutableArray<byte> SecretHash => [.. SHA256.HashData(Encoding.UTF8.GetBytes(secret))];

    public static ApiKey Create(string accountId) => new(
        accountId,
        RandomNumberGenerator.GetHexString(KeyIdLength, lowercase: true),
        Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(SecretBytes)));

    /// <summary>Reads a key.</summary>
    /// <param name="text">What a caller sent.</param>
    /// <param name="key">The key; whether it is valid, only its account knows.</param>
    public static bool TryParse(string text, [NotNullWhen(true)] out ApiKey? key)
    {
        // An account's id may hold dots, the other two parts cannot.
        key = Form().Match(text) is { Success: true, Groups: [_, { Value: var account }, { Value: var id }, { Value: var proof }] }
            && Grains.Interfaces.Accounts.AccountId.IsValid(account)
                ? new ApiKey(account, id, proof)
                : null;
        return key is not null;
    }

    public static bool IsKeyId(string text) => text.Length == KeyIdLength && text.All(char.IsAsciiHexDigitLower);

    /// <summary>The whole key with its secret: shown once, to whoever made it.</summary>
    public string Reveal() => $"{Prefix}{AccountId}.{KeyId}.{secret}";

    /// <summary>The key without its secret.</summary>
    public override string ToString() => $"{Prefix}{AccountId}.{KeyId}.•••";

    [GeneratedRegex(@"^osk_(.+)\.([0-9a-f]{16})\.([^.]{43})\z", RegexOptions.Singleline)]
    private static partial Regex Form();
}
