using System.Collections.Immutable;
using Orleans.Concurrency;

namespace OrleansSync.Grains.Interfaces.Keys;

/// <summary>
/// The API keys of one account; those of an account that is being erased are refused. Key: <see cref="GrainKeys.Account"/>. A key's secret
/// never gets here: the process that makes or checks a key hashes the secret, and only the SHA-256 hash travels and is stored.
/// </summary>
[Alias("IAccountKeysGrain")]
public interface IAccountKeysGrain : IGrainWithStringKey
{
    /// <summary>Adds a key.</summary>
    /// <param name="key">The key's id and the hash of its secret.</param>
    [Alias("Add"), AlwaysInterleave]
    Task<AddKeyOutcome> AddAsync(AccountKey key);

    /// <summary>Takes a key's validity away; answers whether there was such a key.</summary>
    /// <param name="keyId">The key's id.</param>
    [Alias("Revoke"), AlwaysInterleave]
    Task<bool> RevokeAsync(string keyId);

    /// <summary>Whether the account has this key: for whoever showed its secret before.</summary>
    /// <param name="keyId">The key's id.</param>
    [Alias("IsValid"), AlwaysInterleave]
    Task<bool> IsValidAsync(string keyId);

    /// <summary>Whether the account has this key, its hash compared in constant time.</summary>
    /// <param name="keyId">The key's id.</param>
    /// <param name="secretHash">The SHA-256 hash of the secret that was presented.</param>
    [Alias("Verify"), AlwaysInterleave]
    Task<bool> VerifyAsync(string keyId, ImmutableArray<byte> secretHash);

    /// <summary>The ids of the account's keys, oldest first.</summary>
    [Alias("List"), AlwaysInterleave]
    Task<ImmutableArray<string>> ListAsync();
}
