using System.Collections.Immutable;

namespace OrleansSync.Grains.Keys;

/// <summary>The stored keys of an account.</summary>
internal sealed record AccountKeysState
{
    /// <summary>The keys that are valid, oldest first.</summary>
    public ImmutableArray<StoredKey> Keys { get; init; } = [];
}

/// <summary>A stored key.</summary>
/// <param name="KeyId">Its public part.</param>
/// <param name="SecretHash">SHA-256 of its secret, in base64.</param>
/// <param name="CreatedAt">When it was added.</param>
internal sealed record StoredKey(string KeyId, string SecretHash, DateTimeOffset CreatedAt);
