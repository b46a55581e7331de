using System.Collections.Immutable;

namespace OrleansSync.Grains.Interfaces.Keys;

/// <summary>An API key of an account, without its secret.</summary>
/// <param name="KeyId">The key's public part.</param>
/// <param name="SecretHash">SHA-256 of the UTF-8 bytes of the secret. The secret is 256 random bits, so that a fast hash is enough.</param>
[GenerateSerializer, Immutable, Alias("AccountKey")]
public sealed record AccountKey([property: Id(0)] string KeyId, [property: Id(1)] ImmutableArray<byte> SecretHash);

/// <summary>How adding a key ended.</summary>
[GenerateSerializer, Alias("AddKeyOutcome")]
public enum AddKeyOutcome
{
    /// <summary>The key is stored and valid.</summary>
    Added,

    /// <summary>The account has as many keys as it may have; one must be revoked first.</summary>
    TooMany,

    /// <summary>There is no such account, or it is being disconnected.</summary>
    NoAccount,
}
