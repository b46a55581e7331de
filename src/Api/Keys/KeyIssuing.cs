using OrleansSync.Api.Audit;
using OrleansSync.Api.Authorization;
using OrleansSync.Grains.Interfaces;
using OrleansSync.Grains.Interfaces.Audit;
using OrleansSync.Grains.Interfaces.Keys;

namespace OrleansSync.Api.Keys;

/// <summary>Makes and revokes the keys of accounts, for the interface and for the pages alike.</summary>
internal sealed class KeyIssuing(IGrainFactory grains, AuditTrail audit)
{
    /// <summary>Makes a key that reaches an account alone.</summary>
    /// <returns>How it ended; the key, its secret included, where it is stored.</returns>
    public async Task<(AddKeyOutcome Outcome, ApiKey? Key)> CreateAsync(HttpContext context, string accountId)
    {
        var key = ApiKey.Create(accountId);
        var outcome = await KeysOf(accountId).AddAsync(new AccountKey(key.KeyId, key.SecretHash));
        if (outcome != AddKeyOutcome.Added)
        {
            return (outcome, null);
        }

        await audit.WriteAsync(context, accountId, AuditActions.KeyCreated, new AuditDetail("keyId", key.KeyId, null));
        context.Response.Headers.CacheControl = "no-store";
        return (outcome, key);
    }

    /// <summary>Takes a key's validity away; answers whether there was such a key.</summary>
    public async Task<bool> RevokeAsync(HttpContext context, string accountId, string keyId)
    {
        if (!ApiKey.IsKeyId(keyId) || !await KeysOf(accountId).RevokeAsync(keyId))
        {
            return false;
        }

        await audit.WriteAsync(context, accountId, AuditActions.KeyRevoked, new AuditDetail("keyId", keyId, null));
        return true;
    }

    private IAccountKeysGrain KeysOf(string accountId) => grains.GetGrain<IAccountKeysGrain>(GrainKeys.Account(accountId));
}
