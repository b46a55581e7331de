using System.Collections.Immutable;
using System.Security.Cryptography;
using Orleans.Concurrency;
using OrleansSync.Grains.Interfaces;
using OrleansSync.Grains.Interfaces.Keys;
using OrleansSync.Grains.Interfaces.Rows;

namespace OrleansSync.Grains.Keys;

/// <inheritdoc cref="IAccountKeysGrain"/>
/// <param name="keys">The rows of keys.</param>
/// <param name="time">The clock.</param>
[StatelessWorker(1)]
[GrainType("accountKeys")]
internal sealed class AccountKeysGrain(IKeyRows keys, TimeProvider time) : Grain, IAccountKeysGrain
{
    /// <summary>The most keys an account has: far above what anybody needs; it stops a script gone wild.</summary>
    internal const int MaxKeys = 100;

    private string AccountId => GrainKeys.AccountOf(this.GetPrimaryKeyString());

    /// <inheritdoc />
    public Task<AddKeyOutcome> AddAsync(AccountKey key) => keys.AddAsync(AccountId, key, time.GetUtcNow(), MaxKeys);

    /// <inheritdoc />
    public Task<bool> RevokeAsync(string keyId) => keys.RevokeAsync(AccountId, keyId);

    /// <inheritdoc />
    public async Task<bool> IsValidAsync(string keyId) => await keys.FindAsync(AccountId, keyId) is not null;

    /// <inheritdoc />
    public async Task<bool> VerifyAsync(string keyId, ImmutableArray<byte> secretHash) =>
        await keys.FindAsync(AccountId, keyId) is { } stored
        && CryptographicOperations.FixedTimeEquals(stored.SecretHash.AsSpan(), secretHash.AsSpan());

    /// <inheritdoc />
    public Task<ImmutableArray<string>> ListAsync() => keys.ListAsync(AccountId);
}
