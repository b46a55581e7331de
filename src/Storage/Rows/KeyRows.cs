using System.Collections.Immutable;
using OrleansSync.Grains.Interfaces.Keys;
using OrleansSync.Grains.Interfaces.Rows;

namespace OrleansSync.Storage.Rows;

/// <inheritdoc cref="IKeyRows"/>
internal sealed class KeyRows(RowAccess access, IRowEngine engine, IAccountRows accounts) : IKeyRows
{
    // The account's row is locked, so that keys that are made at the same time are counted, and none is made for an account that is being
    // erased.
    private static readonly string _add =
        "INSERT INTO account_key (account_id, key_id, secret_hash, created_at) SELECT account_id, @key, @hash, @at FROM account "
        + "WHERE account_id = @account AND NOT is_being_erased AND (SELECT count(*) FROM account_key WHERE account_id = @account) < @most "
        + "ON CONFLICT DO NOTHING";

    private static readonly string[] _revoke = ["DELETE FROM account_key WHERE account_id = @account AND key_id = @key"];

    /// <inheritdoc />
    public async Task<AddKeyOutcome> AddAsync(string accountId, AccountKey key, DateTimeOffset at, int most)
    {
        await access.ExecuteAsync([engine.HoldAccount, _add], command => command.With("account", accountId).With("key", key.KeyId)
            .With("hash", key.SecretHash.ToArray()).With("at", at).With("most", most));
        return await FindAsync(accountId, key.KeyId) is not null ? AddKeyOutcome.Added
            : await accounts.ExistsAsync(accountId) ? AddKeyOutcome.TooMany
            : AddKeyOutcome.NoAccount;
    }

    /// <inheritdoc />
    public async Task<bool> RevokeAsync(string accountId, string keyId) =>
        await access.ExecuteAsync(_revoke, command => command.With("account", accountId).With("key", keyId)) > 0;

    /// <inheritdoc />
    public async Task<AccountKey?> FindAsync(string accountId, string keyId) => (await access.ListAsync(
        "SELECT k.secret_hash FROM account_key k JOIN account a ON a.account_id = k.account_id "
        + "WHERE k.account_id = @account AND k.key_id = @key AND NOT a.is_being_erased",
        command => command.With("account", accountId).With("key", keyId),
        reader => new AccountKey(keyId, [.. reader.GetFieldValue<byte[]>(0)]))).SingleOrDefault();

    /// <inheritdoc />
    public async Task<ImmutableArray<string>> ListAsync(string accountId) => [.. await access.ListAsync(
        "SELECT k.key_id FROM account_key k JOIN account a ON a.account_id = k.account_id "
        + "WHERE k.account_id = @account AND NOT a.is_being_erased ORDER BY k.created_at, k.key_id",
        command => command.With("account", accountId),
        reader => reader.GetString(0))];
}
