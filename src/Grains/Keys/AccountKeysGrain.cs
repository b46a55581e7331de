using System.Collections.Immutable;
using System.Security.Cryptography;
using OrleansSync.Grains.Interfaces;
using OrleansSync.Grains.Storage;

namespace OrleansSync.Grains.Keys;

/// <inheritdoc cref="IAccountKeysGrain"/>
/// <param name="storage">Where the keys rest.</param>
/// <param name="time">The clock.</param>
[GrainType("accountKeys")]
internal sealed class AccountKeysGrain([PersistentState("accountKeys")] IPersistentState<AccountKeysState> storage, TimeProvider time)
    : Grain, IAccountKeysGrain
{
    /// <summary>The most keys an account has: far above what anybody needs, so that a script gone wild cannot grow the state without end.</summary>
    internal const int MaxKeys = 100;

    private readonly StoredState<AccountKeysState> _state = new(storage);

    /// <inheritdoc />
    public async Task<AddKeyOutcome> AddAsync(AccountKey key)
    {
        var keys = _state.Current.Keys;
        if (keys.Any(stored => stored.KeyId == key.KeyId))
        {
            // The same request again, after an answer that was lost.
            return AddKeyOutcome.Added;
        }

        if (keys.Length >= MaxKeys)
        {
            return AddKeyOutcome.TooMany;
        }

        var added = new StoredKey(key.KeyId, Convert.ToBase64String(key.SecretHash.AsSpan()), time.GetUtcNow());
        await _state.UpdateAsync(state => state with { Keys = state.Keys.Add(added) });
        return AddKeyOutcome.Added;
    }

    /// <inheritdoc />
    public async Task<bool> RevokeAsync(string keyId)
    {
        if (!_state.Current.Keys.Any(key => key.KeyId == keyId))
        {
            return false;
        }

        await _state.UpdateAsync(state => state with { Keys = state.Keys.RemoveAll(key => key.KeyId == keyId) });
        return true;
    }

    /// <inheritdoc />
    public Task<bool> VerifyAsync(string keyId, ImmutableArray<byte> secretHash)
    {
        var stored = _state.Current.Keys.FirstOrDefault(key => key.KeyId == keyId);
        return Task.FromResult(
            stored is not null && CryptographicOperations.FixedTimeEquals(Convert.FromBase64String(stored.SecretHash), secretHash.AsSpan()));
    }

    /// <inheritdoc />
    public Task<ImmutableArray<string>> ListAsync() => Task.FromResult(_state.Current.Keys.Select(key => key.KeyId).ToImmutableArray());

    /// <inheritdoc />
    public Task ClearAsync() => _state.Exists ? _state.ClearAsync() : Task.CompletedTask;
}
